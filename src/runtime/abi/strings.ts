import type { Context } from '../context.ts'
import { ASCII_MAX, liftAscii } from './ascii.ts'
import { trap } from './calls.ts'
import { allocate, checkList, MAX_BYTE_LENGTH, reallocate } from './memory.ts'
import { type Path } from './path.ts'
import { invalid } from './refusal.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Up to this many code units a loop of our own beats `encodeInto`. */
const SHORT = 28

/**
 * Writes a string into the guest, as UTF-8 unless the context says otherwise (lone surrogates become U+FFFD). Gives the pointer; the length in bytes is in
 * `cx.count`. Calls realloc as the spec does: one byte a code unit, if that is too little the worst case, then shrunk.
 * Spec: CanonicalABI.md, `store_string_to_utf8`.
 */
export function lowerString(cx: Context, path: Path, s: string): number {
  if (cx.strings !== undefined) return cx.strings.lower(cx, path, s)
  const n = s.length
  const ptr = allocate(cx, path, n, 1)
  const u = cx.U8
  if (n > SHORT) {
    const { read, written } = encoder.encodeInto(s, u.subarray(ptr, ptr + n))
    if (read !== n) return lowerRest(cx, path, s, ptr, n, read, written)
  } else {
    for (let i = 0; i < n; i++) {
      const c = s.charCodeAt(i)
      if (c > 127) return lowerRest(cx, path, s, ptr, n, i, i)
      u[ptr + i] = c
    }
  }
  cx.count = n
  cx.bytesIn += n
  return ptr
}

/** The string is not ASCII: grow to the worst case, encode what is left after `read` code units, shrink. */
function lowerRest(cx: Context, path: Path, s: string, ptr: number, n: number, read: number, written: number): number {
  const worst = n * 3
  if (worst > MAX_BYTE_LENGTH) invalid(path, `at most ${MAX_BYTE_LENGTH} bytes`, worst)
  ptr = reallocate(cx, ptr, n, 1, worst)
  const rest = read === 0 ? s : s.slice(read)
  const total = written + encoder.encodeInto(rest, cx.U8.subarray(ptr + written, ptr + worst)).written
  if (total < worst) ptr = reallocate(cx, ptr, worst, 1, total)
  cx.count = total
  cx.bytesIn += total
  return ptr
}

/** The string of `n` bytes of UTF-8 at `ptr`. Spec: `load_string_from_range`, traps on invalid UTF-8. */
export function liftString(cx: Context, ptr: number, n: number): string {
  if (cx.strings !== undefined) return cx.strings.lift(cx, ptr, n)
  checkList(cx, ptr, n, 1)
  cx.bytesOut += n
  if (n <= ASCII_MAX) {
    const s = liftAscii(cx.U8, ptr, n)
    if (s !== undefined) return s
  }
  return decode(cx, ptr, n)
}

// Apart from `liftString`, so that engines can inline that one.
function decode(cx: Context, ptr: number, n: number): string {
  try {
    return decoder.decode(cx.U8.subarray(ptr, ptr + n))
  } catch {
    return trap(cx, 'AbiViolation', `the string of ${n} bytes at ${ptr} is not valid UTF-8`)
  }
}

/** The string whose pointer and length stand at `ptr`. */
export function loadString(cx: Context, ptr: number): string {
  const words = cx.U32
  return liftString(cx, words[ptr >>> 2] as number, words[(ptr >>> 2) + 1] as number)
}
