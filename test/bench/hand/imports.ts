import type { Host } from '../api.ts'
import { block, cannotLeave, type Guest, invalid, isU32, poison, refresh, RUNNING } from './guest.ts'
import { liftString } from './strings.ts'

/** The core functions with which the guest calls the host. */
export function importsOf(guest: Guest, host: Host): WebAssembly.ModuleImports {
  return {
    ping(value: number): number {
      if (guest.state !== RUNNING) cannotLeave(guest)
      try {
        const result: unknown = host.ping(value >>> 0)
        if (!isU32(result)) invalid('result', 'u32', result)
        return result
      } catch (error) {
        throw poison(guest, error)
      }
    },
    log(ptr: number, n: number): void {
      if (guest.state !== RUNNING) cannotLeave(guest)
      try {
        if (guest.U8.length === 0) refresh(guest)
        const result: unknown = host.log(liftString(guest, ptr >>> 0, n >>> 0))
        if (result instanceof Promise) refusePromise(result)
      } catch (error) {
        throw poison(guest, error)
      }
    },
    attempt(outcome: number, ret: number): void {
      if (guest.state !== RUNNING) cannotLeave(guest)
      try {
        const at = block(guest, ret, 8, 4)
        let result: unknown
        try {
          result = host.attempt(outcome >>> 0)
        } catch (error) {
          const failure = failureOf(error)
          guest.U8[at] = 1
          guest.U8[at + 4] = failure
          return
        }
        if (!isU32(result)) invalid('result', 'u32', result)
        guest.U8[at] = 0
        guest.U32[(at + 4) >>> 2] = result
      } catch (error) {
        throw poison(guest, error)
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
