import { FORMATS, type Format } from '../diagnostics/format.ts'
import { UsageError } from './usage-error.ts'

/**
 * A yargs `coerce` for options that take one value: yargs makes a list of an option that is given twice, and accepts an
 * empty value.
 *
 * @param flag as the user writes it, for the message
 */
export function once<T extends string>(flag: string): (value: T | readonly T[]) => T {
  return (value) => {
    if (typeof value !== 'string') throw new UsageError(`${flag} can be given only once`)
    if (value === '') throw new UsageError(`${flag} needs a value`)
    return value
  }
}

/** A yargs `coerce` for options that may be repeated, and take several values separated by commas. */
export function names(flag: string): (values: readonly string[]) => readonly string[] {
  return (values) => {
    const all = values.flatMap((value) => value.split(',')).map((name) => name.trim())
    if (all.includes('')) throw new UsageError(`${flag} needs a value`)
    return all
  }
}

/** `[inputs..]`: where the WIT is */
export const INPUTS: {
  readonly type: 'string'
  readonly array: true
  readonly defaultDescription: string
  readonly describe: string
} = {
  type: 'string',
  array: true,
  defaultDescription: './wit',
  describe: 'WIT folders or files, or components (.wasm)',
}

/** The inputs that were given, undefined where none was; what stands behind `--` is an input, however it looks. */
export function inputsOf(argv: {
  readonly inputs: readonly string[] | undefined
  readonly '--'?: unknown
}): readonly string[] | undefined {
  const dashed = argv['--']
  const inputs = [...(argv.inputs ?? []), ...(Array.isArray(dashed) ? dashed.map(String) : [])]
  return inputs.length > 0 ? inputs : undefined
}

/** `--features`: what is read of a WIT package. */
export const FEATURES: {
  readonly type: 'string'
  readonly array: true
  readonly requiresArg: true
  readonly defaultDescription: string
  readonly describe: string
  readonly coerce: (values: readonly string[]) => readonly string[]
} = {
  type: 'string',
  array: true,
  requiresArg: true,
  defaultDescription: 'none',
  describe: 'What to include of that which is @unstable; may be repeated',
  coerce: names('--features'),
}

/** `--all-features` */
export const ALL_FEATURES: { readonly type: 'boolean'; readonly describe: string } = {
  type: 'boolean',
  describe: 'Include all that is @unstable',
}

/** The features that the two options ask for. */
export function featuresOf(argv: {
  readonly features: readonly string[] | undefined
  readonly allFeatures: boolean | undefined
}): ReadonlySet<string> | 'all' {
  return argv.allFeatures === true ? 'all' : new Set(argv.features)
}

/** `--target` and `--import-extension`: what they may be. */
export const TARGETS = ['ts', 'js'] as const
export const IMPORT_EXTENSIONS = ['js', 'ts', 'none'] as const

/** `--format` */
export const FORMAT: {
  readonly choices: readonly Format[]
  readonly requiresArg: true
  readonly default: Format
  readonly describe: string
  readonly coerce: (value: Format | readonly Format[]) => Format
} = {
  choices: FORMATS,
  requiresArg: true,
  default: 'pretty',
  describe: 'How diagnostics are printed',
  coerce: once<Format>('--format'),
}
