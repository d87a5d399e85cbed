import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isCommand } from './commands.ts'
import { FORMAT, IMPORT_EXTENSIONS, names, TARGETS } from './options.ts'
import type { GenerateArguments } from './start-generate.ts'

const TEXT = { type: 'string', multiple: true } as const
const SWITCH = { type: 'boolean', multiple: true } as const
const OPTIONS = {
  world: TEXT,
  out: TEXT,
  target: TEXT,
  'import-extension': TEXT,
  features: TEXT,
  'all-features': SWITCH,
  check: SWITCH,
  watch: SWITCH,
  'dry-run': SWITCH,
  config: TEXT,
  format: TEXT,
  debug: SWITCH,
} as const

/**
 * Reads a plain command line of `generate` without yargs, which takes longer to load than a run in which nothing has changed.
 * Plain is what is spelled in the usual way and has nothing wrong with it: all else is left to yargs and its messages.
 *
 * @param args what follows the program's name
 * @returns the same as yargs gives; undefined where the command line is another one, or not plain
 */
export function plainGenerate(args: readonly string[]): GenerateArguments | undefined {
  if (!args.every(isPlain)) return undefined
  const named = args[0] === 'generate'
  const rest = args.slice(named ? 1 : 0)
  let parsed
  try {
    parsed = parseArgs({ args: rest, options: OPTIONS, strict: true, allowPositionals: true })
  } catch {
    return undefined
  }
  const { values, positionals } = parsed
  // Without the command's name, a word may be another command, or a mistaken one.
  if (!named && positionals.some((word) => isCommand(word) || !existsSync(word))) return undefined
  const given = Object.values(values)
  const repeated = Object.entries(values).filter(
    ([key, all]) => all.length > 1 && key !== 'world' && key !== 'features',
  )
  if (repeated.length > 0 || given.flat().includes('')) return undefined
  const target = oneOf(values.target, TARGETS)
  const importExtension = oneOf(values['import-extension'], IMPORT_EXTENSIONS)
  const format = oneOf(values.format, FORMAT.choices)
  if (target === null || importExtension === null || format === null) return undefined
  const [check, watch, dryRun] = [values.check, values.watch, values['dry-run']]
  if ([check, watch, dryRun].filter((value) => value !== undefined).length > 1) return undefined
  return {
    inputs: positionals.length > 0 ? positionals : undefined,
    world: values.world && names('--world')(values.world),
    out: values.out?.[0],
    target,
    importExtension,
    features: values.features && names('--features')(values.features),
    allFeatures: values['all-features']?.[0],
    check: check?.[0],
    watch: watch?.[0],
    dryRun: dryRun?.[0],
    config: values.config?.[0],
    format: format ?? FORMAT.default,
  }
}

/** Quotes, dashes, numbers, what is empty and what may be the value of a switch have a meaning of their own to yargs. */
function isPlain(arg: string): boolean {
  return (
    arg.trim() !== '' && arg !== '-' && arg !== '--' && !/["']|^(?:true|false)$/u.test(arg) && Number.isNaN(Number(arg))
  )
}

/** The one value of an option that has choices; null where it is none of them. */
function oneOf<T extends string>(values: readonly string[] | undefined, choices: readonly T[]): T | undefined | null {
  if (values === undefined) return undefined
  return choices.find((choice) => choice === values[0]) ?? null
}
