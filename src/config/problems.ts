import type { DiagnosticCode } from '../diagnostics/codes.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'

/** Something that is wrong with a configuration, and at which member of it. */
export interface ConfigProblem {
  readonly code: DiagnosticCode
  readonly message: string
  readonly suggestion: string | undefined
  /** The keys and indices that lead there; none for the configuration as a whole. */
  readonly path: readonly (string | number)[]
  /** Whether the key itself is wrong, or what stands behind it. */
  readonly part: 'key' | 'value'
}

type Rule = (value: unknown, path: ConfigProblem['path']) => readonly ConfigProblem[]

const RULES: Readonly<Record<string, Rule>> = {
  inputs: (value, path) =>
    Array.isArray(value) && value.length === 0 ? [wrong(path, 'at least one input', value)] : texts(value, path),
  worlds: texts,
  out: text,
  target: oneOf('ts', 'js'),
  importExtension: oneOf('js', 'ts', 'none'),
  features: (value, path) => (value === 'all' || value instanceof Set ? [] : texts(value, path)),
  views: (value, path) => (typeof value === 'boolean' ? [] : [wrong(path, 'true or false', value)]),
}

const MODE: Readonly<Record<string, Rule>> = { mode: oneOf('write', 'check', 'dry-run') }

/**
 * Says what is wrong with a configuration: `CFG0003` an unknown key, `CFG0004` a value of another type, `CFG0005` no object,
 * `CFG0006` values that exclude each other.
 *
 * @param withMode whether `mode` is a key as well, as in the options of `generate`
 */
export function configProblems(config: unknown, withMode = false): readonly ConfigProblem[] {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    return [{ ...wrong([], 'an object with the options', config), code: 'CFG0005' }]
  }
  const rules = withMode ? { ...RULES, ...MODE } : RULES
  const problems = Object.entries(config).flatMap(([key, value]): readonly ConfigProblem[] => {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined
    if (rule === undefined) return [unknownKey(key, Object.keys(rules))]
    return value === undefined ? [] : rule(value, [key])
  })
  const { target, importExtension } = config as Record<string, unknown>
  if (problems.length > 0 || target !== 'js' || importExtension !== 'ts') return problems
  const message = '`importExtension` is `ts`, but the target `js` makes no `.ts` files'
  return [{ code: 'CFG0006', message, suggestion: 'leave it out', path: ['importExtension'], part: 'value' }]
}

/** A problem of a configuration that no file holds. */
export function problemDiagnostic(problem: ConfigProblem): Diagnostic {
  const { code, message, suggestion } = problem
  return { code, severity: 'error', message, suggestion, span: undefined, file: undefined }
}

function unknownKey(key: string, known: readonly string[]): ConfigProblem {
  const suggestion = didYouMean(key, known) ?? `the options are ${known.map((name) => `\`${name}\``).join(', ')}`
  return { code: 'CFG0003', message: `there is no option \`${key}\``, suggestion, path: [key], part: 'key' }
}

function text(value: unknown, path: ConfigProblem['path']): readonly ConfigProblem[] {
  return typeof value === 'string' && value !== '' ? [] : [wrong(path, 'a string', value)]
}

function texts(value: unknown, path: ConfigProblem['path']): readonly ConfigProblem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => text(item, [...path, index]))
  const suggestion = typeof value === 'string' ? `write \`[${JSON.stringify(value)}]\`` : undefined
  return [{ ...wrong(path, 'a list of strings', value), suggestion }]
}

function oneOf(...choices: readonly string[]): Rule {
  return (value, path) => {
    if (typeof value === 'string' && choices.includes(value)) return []
    const suggestion = typeof value === 'string' ? didYouMean(value, choices) : undefined
    return [{ ...wrong(path, choices.map((choice) => `'${choice}'`).join(' or '), value), suggestion }]
  }
}

function wrong(path: ConfigProblem['path'], expected: string, value: unknown): ConfigProblem {
  const name = path.reduce<string>((all, key) => `${all}${typeof key === 'number' ? `[${key}]` : key}`, '')
  const message = `${name === '' ? '' : `\`${name}\`: `}expected ${expected}, got ${shown(value)}`
  return { code: 'CFG0004', message, suggestion: undefined, path, part: 'value' }
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
