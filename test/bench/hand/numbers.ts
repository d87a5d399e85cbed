import { invalid } from './checks.ts'
import type { Guest } from './guest.ts'

/** A typed array of a resizable or growable buffer is copied: its length could change while it is lowered. */
function steady<A extends Uint8Array | Float64Array>(list: A): A {
  const buffer = list.buffer as { readonly resizable?: boolean; readonly growable?: boolean }
  return buffer.resizable === true || buffer.growable === true ? (list.slice() as A) : list
}

/** Lists of numbers. */
export interface Numbers {
  lowerBytes(path: string, value: unknown): number
  liftBytes(at: number): Uint8Array
  lowerF64s(path: string, value: unknown): number
  liftF64s(at: number): Float64Array
}

export function numbersOf(guest: Guest): Numbers {
  const { setCount, bytes, words, doubles, checkList, allocate } = guest

  /** Gives the pointer; the length is in `count()`. */
  function lowerBytes(path: string, value: unknown): number {
    if (!(value instanceof Uint8Array)) return lowerPlainBytes(path, value)
    const list = steady(value)
    const n = list.length
    const ptr = allocate(path, n, 1)
    bytes().set(list, ptr)
    setCount(n)
    return ptr
  }

  function lowerPlainBytes(path: string, value: unknown): number {
    if (!Array.isArray(value)) invalid(path, 'Uint8Array or array', value)
    const list: readonly unknown[] = value
    const n = list.length
    const ptr = allocate(path, n, 1)
    const U8 = bytes()
    for (let i = 0; i < n; i++) {
      const x = list[i]
      if (typeof x !== 'number' || (x & 255) !== x) invalid(`${path}[${i}]`, 'u8', x)
      U8[ptr + i] = x
    }
    setCount(n)
    return ptr
  }

  /** The list whose pointer and length stand at `at`. */
  function liftBytes(at: number): Uint8Array {
    const U32 = words()
    const ptr = U32[at >>> 2] as number
    const n = U32[(at >>> 2) + 1] as number
    checkList(ptr, n, 1)
    return bytes().slice(ptr, ptr + n)
  }

  /** Gives the pointer; the length is in `count()`. */
  function lowerF64s(path: string, value: unknown): number {
    if (value instanceof Float64Array) {
      const list = steady(value)
      const n = list.length
      const ptr = allocate(path, n * 8, 8)
      doubles().set(list, ptr >>> 3)
      setCount(n)
      return ptr
    }
    if (!Array.isArray(value)) invalid(path, 'Float64Array or array', value)
    const list: readonly unknown[] = value
    const n = list.length
    const ptr = allocate(path, n * 8, 8)
    const F64 = doubles()
    const start = ptr >>> 3
    for (let i = 0; i < n; i++) {
      const x = list[i]
      if (typeof x !== 'number') invalid(`${path}[${i}]`, 'f64', x)
      F64[start + i] = x
    }
    setCount(n)
    return ptr
  }

  /** The list whose pointer and length stand at `at`. */
  function liftF64s(at: number): Float64Array {
    const U32 = words()
    const ptr = U32[at >>> 2] as number
    const n = U32[(at >>> 2) + 1] as number
    checkList(ptr, n * 8, 8)
    return doubles().slice(ptr >>> 3, (ptr >>> 3) + n)
  }

  return { lowerBytes, liftBytes, lowerF64s, liftF64s }
}
