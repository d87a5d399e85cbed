import { expectThat } from '../expect.ts'
import { isObject } from '../../runtime/abi/checks.ts'
import { WasmError } from '../../runtime/errors.ts'
import { refuseUnknown } from '../../runtime/known-keys.ts'
import type { PoolFunction } from './call.ts'
import type { MapOptions } from './pool-options.ts'

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
 * @returns the options, read once
 * @throws WasmError `InvalidParam`
 */
export function checkCall(options: MapOptions, sources: number, module: string, fn: PoolFunction): MapOptions {
  refuseUnknown(options, KEYS, 'options', module)
  const { timeoutMs, source, signal, onError } = options
  const check = (isRight: boolean, option: string, expected: string, value: unknown): void =>
    expectThat(isRight, `${fn.function}: ${option}`, expected, value, module, fn.id)
  const isTime = timeoutMs === undefined || (typeof timeoutMs === 'number' && timeoutMs >= 0)
  check(isTime, 'timeoutMs', 'milliseconds', timeoutMs)
  const isSource = source === undefined || (Number.isInteger(source) && source >= 0 && source < sources)
  check(isSource, 'source', `the number of a source, below ${sources}`, source)
  check(signal === undefined || isSignal(signal), 'signal', 'an AbortSignal', signal)
  const isOnError = onError === undefined || onError === 'throw' || onError === 'settle'
  check(isOnError, 'onError', "'throw' or 'settle'", onError)
  return { timeoutMs, source, signal, onError }
}

/**
 * Checks the arguments of a call, as far as they are known here.
 *
 * @throws WasmError `InvalidParam`
 */
export function checkArgs(args: unknown, module: string, fn: PoolFunction): void {
  expectThat(Array.isArray(args), `${fn.function}: args`, 'the list of the arguments', args, module, fn.id)
}

/** Whether nobody waits any more: code of the caller that runs in between may have changed it. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

/** Not by its class: there are others' implementations. */
function isSignal(signal: unknown): boolean {
  return isObject(signal) && 'aborted' in signal && 'addEventListener' in signal && 'removeEventListener' in signal
}

/**
 * Checks what a map is to run over.
 *
 * @throws WasmError `InvalidParam`
 */
export function checkItems(items: unknown, module: string, fn: PoolFunction): void {
  const isIterable = isObject(items) && (isMethod(items, Symbol.iterator) || isMethod(items, Symbol.asyncIterator))
  expectThat(isIterable, `${fn.function}: items`, 'an iterable object', items, module, fn.id)
}

function isMethod(object: object, key: symbol): boolean {
  return typeof Reflect.get(object, key) === 'function'
}

/** What becomes of an item of `map` that is no list of arguments. */
export function badItem(module: string, fn: PoolFunction, cause: unknown): WasmError {
  const text = `${fn.function}: an item has to be the list of the function's ${fn.params} arguments`
  return new WasmError('InvalidParam', module, fn.id, text, { cause })
}
