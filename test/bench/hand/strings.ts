import { allocate, checkList, type Guest, invalid, reallocate, trap } from './guest.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Up to this many code units a loop beats `encodeInto`. */
const SHORT_LOWER = 28
/** Up to this many bytes `String.fromCharCode` beats the decoder. */
const SHORT_LIFT = 24

type LiftAscii = (bytes: Uint8Array, ptr: number, n: number) => string | undefined

/** `n` ASCII bytes as a string, undefined where one is not: a case per length, each of one call with that many arguments. */
const liftAscii = makeLiftAscii()

function makeLiftAscii(): LiftAscii {
  const cases: string[] = []
  for (let n = 1; n <= SHORT_LIFT; n++) {
    const names = Array.from({ length: n }, (_, i) => `b${i}`)
    const reads = names.map((name, i) => `${name} = bytes[ptr + ${i}]`)
    cases.push(`case ${n}: {
      const ${reads.join(', ')}
      return (${names.join(' | ')}) < 128 ? text(${names.join(', ')}) : undefined
    }`)
  }
  const body = `return (bytes, ptr, n) => { switch (n) { case 0: return ''; ${cases.join('\n')} } }`
  // oxlint-disable-next-line no-new-func -- 24 cases that nobody wants to read
  return new Function('text', body)(String.fromCharCode) as LiftAscii
}

/** Gives the pointer; the length in bytes is in `guest.count`. */
export function lowerString(guest: Guest, path: string, value: unknown): number {
  if (typeof value !== 'string') invalid(path, 'string', value)
  const n = value.length
  const ptr = allocate(guest, path, n, 1)
  const bytes = guest.U8
  if (n > SHORT_LOWER) {
    const { read, written } = encoder.encodeInto(value, bytes.subarray(ptr, ptr + n))
    if (read !== n) return lowerRest(guest, value, ptr, read, written)
  } else {
    for (let i = 0; i < n; i++) {
      const code = value.charCodeAt(i)
      if (code > 127) return lowerRest(guest, value, ptr, i, i)
      bytes[ptr + i] = code
    }
  }
  guest.count = n
  return ptr
}

/** Not ASCII from `read` on: grow to the worst case, encode the rest, shrink. Spec: `store_string_to_utf8`. */
function lowerRest(guest: Guest, value: string, ptr: number, read: number, written: number): number {
  const n = value.length
  const worst = n * 3
  ptr = reallocate(guest, ptr, n, 1, worst)
  const rest = read === 0 ? value : value.slice(read)
  const total = written + encoder.encodeInto(rest, guest.U8.subarray(ptr + written, ptr + worst)).written
  if (total < worst) ptr = reallocate(guest, ptr, worst, 1, total)
  guest.count = total
  return ptr
}

export function liftString(guest: Guest, ptr: number, n: number): string {
  checkList(guest, ptr, n, 1)
  if (n <= SHORT_LIFT) {
    const text = liftAscii(guest.U8, ptr, n)
    if (text !== undefined) return text
  }
  try {
    return decoder.decode(guest.U8.subarray(ptr, ptr + n))
  } catch {
    return trap(guest, 'a string is not valid UTF-8')
  }
}
