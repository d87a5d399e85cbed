import { isObject } from './checks.ts'
import { type Path } from './path.ts'
import { invalid, Refusal } from './refusal.ts'

/*
 * An import that is not async returns its value: a Promise is never awaited, and never taken for an object without members.
 */

const then: unknown = Reflect.get(Promise.prototype, 'then')
const nothing = (): void => {}

/** Whether a value could be a Promise, of any realm, or be taken for one: it can be awaited. */
export function isThenable(value: unknown): value is object {
  return isObject(value) && typeof (value as { readonly then?: unknown }).then === 'function'
}

/**
 * What a host function has returned, before it is lowered. Throws for a Promise of any realm, which codecs would take for an
 * object without members; numbers, strings and the like need not come here, what is none is refused anyway.
 */
export function returnedValue<T>(value: T): T {
  if (isThenable(value) && isPromise(value)) refusePromise('a value', value)
  return value
}

/** Checks that a host function without a result has not put it off: throws for whatever can be awaited. */
export function returnedNothing(value: unknown): void {
  if (!isThenable(value)) return
  refusePromise('nothing', value)
}

/** Refuses what can be awaited where an object without any of the members would do. */
export function refuseThenable(path: Path, expected: string, value: unknown): void {
  if (isThenable(value)) invalid(path, expected, value)
}

function refusePromise(expected: string, value: object): never {
  const got = isPromise(value) ? 'a Promise' : 'an object with a method `then`'
  throw new Refusal(`expected ${expected}, got ${got}: an import that is not async has to return its value`, value)
}

/** Takes note of what a host function has returned and was refused: should it reject, that is no unhandled rejection. */
export function disown(error: unknown): void {
  if (error instanceof Refusal && isThenable(error.value)) isPromise(error.value)
}

/** Whether it is a Promise of any realm; should it reject, that is handled from here on. */
function isPromise(value: object): boolean {
  try {
    Reflect.apply(then as () => void, value, [nothing, nothing])
    return true
  } catch {
    return value instanceof Promise
  }
}
