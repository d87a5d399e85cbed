/** What `plainData` makes of an error that is none of the runtime's. */
export interface NamedError {
  readonly name: string
  readonly message: string
  readonly cause?: unknown
}

/** Whether the value has a name and a message, as errors have. */
export function isNamedError(value: unknown): value is NamedError {
  if (typeof value !== 'object' || value === null) return false
  const { name, message } = value as Partial<Record<keyof NamedError, unknown>>
  return typeof name === 'string' && typeof message === 'string'
}

/** The errors that engines throw, by name: V8 clones those of WebAssembly as plain ones. */
const classes: Readonly<Record<string, new (message: string, options: ErrorOptions) => Error>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  CompileError: WebAssembly.CompileError,
  LinkError: WebAssembly.LinkError,
  RuntimeError: WebAssembly.RuntimeError,
}

/** An error of the class of that name where it is one of the language's, otherwise an `Error` with the name. */
export function namedError({ name, message }: NamedError, cause: { readonly cause?: unknown } = {}): Error {
  const Class = Object.hasOwn(classes, name) ? classes[name] : undefined
  const error = new (Class ?? Error)(message, cause)
  if (error.name !== name) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  return error
}
