import { invalid } from './checks.ts'
import type { Guest } from './guest.ts'

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

/** Strings as UTF-8. */
export interface Strings {
  lowerString(path: string, value: unknown): number
  liftString(ptr: number, n: number): string
}

export function stringsOf(guest: Guest): Strings {
  const { trap, setCount, bytes, checkList, reallocate, allocate } = guest

  /** Gives the pointer; the length in bytes is in `count()`. */
  function lowerString(path: string, value: unknown): number {
    if (typeof value !== 'string') invalid(path, 'string', value)
    const n = value.length
    const ptr = allocate(path, n, 1)
    const U8 = bytes()
    if (n > SHORT_LOWER) {
      const { read, written } = encoder.encodeInto(value, U8.subarray(ptr, ptr + n))
      if (read !== n) return lowerRest(value, ptr, read, written)
    } else {
      for (let i = 0; i < n; i++) {
        const code = value.charCodeAt(i)
        if (code > 127) return lowerRest(value, ptr, i, i)
        U8[ptr + i] = code
      }
    }
    setCount(n)
    return ptr
  }

  /** Not ASCII from `read` on: grow to the worst case, encode the rest, shrink. Spec: `store_string_to_utf8`. */
  function lowerRest(value: string, ptr: number, read: number, written: number): number {
    const n = value.length
    const worst = n * 3
    ptr = reallocate(ptr, n, 1, worst)
    const rest = read === 0 ? value : value.slice(read)
    const total = written + encoder.encodeInto(rest, bytes().subarray(ptr + written, ptr + worst)).written
    if (total < worst) ptr = reallocate(ptr, worst, 1, total)
    setCount(total)
    return ptr
  }

  function liftString(ptr: number, n: number): string {
    checkList(ptr, n, 1)
    if (n <= SHORT_LIFT) {
      const text = liftAscii(bytes(), ptr, n)
      if (text !== undefined) return text
    }
    return decode(ptr, n)
  }

  function decode(ptr: number, n: number): string {
    try {
      return decoder.decode(bytes().subarray(ptr, ptr + n))
    } catch {
      return trap('a string is not valid UTF-8')
    }
  }

  return { lowerString, liftString }
}
