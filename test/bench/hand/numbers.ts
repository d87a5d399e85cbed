import { allocate, checkList, type Guest, invalid } from './guest.ts'

/** A typed array of a resizable or growable buffer is copied: its length could change while it is lowered. */
function steady<A extends Uint8Array | Float64Array>(list: A): A {
  const buffer = list.buffer as { readonly resizable?: boolean; readonly growable?: boolean }
  return buffer.resizable === true || buffer.growable === true ? (list.slice() as A) : list
}

/** Gives the pointer; the length is in `guest.count`. */
export function lowerBytes(guest: Guest, path: string, value: unknown): number {
  if (!(value instanceof Uint8Array)) return lowerPlainBytes(guest, path, value)
  const list = steady(value)
  const n = list.length
  const ptr = allocate(guest, path, n, 1)
  guest.U8.set(list, ptr)
  guest.count = n
  return ptr
}

function lowerPlainBytes(guest: Guest, path: string, value: unknown): number {
  if (!Array.isArray(value)) invalid(path, 'Uint8Array or array', value)
  const list: readonly unknown[] = value
  const n = list.length
  const ptr = allocate(guest, path, n, 1)
  const bytes = guest.U8
  for (let i = 0; i < n; i++) {
    const x = list[i]
    if (typeof x !== 'number' || (x & 255) !== x) invalid(`${path}[${i}]`, 'u8', x)
    bytes[ptr + i] = x
  }
  guest.count = n
  return ptr
}

/** The list whose pointer and length stand at `at`. */
export function liftBytes(guest: Guest, at: number): Uint8Array {
  const words = guest.U32
  const ptr = words[at >>> 2] as number
  const n = words[(at >>> 2) + 1] as number
  checkList(guest, ptr, n, 1)
  return guest.U8.slice(ptr, ptr + n)
}

/** Gives the pointer; the length is in `guest.count`. */
export function lowerF64s(guest: Guest, path: string, value: unknown): number {
  if (value instanceof Float64Array) {
    const list = steady(value)
    const n = list.length
    const ptr = allocate(guest, path, n * 8, 8)
    guest.F64.set(list, ptr >>> 3)
    guest.count = n
    return ptr
  }
  if (!Array.isArray(value)) invalid(path, 'Float64Array or array', value)
  const list: readonly unknown[] = value
  const n = list.length
  const ptr = allocate(guest, path, n * 8, 8)
  const floats = guest.F64
  const start = ptr >>> 3
  for (let i = 0; i < n; i++) {
    const x = list[i]
    if (typeof x !== 'number') invalid(`${path}[${i}]`, 'f64', x)
    floats[start + i] = x
  }
  guest.count = n
  return ptr
}

/** The list whose pointer and length stand at `at`. */
export function liftF64s(guest: Guest, at: number): Float64Array {
  const words = guest.U32
  const ptr = words[at >>> 2] as number
  const n = words[(at >>> 2) + 1] as number
  checkList(guest, ptr, n * 8, 8)
  return guest.F64.slice(ptr >>> 3, (ptr >>> 3) + n)
}
