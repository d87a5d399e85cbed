/** What `plainData` makes of an error that is none of the runtime's. */
export interface NamedError {
  readonly name: string
  readonly message: string
  readonly cause?: unknown
}

export function isNamedError(value: unknown): value is NamedError {
  if (typeof value !== 'object' || value === null) return false
  const { name, message } = value as Partial<Record<keyof NamedError, unknown>>
  return typeof name === 'string' && typeof message === 'string'
}

const classes: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
}

/** An error of the class of that name where it is one of the language's, otherwise an `Error` with the name. */
export function namedError({ name, message }: NamedError, cause: { readonly cause?: unknown } = {}): Error {
  const Class = Object.hasOwn(classes, name) ? classes[name] : undefined
  const error = new (Class ?? Error)(message, cause)
  if (error.name !== name) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  return error
}
