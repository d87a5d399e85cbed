import type { Context, StringCodec } from '../context.ts'
import { trap } from './calls.ts'
import { allocate, checkList, MAX_BYTE_LENGTH } from './memory.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Strings in UTF-8 for guests whose realloc allocates but cannot grow: each is encoded first, then put into one block of the
 * right size. It is what the specification does with strings that are UTF-8 from the start. `lowerString` does without
 * the copy, which is faster as long as most strings are ASCII.
 * Spec: CanonicalABI.md, `store_string_copy`.
 */
export const measuredStrings: StringCodec = {
  encoding: 'utf8',
  lower(cx: Context, path, s) {
    // At least a byte for each code unit, so what is too long need not be encoded to be refused.
    if (s.length > MAX_BYTE_LENGTH) return allocate(cx, path, s.length, 1)
    const bytes = encoder.encode(s)
    const ptr = allocate(cx, path, bytes.length, 1)
    cx.U8.set(bytes, ptr)
    cx.count = bytes.length
    cx.bytesIn += bytes.length
    return ptr
  },
  lift(cx, ptr, n) {
    checkList(cx, ptr, n, 1)
    cx.bytesOut += n
    try {
      return decoder.decode(cx.U8.subarray(ptr, ptr + n))
    } catch {
      return trap(cx, 'AbiViolation', `the string of ${n} bytes at ${ptr} is not valid UTF-8`)
    }
  },
}
