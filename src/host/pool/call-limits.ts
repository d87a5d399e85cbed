import { describe } from '../../runtime/abi/refusal.ts'
import { WasmError } from '../../runtime/errors.ts'
import { refuseUnknown } from '../../runtime/known-keys.ts'
import type { PoolFunction } from './call.ts'
import type { CallOptions, MapOptions } from './pool-options.ts'

/** The longest that timers can wait, in milliseconds: 24 days. Longer limits are none. */
const LONGEST_MS = 2 ** 31 - 1

const KEYS: ReadonlySet<string> = new Set<keyof MapOptions>(['signal', 'timeoutMs', 'source', 'onError'])

/** How long a call may take: the least of the limits, in milliseconds; undefined where there is none. */
export function limitMs(...limits: readonly (number | undefined)[]): number | undefined {
  const given = limits.filter((ms) => ms !== undefined && ms <= LONGEST_MS)
  return given.length === 0 ? undefined : Math.min(...(given as number[]))
}

/**
 * Checks the options of a call.
 *
 * @param sources how many sources the pool has
 * @throws WasmError `InvalidParam`
 */
export function checkCall(options: CallOptions, sources: number, module: string, fn: PoolFunction): void {
  refuseUnknown(options, KEYS, 'options', module)
  const { timeoutMs, source } = options
  const refuse = (text: string): never => {
    throw new WasmError('InvalidParam', module, fn.id, `${fn.function}: ${text}`)
  }
  if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && timeoutMs >= 0)) {
    refuse(`timeoutMs: expected milliseconds, got ${describe(timeoutMs)}`)
  }
  if (source === undefined || (Number.isInteger(source) && source >= 0 && source < sources)) return
  refuse(`source: expected the number of a source, below ${sources}, got ${describe(source)}`)
}

/** What becomes of an item of `map` that is no list of arguments. */
export function badItem(module: string, fn: PoolFunction, cause: unknown): WasmError {
  const text = `${fn.function}: an item has to be the list of the function's ${fn.params} arguments`
  return new WasmError('InvalidParam', module, fn.id, text, { cause })
}
