/** How deep `plainData` looks, so that cycles end. */
const DEPTH = 16
/** How many objects it looks at: few that refer to each other would be more than there is memory for. */
const OBJECTS = 10_000

/**
 * A lifted value, or an error, as data that `JSON.stringify` can write: bigints as decimal text, typed arrays as arrays,
 * maps as entries, errors as name and message. `…` stands for what is too deep or too much, and for what throws when it is read.
 */
export function plainData(value: unknown): unknown {
  let left = OBJECTS
  const plain = (v: unknown, depth: number): unknown => {
    if (typeof v === 'bigint') return v.toString()
    if (typeof v === 'function' || typeof v === 'symbol') return String(v)
    if (typeof v !== 'object' || v === null) return v
    if (depth === 0 || left-- <= 0) return '…'
    try {
      return objectData(v, (inner) => plain(inner, depth - 1))
    } catch {
      return '…'
    }
  }
  return plain(value, DEPTH)
}

function objectData(value: object, inner: (v: unknown) => unknown): unknown {
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
