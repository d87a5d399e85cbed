import {
  ErrorCode,
  GuestError,
  GuestExit,
  placedFrames,
  placeFramesBy,
  WasmError,
  type ErrorCodeName,
} from './errors.ts'
import type { WasmFrame } from './frames.ts'
import { namedError } from './named-error.ts'
import { plainData } from './plain-data.ts'

/**
 * Anything that can be thrown, as data that `postMessage` and `structuredClone` take: these keep neither classes nor fields of
 * errors. `ref` is an error that the other side knows by number.
 */
export type PackedError =
  | { readonly kind: 'wasm'; readonly error: PackedWasmError }
  | { readonly kind: 'error'; readonly error: PackedPlainError }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'ref'; readonly ref: number }

interface PackedPlainError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly hasCause: boolean
  readonly cause: PackedError | undefined
  /** Own properties besides, such as `code` and `payload`. */
  readonly fields: Readonly<Record<string, unknown>>
}

interface PackedWasmError {
  readonly codeName: ErrorCodeName
  readonly module: string
  readonly function: string | undefined
  readonly text: string
  readonly stack: string | undefined
  /** Where they are not those of the stack. */
  readonly frames: readonly WasmFrame[] | undefined
  readonly hasCause: boolean
  readonly cause: PackedError | undefined
  readonly payload: unknown
  readonly guestCode: number | undefined
  readonly status: number | undefined
}

/** How many causes are followed, so that cycles end. */
const DEPTH = 8

/**
 * What was thrown, as plain data for another thread, bigints, typed arrays and maps as they are. What cannot be cloned becomes
 * plainer: functions text, objects with functions objects with text.
 *
 * @param refOf the number by which the other side knows an error
 */
export function packError(
  thrown: unknown,
  refOf?: (error: object) => number | undefined,
  depth: number = DEPTH,
): PackedError {
  try {
    return packReadable(thrown, refOf, depth)
  } catch {
    // A getter of it throws, or a proxy: whoever waits for an error has to get one all the same.
    const unreadable = { name: 'Error', message: 'what was thrown cannot be read' }
    return { kind: 'error', error: { ...unreadable, stack: undefined, hasCause: false, cause: undefined, fields: {} } }
  }
}

function packReadable(
  thrown: unknown,
  refOf: ((error: object) => number | undefined) | undefined,
  depth: number,
): PackedError {
  const ref = typeof thrown === 'object' && thrown !== null ? refOf?.(thrown) : undefined
  if (ref !== undefined) return { kind: 'ref', ref }
  if (!(thrown instanceof Error)) return { kind: 'value', value: cloneable(thrown) }
  const hasCause = 'cause' in thrown && thrown.cause !== undefined && depth > 0
  const cause = hasCause ? packError(thrown.cause, refOf, depth - 1) : undefined
  const stack = typeof thrown.stack === 'string' ? thrown.stack : undefined
  if (!(thrown instanceof WasmError)) {
    const name = String(thrown.name)
    const message = String(thrown.message)
    return { kind: 'error', error: { name, message, stack, hasCause, cause, fields: fieldsOf(thrown) } }
  }
  const { codeName, module } = thrown
  const prefix = prefixOf(codeName, module)
  const isGuestError = thrown instanceof GuestError
  return {
    kind: 'wasm',
    error: {
      codeName,
      module,
      function: thrown.function,
      // A GuestError makes its message of the payload.
      text: isGuestError
        ? ''
        : thrown.message.startsWith(prefix)
          ? thrown.message.slice(prefix.length)
          : thrown.message,
      stack,
      frames: placedFrames(thrown),
      hasCause,
      cause,
      payload: isGuestError ? cloneable(thrown.payload) : undefined,
      guestCode: isGuestError ? thrown.guestCode : undefined,
      status: thrown instanceof GuestExit ? thrown.status : undefined,
    },
  }
}

/**
 * The error again: `instanceof` its class, with its cause, its frames (which are read from the stack) and the stack of the
 * thread that it comes from.
 *
 * @param resolve the errors that this side gave numbers to
 */
export function unpackError(data: PackedError, resolve?: (ref: number) => unknown): unknown {
  switch (data.kind) {
    case 'ref':
      return resolve?.(data.ref)
    case 'value':
      return data.value
    case 'error': {
      const { name, message, fields } = data.error
      const error = namedError({ name, message })
      for (const [key, value] of Object.entries(fields)) define(error, key, value, true)
      return finish(error, data.error, resolve)
    }
    case 'wasm': {
      const { codeName, module, function: fn, text, frames, payload, guestCode, status } = data.error
      const error =
        codeName === 'GuestError'
          ? new GuestError(module, fn, payload, guestCode)
          : status === undefined
            ? new WasmError(codeName, module, fn, text)
            : new GuestExit(module, fn, status)
      if (frames !== undefined) placeFramesBy(error, () => frames)
      return finish(error, data.error, resolve)
    }
  }
}

function finish(
  error: Error,
  { stack, hasCause, cause }: Pick<PackedPlainError, 'stack' | 'hasCause' | 'cause'>,
  resolve: ((ref: number) => unknown) | undefined,
): Error {
  if (stack !== undefined) define(error, 'stack', stack, false)
  if (hasCause && cause !== undefined) define(error, 'cause', unpackError(cause, resolve), false)
  return error
}

function prefixOf(codeName: ErrorCodeName, module: string): string {
  return `wasm module ${module} error [${ErrorCode[codeName]} ${codeName}]: `
}

function fieldsOf(error: Error): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const key of Object.keys(error)) {
    if (key === 'cause' || key === 'stack' || key === 'message') continue
    fields[key] = cloneable(fieldOf(error, key))
  }
  return fields
}

function fieldOf(error: Error, key: string): unknown {
  try {
    return Reflect.get(error, key)
  } catch {
    return '…'
  }
}

function define(error: Error, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true })
}

/** The value, or what is left of it where structured cloning refuses it. */
export function cloneable(value: unknown): unknown {
  if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') return value
  try {
    // The clone: who posts the value itself reads it once more, and getters may throw then.
    const clone: unknown = structuredClone(value)
    return clone === undefined ? String(value) : clone
  } catch {
    return plainData(value)
  }
}
