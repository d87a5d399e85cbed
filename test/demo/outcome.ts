import { GuestError } from 'witgen/runtime'

/** What a call of a function with a result gives: `ok` what it returned, `err` the payload of the guest's error. */
export type Outcome<T> = { readonly ok: T } | { readonly err: unknown }

/** Calls a function. Anything but the guest's own error is thrown on. */
export function outcomeOf<T>(call: () => T): Outcome<T> {
  try {
    return { ok: call() }
  } catch (error) {
    if (error instanceof GuestError) return { err: error.payload }
    throw error
  }
}
