/** How deep `plainData` looks, so that cycles end. */
const DEPTH = 16
/** How many objects it looks at: few that refer to each other would be more than there is memory for. */
const OBJECTS = 10_000
/** How many characters `shortText` gives: no more objects, elements or members of one, or characters of a string can be in it. */
const SHORT = 100

/**
 * A lifted value, or an error, as data that `JSON.stringify` can write: bigints as decimal text, typed arrays as arrays,
 * maps as entries, errors as name and message. `…` stands for what is too deep or too much, and for what throws when it is read.
 */
export function plainData(value: unknown): unknown {
  return plainUpTo(value, OBJECTS, Infinity)
}

/** @param length how many elements of a list or an object, and characters of a string, are looked at */
function plainUpTo(value: unknown, objects: number, length: number): unknown {
  let left = objects
  const plain = (v: unknown, depth: number): unknown => {
    if (typeof v === 'string') return v.length > length ? v.slice(0, length) : v
    if (typeof v === 'bigint') return v.toString()
    if (typeof v === 'function' || typeof v === 'symbol') return String(v)
    if (typeof v !== 'object' || v === null) return v
    if (depth === 0 || left-- <= 0) return '…'
    try {
      return objectData(v, (inner) => plain(inner, depth - 1), length)
    } catch {
      return '…'
    }
  }
  return plain(value, DEPTH)
}

function objectData(value: object, inner: (v: unknown) => unknown, length: number): unknown {
  if (value instanceof Error) return errorData(value, inner)
  if (Array.isArray(value)) return value.slice(0, length).map(inner)
  if (value instanceof Map) return [...value].slice(0, length).map(([k, v]) => [inner(k), inner(v)])
  if (ArrayBuffer.isView(value)) {
    return value instanceof DataView ? '[DataView]' : Array.from((value as Uint8Array).subarray(0, length), inner)
  }
  const entries = Object.entries(value).slice(0, length)
  return Object.fromEntries(entries.map(([k, v]) => [k, inner(v)]))
}

function errorData(error: Error, inner: (v: unknown) => unknown): unknown {
  if ('toJSON' in error && typeof error.toJSON === 'function') return inner(error.toJSON())
  return {
    name: error.name,
    message: error.message,
    ...(error.cause === undefined ? {} : { cause: inner(error.cause) }),
  }
}

/** A value for a message: its JSON text, cut to about 100 characters. */
export function shortText(value: unknown): string {
  const text = JSON.stringify(plainUpTo(value, SHORT, SHORT)) ?? String(value)
  return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text
}
