import { isObject } from './abi/checks.ts'
import { memberOf } from './abi/inherited.ts'
import { describe } from './abi/refusal.ts'
import { WasmError } from './errors.ts'
import { nearMiss } from './near-miss.ts'

/** What `load`, `compile` and `instantiate` may be given. */
const OPTIONS: ReadonlySet<string> = new Set(['imports', 'name', 'hooks', 'logger', 'wasi', 'policy'])

/**
 * Refuses options that are none: a misspelt limit or grant must not go without notice.
 *
 * @param module what the guest is called where the options do not name it
 * @throws WasmError `InvalidParam` that names the key, and the one that was probably meant
 */
export function checkInstanceOptions(options: unknown, module: string): void {
  const name = isObject(options) ? memberOf(options, 'name') : undefined
  refuseUnknown(options, OPTIONS, 'options', typeof name === 'string' ? name : module)
}

/**
 * Refuses what is no object, and an object with keys of its own that are not known.
 *
 * @param where what errors call the object: `wasi`
 * @throws WasmError `InvalidParam`
 */
export function refuseUnknown(given: unknown, known: ReadonlySet<string>, where: string, module: string): void {
  const refuse = (text: string): never => {
    throw new WasmError('InvalidParam', module, undefined, `${where}: expected ${text}`)
  }
  if (!isObject(given) || Array.isArray(given)) return refuse(`an object, got ${describe(given)}`)
  for (const key of Object.keys(given)) {
    if (!known.has(key)) refuse(`some of ${[...known].join(', ')}, got ${key}${hint(key, known)}`)
  }
}

function hint(key: string, known: ReadonlySet<string>): string {
  const near = nearMiss(key, known)
  if (near !== undefined) return `; did you mean ${near}?`
  return known.has('imports') && /[:/]/.test(key) ? '; what the host implements goes under imports' : ''
}
