import { isObject } from './abi/checks.ts'
import { memberOf, ownMembers } from './abi/inherited.ts'
import { describe } from './abi/refusal.ts'
import { WasmError } from './errors.ts'
import { nearMiss } from './near-miss.ts'
import { checkOptions } from './wasi/check-options.ts'
import { WASI_OPTIONS } from './wasi/option-keys.ts'
import type { WasiOptions } from './wasi/options.ts'

/** What `load`, `compile` and `instantiate` may be given. */
const OPTIONS: ReadonlySet<string> = new Set(['imports', 'name', 'hooks', 'logger', 'wasi', 'policy'])

/**
 * Refuses options that are none: a misspelt limit or grant must not go without notice, nor one of WASI for a guest that imports
 * nothing of it.
 *
 * @param module what the guest is called where the options do not name it
 * @throws WasmError `InvalidParam` that names the key, and the one that was probably meant
 */
export function checkInstanceOptions(options: unknown, module: string): void {
  const given = isObject(options) ? (key: string) => memberOf(options, key) : () => undefined
  const named = given('name')
  const name = typeof named === 'string' ? named : module
  refuseUnknown(options, OPTIONS, 'options', name)
  if (named !== undefined && typeof named !== 'string') {
    throw new WasmError('InvalidParam', name, undefined, `name: expected a text, got ${describe(named)}`)
  }
  checkHooks(given('hooks'), name)
  checkLogger(given('logger'), name)
  checkWasi(given('wasi'), name)
}

/**
 * Refuses what is no options of WASI; undefined is none, and fine.
 *
 * @throws WasmError `InvalidParam` that names the option
 */
export function checkWasi(wasi: unknown, module: string): void {
  if (wasi === undefined) return
  refuseUnknown(wasi, WASI_OPTIONS, 'wasi', module)
  if (isObject(wasi)) checkOptions(ownMembers<WasiOptions>(wasi), module)
}

/**
 * Refuses what is no logger; undefined is none, and fine.
 *
 * @throws WasmError `InvalidParam`
 */
export function checkLogger(logger: unknown, module: string): void {
  const hasMembers = isObject(logger) || typeof logger === 'function'
  if (logger === undefined || (hasMembers && typeof Reflect.get(logger, 'info') === 'function')) return
  const text = `logger: expected an object with trace, debug, info, warn, error and fatal, got ${describe(logger)}`
  throw new WasmError('InvalidParam', module, undefined, text)
}

/**
 * Refuses what is no hooks; undefined is none, and fine.
 *
 * @throws WasmError `InvalidParam`
 */
export function checkHooks(hooks: unknown, module: string): void {
  if (hooks === undefined || (isObject(hooks) && !Array.isArray(hooks))) return
  throw new WasmError('InvalidParam', module, undefined, `hooks: expected an object, got ${describe(hooks)}`)
}

/**
 * Refuses what is no object, and an object with keys of its own that are not known.
 *
 * @param where what errors call the object: `wasi`
 * @throws WasmError `InvalidParam`
 */
export function refuseUnknown(given: unknown, known: ReadonlySet<string>, where: string, module: string): void {
  const text = unknownKey(given, known, where)
  if (text !== undefined) throw new WasmError('InvalidParam', module, undefined, text)
}

/**
 * The same for what belongs to no guest.
 *
 * @throws TypeError
 */
export function refuseUnknownKeys(given: unknown, known: ReadonlySet<string>, where: string): void {
  const text = unknownKey(given, known, where)
  if (text !== undefined) throw new TypeError(text)
}

function unknownKey(given: unknown, known: ReadonlySet<string>, where: string): string | undefined {
  if (!isObject(given) || Array.isArray(given)) return `${where}: expected an object, got ${describe(given)}`
  const key = Object.keys(given).find((one) => !known.has(one))
  if (key === undefined) return undefined
  return `${where}: expected some of ${[...known].join(', ')}, got ${key}${hint(key, known)}`
}

function hint(key: string, known: ReadonlySet<string>): string {
  const near = nearMiss(key, known)
  if (near !== undefined) return `; did you mean ${near}?`
  return known.has('imports') && /[:/]/.test(key) ? '; what the host implements goes under imports' : ''
}
