/** The `default` of a `switch` over a closed union: a compile error where a case is missing. */
export function assertNever(value: never): never {
  throw new TypeError(`unhandled case: ${JSON.stringify(value)}`)
}
