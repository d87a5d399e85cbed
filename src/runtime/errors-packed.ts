import { GuestError, isErrorJson, WasmError, type WasmErrorJson } from './errors.ts'
import { isNamedError, namedError } from './named-error.ts'
import { plainData } from './plain-data.ts'

/**
 * An error that `postMessage` and `structuredClone` take: these keep neither classes nor fields of errors. Unlike JSON it keeps
 * bigints, typed arrays and maps, and the stack.
 */
export type PackedError =
  | {
      readonly kind: 'wasm'
      readonly json: WasmErrorJson
      readonly stack: string
      readonly causes: readonly PackedError[]
    }
  | {
      readonly kind: 'error'
      readonly name: string
      readonly message: string
      readonly stack: string
      readonly causes: readonly PackedError[]
    }
  | { readonly kind: 'value'; readonly value: unknown }

/** How many causes of causes are kept, so that cycles end. */
const DEPTH = 16

/** What was thrown, for another thread; `unpackError` makes the error of it again. What cannot be cloned goes as plain data. */
export function packError(thrown: unknown, depth: number = DEPTH): PackedError {
  if (!(thrown instanceof Error)) return { kind: 'value', value: cloneable(thrown) }
  const causes = thrown.cause === undefined || depth === 0 ? [] : [packError(thrown.cause, depth - 1)]
  const stack = String(thrown.stack)
  if (!(thrown instanceof WasmError))
    return { kind: 'error', name: thrown.name, message: thrown.message, stack, causes }
  const { cause: _, ...json } = thrown.toJSON()
  const payload = thrown instanceof GuestError ? { payload: cloneable(thrown.payload) } : {}
  return { kind: 'wasm', json: { ...json, ...payload }, stack, causes }
}

/**
 * The error that was packed: a `WasmError` or `GuestError` as it was, `instanceof` included, with its causes, frames and stack.
 *
 * @throws TypeError when `packed` is not what `packError` gives
 */
export function unpackError(packed: PackedError): unknown {
  switch (packed.kind) {
    case 'value':
      return packed.value
    case 'error':
      if (isNamedError(packed)) return withOrigin(namedError(packed), packed)
      break
    case 'wasm':
      if (isErrorJson(packed.json)) return withOrigin(WasmError.fromJSON(packed.json), packed)
      break
    default:
      packed satisfies never
  }
  throw new TypeError('expected what packError gives')
}

function withOrigin(error: Error, { stack, causes }: Extract<PackedError, { readonly stack: string }>): Error {
  define(error, 'stack', stack)
  for (const cause of causes) define(error, 'cause', unpackError(cause))
  return error
}

function define(error: Error, key: 'stack' | 'cause', value: unknown): void {
  Object.defineProperty(error, key, { value, enumerable: false, configurable: true, writable: true })
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return plainData(value)
  }
}
