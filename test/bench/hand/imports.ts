import type { Host } from '../api.ts'
import { invalid, isU32 } from './checks.ts'
import type { Guest } from './guest.ts'
import type { Strings } from './strings.ts'

/** The core functions with which the guest calls the host. */
export function importsOf(guest: Guest, strings: Strings, host: Host): WebAssembly.ModuleImports {
  const { enterImport, poison, bytes, words, freshen, block } = guest
  const { liftString } = strings
  return {
    ping(value: number): number {
      enterImport()
      try {
        const result: unknown = host.ping(value >>> 0)
        if (!isU32(result)) invalid('result', 'u32', result)
        return result
      } catch (error) {
        throw poison(error)
      }
    },
    log(ptr: number, n: number): void {
      enterImport()
      try {
        freshen()
        const result: unknown = host.log(liftString(ptr >>> 0, n >>> 0))
        if (result instanceof Promise) refusePromise(result)
      } catch (error) {
        throw poison(error)
      }
    },
    attempt(outcome: number, ret: number): void {
      enterImport()
      try {
        const at = block(ret, 8, 4)
        let result: unknown
        try {
          result = host.attempt(outcome >>> 0)
        } catch (error) {
          const failure = failureOf(error)
          bytes()[at] = 1
          bytes()[at + 4] = failure
          return
        }
        if (!isU32(result)) invalid('result', 'u32', result)
        bytes()[at] = 0
        words()[(at + 4) >>> 2] = result
      } catch (error) {
        throw poison(error)
      }
    },
  }
}

/** The number of the case in what the host threw: an object with an own `payload`, or a bare value that is no `Error`. */
function failureOf(error: unknown): number {
  let payload: unknown = error
  if (typeof error === 'object' && error !== null) {
    if (!Object.hasOwn(error, 'payload')) throw error
    payload = (error as { payload: unknown }).payload
  }
  switch (payload) {
    case 'not-found':
      return 0
    case 'denied':
      return 1
    case 'busy':
      return 2
    default:
      return invalid('payload', 'not-found, denied or busy', payload)
  }
}

function refusePromise(promise: Promise<unknown>): never {
  promise.catch(() => {})
  throw new TypeError('expected nothing, got a Promise')
}
