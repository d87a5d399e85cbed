import { isObject } from '../abi/checks.ts'
import { memberOf } from '../abi/inherited.ts'
import { describe } from '../abi/refusal.ts'
import type { ErrorCodeName } from '../error-code.ts'
import { WasmError } from '../errors.ts'
import { refuseUnknown } from '../known-keys.ts'
import { malformedKey } from './allowed-imports.ts'

/** What a guest is held to. What is left out is not limited. */
export interface SecurityPolicy {
  /** The most pages of 64 KiB that all memories of an instance may have together. */
  readonly maxMemoryPages?: number | undefined
  /** The longest that one call of the guest may take, in milliseconds; instantiating it counts as a call. */
  readonly maxExecutionTimeMs?: number | undefined
  /** How much an instance may compute in its life, in instructions; see `policyReport` and `addFuel`. */
  readonly fuel?: number | undefined
  /** How deep calls inside the guest may nest. */
  readonly maxCallDepth?: number | undefined
  /** The most elements that all tables of an instance may have together. */
  readonly maxTableElements?: number | undefined
  /** The most core instances that an instance of the component may consist of. */
  readonly maxInstances?: number | undefined
  /**
   * The most bytes of strings and lists that the guest may hand to the host in one call, as results or to imports. A list that
   * is looked at through a view stays in the guest's memory.
   */
  readonly maxOutputBytes?: number | undefined
  /**
   * Which imports the guest may call, by interface or function: `{ 'wasi:filesystem/types': true,
   * 'wasi:filesystem/types#[method]descriptor.open-at': false }`. The most specific key wins; without one a call is denied.
   * A key with a version is for that version. Left out: all that are given.
   */
  readonly allowedImports?: Readonly<Record<string, boolean>> | undefined
  /** Tell of each growth of a memory, and which function caused it. */
  readonly memoryTracing?: boolean | undefined
  /** Told of each event as it happens. What it throws is ignored. */
  readonly onEvent?: ((event: PolicyEvent) => void) | undefined
}

/** What a policy has done, or seen. */
export interface PolicyEvent {
  /**
   * `denial`: an import that is not allowed was called, or a memory or table was not let grow; `kill`: the guest was ended;
   * `growth`: a memory has grown.
   */
  readonly kind: 'denial' | 'kill' | 'growth'
  /** Of the limit; of growth there is none. */
  readonly code: ErrorCodeName | undefined
  /** The instance's name. */
  readonly module: string
  /**
   * The import that was denied; what grew or wanted to: the function's name in its core module, else `function[7]`; the export
   * that was called. Undefined for a guest that is ended while values pass to or from it: there the error has the export.
   */
  readonly function: string | undefined
  /** One sentence. */
  readonly message: string
  /** Milliseconds since 1970. */
  readonly time: number
}

const COUNTS = [
  'maxMemoryPages',
  'fuel',
  'maxCallDepth',
  'maxTableElements',
  'maxInstances',
  'maxOutputBytes',
] as const satisfies readonly (keyof SecurityPolicy)[]

const KNOWN = new Set<string>([...COUNTS, 'maxExecutionTimeMs', 'allowedImports', 'memoryTracing', 'onEvent'])

/** What `checkPolicy` has made: instances need not check again what their component was compiled for. */
const checked = new WeakSet<SecurityPolicy>()

/**
 * Checks what was given as a policy, and gives a copy that stays as it is: a limit that is misspelt must not go without
 * notice. Such a copy is given back.
 *
 * @throws WasmError `InvalidParam`
 */
export function checkPolicy(given: SecurityPolicy, module: string): SecurityPolicy {
  const refuse = (text: string): never => {
    throw new WasmError('InvalidParam', module, undefined, text)
  }
  if (checked.has(given)) return given
  refuseUnknown(given, KNOWN, 'policy', module)
  // Without a prototype, onto which somebody may have put limits.
  const policy = Object.create(null) as { -readonly [K in keyof SecurityPolicy]: SecurityPolicy[K] }
  for (const key of KNOWN) Reflect.set(policy, key, memberOf(given, key))
  for (const key of COUNTS) {
    const value = policy[key]
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
      refuse(`policy.${key}: expected an integer from 0, got ${describe(value)}`)
    }
  }
  const { memoryTracing, onEvent } = policy
  if (memoryTracing !== undefined && typeof memoryTracing !== 'boolean') {
    refuse(`policy.memoryTracing: expected true or false, got ${describe(memoryTracing)}`)
  }
  if (onEvent !== undefined && typeof onEvent !== 'function') {
    refuse(`policy.onEvent: expected a function, got ${describe(onEvent)}`)
  }
  const { maxExecutionTimeMs: time, allowedImports, maxMemoryPages = 0, maxTableElements = 0 } = policy
  if (time !== undefined && !(typeof time === 'number' && time >= 0)) {
    refuse(`policy.maxExecutionTimeMs: expected milliseconds, got ${describe(time)}`)
  }
  if (maxMemoryPages > 65536) refuse('policy.maxMemoryPages: a memory has at most 65536 pages')
  if (maxTableElements >= 2 ** 32) refuse('policy.maxTableElements: a table has at most 4294967295 elements')
  if (allowedImports !== undefined) policy.allowedImports = checkAllowed(allowedImports, refuse)
  checked.add(Object.freeze(policy))
  return policy
}

function checkAllowed(allowedImports: object, refuse: (text: string) => never): Readonly<Record<string, boolean>> {
  if (!isObject(allowedImports)) refuse('policy.allowedImports: expected an object')
  for (const [key, value] of Object.entries(allowedImports)) {
    const malformed = malformedKey(key)
    if (malformed !== undefined) refuse(`policy.allowedImports['${key}']: ${malformed}`)
    if (typeof value !== 'boolean') refuse(`policy.allowedImports['${key}']: expected true or false`)
  }
  return Object.freeze({ ...allowedImports })
}
