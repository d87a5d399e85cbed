/** Throws the `err` of a function that returns a `result`: `payload` is its WIT value. */
export function throwErr(payload: unknown): never {
  // No `Error`, which would capture a stack each time: errors are an ordinary answer to a guest.
  // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
  throw { payload }
}
