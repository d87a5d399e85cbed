import { trap } from '../abi/calls.ts'
import { checkLength, checkList, MAX_BYTE_LENGTH, reallocate } from '../abi/memory.ts'
import type { Path } from '../abi/path.ts'
import { invalid } from '../abi/refusal.ts'
import type { Context, StringCodec } from '../context.ts'

/*
 * Strings in UTF-16 and in latin1+utf16. `s` is always well-formed here; what the functions give is the pointer, the length
 * in code units (tagged where it has to be) is in `cx.count`. Spec: CanonicalABI.md, `store_string_into_range`.
 */

/** Spec: `utf16_tag`: the length is that of UTF-16, not Latin-1. */
const UTF16_TAG = 0x80000000

const encoder = new TextEncoder()
const utf16 = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true })

/** Spec: `store_string_copy` to UTF-16. */
export function copyUtf16(cx: Context, s: string): number {
  checkLength(cx, 2 * s.length)
  const ptr = reallocate(cx, 0, 0, 2, 2 * s.length)
  writeUtf16(cx, ptr, s)
  return give(cx, ptr, s.length, 2 * s.length)
}

/** Spec: `store_string_copy` from Latin-1 to latin1+utf16. */
export function copyLatin1(cx: Context, s: string): number {
  const ptr = reallocate(cx, 0, 0, 2, s.length)
  for (let i = 0; i < s.length; i++) cx.U8[ptr + i] = s.charCodeAt(i)
  return give(cx, ptr, s.length, s.length)
}

/** Spec: `store_string_copy` to UTF-8. */
export function copyUtf8(cx: Context, s: string, bytes: number): number {
  const ptr = reallocate(cx, 0, 0, 1, bytes)
  encoder.encodeInto(s, cx.U8.subarray(ptr, ptr + bytes))
  return give(cx, ptr, bytes, bytes)
}

/** Spec: `store_string_to_utf8` from `units` code units, which take at most `worst` bytes. */
export function toUtf8(cx: Context, s: string, units: number, worst: number): number {
  let ptr = reallocate(cx, 0, 0, 1, units)
  let i = 0
  for (let c = s.charCodeAt(0); i < units && c < 128; c = s.charCodeAt(i)) cx.U8[ptr + i++] = c
  if (i === units) return give(cx, ptr, units, units)
  checkLength(cx, worst)
  ptr = reallocate(cx, ptr, units, 1, worst)
  const bytes = i + encoder.encodeInto(s.slice(i), cx.U8.subarray(ptr + i, ptr + worst)).written
  if (worst > bytes) ptr = reallocate(cx, ptr, worst, 1, bytes)
  return give(cx, ptr, bytes, bytes)
}

/** Spec: `store_utf8_to_utf16`. */
export function utf8ToUtf16(cx: Context, s: string, bytes: number): number {
  const worst = 2 * bytes
  checkLength(cx, worst)
  let ptr = reallocate(cx, 0, 0, 2, worst)
  writeUtf16(cx, ptr, s)
  const size = 2 * s.length
  if (size < worst) ptr = reallocate(cx, ptr, worst, 2, size)
  return give(cx, ptr, s.length, size)
}

/** Spec: `store_string_to_latin1_or_utf16` from `units` code units. */
export function toLatin1OrUtf16(cx: Context, s: string, units: number): number {
  let ptr = reallocate(cx, 0, 0, 2, units)
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i)
    if (c < 256) {
      cx.U8[ptr + i] = c
      continue
    }
    const worst = 2 * units
    checkLength(cx, worst)
    ptr = reallocate(cx, ptr, units, 2, worst)
    writeUtf16(cx, ptr, s)
    const size = 2 * s.length
    if (worst > size) ptr = reallocate(cx, ptr, worst, 2, size)
    return give(cx, ptr, (s.length | UTF16_TAG) >>> 0, size)
  }
  if (s.length < units) ptr = reallocate(cx, ptr, units, 2, s.length)
  return give(cx, ptr, s.length, s.length)
}

/** Spec: `store_probably_utf16_to_latin1_or_utf16`. */
export function probablyUtf16(cx: Context, s: string): number {
  const size = 2 * s.length
  checkLength(cx, size)
  let ptr = reallocate(cx, 0, 0, 2, size)
  writeUtf16(cx, ptr, s)
  // oxlint-disable-next-line no-control-regex
  if (!/^[\0-\xff]*$/.test(s)) return give(cx, ptr, (s.length | UTF16_TAG) >>> 0, size)
  for (let i = 0; i < s.length; i++) cx.U8[ptr + i] = s.charCodeAt(i)
  ptr = reallocate(cx, ptr, size, 1, s.length)
  return give(cx, ptr, s.length, s.length)
}

function writeUtf16(cx: Context, ptr: number, s: string): void {
  const out = new Uint16Array(cx.U8.buffer, ptr, s.length)
  for (let i = 0; i < s.length; i++) out[i] = s.charCodeAt(i)
}

function give(cx: Context, ptr: number, count: number, bytes: number): number {
  cx.count = count
  cx.bytesIn += bytes
  return ptr
}

/** The string of `n` code units of UTF-16. Spec: `load_string_from_range`, traps on lone surrogates. */
function liftUtf16(cx: Context, ptr: number, n: number): string {
  checkList(cx, ptr, 2 * n, 2)
  cx.bytesOut += 2 * n
  try {
    return utf16.decode(cx.U8.subarray(ptr, ptr + 2 * n))
  } catch {
    return trap(cx, 'AbiViolation', `the string of ${n} code units at ${ptr} is not valid UTF-16`)
  }
}

/** How many arguments `String.fromCharCode` gets at once. */
const CHUNK = 4096

function liftLatin1(cx: Context, ptr: number, n: number): string {
  // Spec: the alignment is that of latin1+utf16, whatever the string is.
  checkList(cx, ptr, n, 2)
  cx.bytesOut += n
  let s = ''
  // Not a TextDecoder: what they call latin1 is windows-1252.
  for (let i = 0; i < n; i += CHUNK) s += String.fromCharCode(...cx.U8.subarray(ptr + i, ptr + Math.min(n, i + CHUNK)))
  return s
}

/** Whether a length of latin1+utf16 is that of UTF-16, and the length. */
export function untag(n: number): { readonly isUtf16: boolean; readonly units: number } {
  return { isUtf16: n >= UTF16_TAG, units: n >= UTF16_TAG ? n - UTF16_TAG : n }
}

function fits(path: Path, bytes: number): void {
  if (bytes > MAX_BYTE_LENGTH) invalid(path, `at most ${MAX_BYTE_LENGTH} bytes`, bytes)
}

/** Lone surrogates become U+FFFD. */
function wellFormed(s: string): string {
  return s.replace(/\p{Surrogate}/gu, '\ufffd')
}

/** Strings of the host (UTF-16 themselves) in the encodings that `abi/strings.ts` does not do. */
export const stringCodecs: Readonly<Record<Exclude<StringCodec['encoding'], 'utf8'>, StringCodec>> = {
  utf16: {
    encoding: 'utf16',
    lower(cx, path, s) {
      fits(path, 2 * s.length)
      return copyUtf16(cx, wellFormed(s))
    },
    lift: liftUtf16,
  },
  'latin1+utf16': {
    encoding: 'latin1+utf16',
    lower(cx, path, s) {
      // One code unit beyond Latin-1 makes all of them take two bytes.
      // oxlint-disable-next-line no-control-regex
      const isLatin1 = 2 * s.length <= MAX_BYTE_LENGTH || /^[\0-\xff]*$/.test(s)
      fits(path, isLatin1 ? s.length : 2 * s.length)
      return toLatin1OrUtf16(cx, wellFormed(s), s.length)
    },
    lift(cx, ptr, n) {
      const { isUtf16, units } = untag(n)
      return isUtf16 ? liftUtf16(cx, ptr, units) : liftLatin1(cx, ptr, units)
    },
  },
}
