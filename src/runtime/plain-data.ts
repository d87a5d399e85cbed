/** How deep `plainData` looks, so that cycles end. */
const DEPTH = 16

/**
 * A lifted value, or an error, as data that `JSON.stringify` can write: bigints as decimal text, typed arrays as arrays,
 * maps as entries, errors as name and message.
 */
export function plainData(value: unknown, depth: number = DEPTH): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function' || typeof value === 'symbol') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '…'
  const inner = (v: unknown): unknown => plainData(v, depth - 1)
  if (value instanceof Error) return errorData(value, inner)
  if (Array.isArray(value)) return value.map(inner)
  if (value instanceof Map) return [...value].map(([k, v]) => [inner(k), inner(v)])
  if (ArrayBuffer.isView(value))
    return value instanceof DataView ? '[DataView]' : Array.from(value as Uint8Array, inner)
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, inner(v)]))
}

function errorData(error: Error, inner: (v: unknown) => unknown): unknown {
  if ('toJSON' in error && typeof error.toJSON === 'function') return error.toJSON()
  return {
    name: error.name,
    message: error.message,
    ...(error.cause === undefined ? {} : { cause: inner(error.cause) }),
  }
}

/** A value for a message: its JSON text, cut to about 100 characters. */
export function shortText(value: unknown): string {
  const text = JSON.stringify(plainData(cut(value))) ?? String(value)
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}

/** Keeps long strings and lists from being rendered only to be cut. */
function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, 100)
  if (Array.isArray(value)) return value.slice(0, 100)
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? (value as Uint8Array).subarray(0, 100) : value
}
