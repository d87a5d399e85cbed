import { dealias, type Func } from '../ir/index.ts'
import { errPayload } from '../runtime/abi/calls.ts'
import { formatValue } from '../wave/index.ts'

/** How many elements of a list a line of a trace shows. */
const SHOWN = 8

/** What cannot be shown: the host gave something else than its type says, and the call will end with an error that says so. */
const UNKNOWN = '…'

/**
 * The arguments of a call as WAVE text, long lists cut.
 *
 * @param args as the host's function gets them: a method's receiver comes first, before the others of a resource its class
 */
export function argumentsText({ kind, params }: Func, args: readonly unknown[]): string {
  const own = kind.kind === 'static' || kind.kind === 'constructor' ? args.slice(1) : args
  return shown(() => params.map((p, i) => formatValue(own[i], p.type, SHOWN)).join(', '))
}

/** What the host's function returned as WAVE text, long lists cut; `ok(…)` where it returns a result. */
export function resultText({ result }: Func, value: unknown): string {
  if (result === undefined) return '()'
  const isResult = dealias(result).kind === 'result'
  return shown(() => formatValue(isResult ? { tag: 'ok', val: value } : value, result, SHOWN))
}

/** `err(…)` where what the host's function threw is one; undefined for other errors, which end the call. */
export function errText({ result }: Func, thrown: unknown): string | undefined {
  if (result === undefined || dealias(result).kind !== 'result') return undefined
  let val: unknown
  try {
    val = errPayload(thrown)
  } catch {
    return undefined
  }
  return shown(() => formatValue({ tag: 'err', val }, result, SHOWN))
}

/** The variables of an environment by name: their values may be secrets, and traces are shown around. */
export function environmentText(variables: unknown): string {
  const names = Array.isArray(variables) ? variables.map((pair: unknown) => (Array.isArray(pair) ? pair[0] : '')) : []
  return `[${names.map((name) => `(${JSON.stringify(name)}, …)`).join(', ')}]`
}

function shown(format: () => string): string {
  try {
    return format()
  } catch {
    return UNKNOWN
  }
}
