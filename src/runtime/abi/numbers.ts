import type { Context } from '../context.ts'
import { isS16, isS32, isS64, isS8, isU16, isU32, isU64, isU8 } from './checks.ts'
import { elements } from './inherited.ts'
import { allocate, checkList } from './memory.ts'
import { element, type Path } from './path.ts'
import { invalid } from './refusal.ts'
import { isGone, isUnsteady, kindOf, lengthOf, type Numbers } from './views.ts'

/*
 * Lists of numbers: typed arrays, copied in one piece; plain arrays are checked element by element.
 * Spec: CanonicalABI.md, `store_list_into_range`, `load_list_from_range`.
 */

/** One kind of number: its typed array, and what an element of a plain array has to be. */
interface NumberKind<A extends Numbers> {
  readonly name: string
  readonly Array: {
    new (buffer: ArrayBufferLike, byteOffset: number, length: number): A
    new (from: A): A
    readonly BYTES_PER_ELEMENT: number
    readonly name: string
  }
  /** The name of `Array`, as the engine has it. */
  readonly tag: string
  readonly is: (x: unknown) => x is A[number]
}

const isNumber = (x: unknown): x is number => typeof x === 'number'

const S8: NumberKind<Int8Array> = { name: 's8', Array: Int8Array, tag: 'Int8Array', is: isS8 }
const U8: NumberKind<Uint8Array> = { name: 'u8', Array: Uint8Array, tag: 'Uint8Array', is: isU8 }
const S16: NumberKind<Int16Array> = { name: 's16', Array: Int16Array, tag: 'Int16Array', is: isS16 }
const U16: NumberKind<Uint16Array> = { name: 'u16', Array: Uint16Array, tag: 'Uint16Array', is: isU16 }
const S32: NumberKind<Int32Array> = { name: 's32', Array: Int32Array, tag: 'Int32Array', is: isS32 }
const U32: NumberKind<Uint32Array> = { name: 'u32', Array: Uint32Array, tag: 'Uint32Array', is: isU32 }
const S64: NumberKind<BigInt64Array> = { name: 's64', Array: BigInt64Array, tag: 'BigInt64Array', is: isS64 }
const U64: NumberKind<BigUint64Array> = { name: 'u64', Array: BigUint64Array, tag: 'BigUint64Array', is: isU64 }
const F32: NumberKind<Float32Array> = { name: 'f32', Array: Float32Array, tag: 'Float32Array', is: isNumber }

/** Copies numbers into the guest. Gives the pointer; the number of elements is in `cx.count`. */
function lowerNumbers<A extends Numbers>(cx: Context, path: Path, value: unknown, kind: NumberKind<A>): number {
  const size = kind.Array.BYTES_PER_ELEMENT
  if (kindOf(value) === kind.tag) {
    const list = steady(path, value as A, kind.Array)
    const n = lengthOf(list)
    const ptr = allocate(cx, path, n * size, size)
    const out: { set(from: A): void } = new kind.Array(cx.U8.buffer, ptr, n) as never
    out.set(list)
    cx.count = n
    cx.bytesIn += n * size
    return ptr
  }
  if (!Array.isArray(value)) return invalid(path, `${kind.tag} or array`, value)
  const list = elements(value)
  const n = list.length >>> 0
  const ptr = allocate(cx, path, n * size, size)
  const out = new kind.Array(cx.U8.buffer, ptr, n)
  for (let i = 0; i < n; i++) {
    const x = list[i]
    if (!kind.is(x)) invalid(at(path, i), kind.name, x)
    out[i] = x
  }
  cx.count = n
  cx.bytesIn += n * size
  return ptr
}

function liftNumbers<A extends Numbers>(cx: Context, ptr: number, n: number, kind: NumberKind<A>): A {
  const size = kind.Array.BYTES_PER_ELEMENT
  checkList(cx, ptr, n * size, size)
  cx.bytesOut += n * size
  return new kind.Array(cx.U8.slice(ptr, ptr + n * size).buffer, 0, n)
}

/** A view that stays as long as it is: what can change its length is copied first. */
function steady<A extends Numbers>(path: Path, view: A, Class: { new (from: A): A; readonly name: string }): A {
  if (isGone(view)) invalid(path, `${Class.name} on a buffer that still holds it`, view)
  return isUnsteady(view) ? new Class(view) : view
}

function at(path: Path, index: number): Path {
  const step = element(path)
  step.key = index
  return step
}

/** `list<u8>` from Uint8Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfU8(cx: Context, path: Path, value: unknown): number {
  if (kindOf(value) !== 'Uint8Array') return lowerNumbers(cx, path, value, U8)
  const list = steady(path, value as Uint8Array, Uint8Array)
  const n = lengthOf(list)
  const ptr = allocate(cx, path, n, 1)
  cx.U8.set(list, ptr)
  cx.count = n
  cx.bytesIn += n
  return ptr
}

/** `list<u8>` of `n` elements as a Uint8Array of its own; traps where it leaves the memory. */
export function liftListOfU8(cx: Context, ptr: number, n: number): Uint8Array {
  checkList(cx, ptr, n, 1)
  cx.bytesOut += n
  return cx.U8.slice(ptr, ptr + n)
}

/** `list<f64>` from Float64Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfF64(cx: Context, path: Path, value: unknown): number {
  if (kindOf(value) !== 'Float64Array') return lowerArrayOfF64(cx, path, value)
  const list = steady(path, value as Float64Array, Float64Array)
  const n = lengthOf(list)
  const ptr = allocate(cx, path, n * 8, 8)
  cx.F64.set(list, ptr >>> 3)
  cx.count = n
  cx.bytesIn += n * 8
  return ptr
}

function lowerArrayOfF64(cx: Context, path: Path, value: unknown): number {
  if (!Array.isArray(value)) return invalid(path, 'Float64Array or array', value)
  const list = elements(value)
  const n = list.length >>> 0
  const ptr = allocate(cx, path, n * 8, 8)
  const out = cx.F64
  const start = ptr >>> 3
  for (let i = 0; i < n; i++) {
    const x = list[i]
    if (typeof x !== 'number') invalid(at(path, i), 'f64', x)
    out[start + i] = x
  }
  cx.count = n
  cx.bytesIn += n * 8
  return ptr
}

/** `list<f64>` of `n` elements as a Float64Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfF64(cx: Context, ptr: number, n: number): Float64Array {
  checkList(cx, ptr, n * 8, 8)
  cx.bytesOut += n * 8
  return cx.F64.slice(ptr >>> 3, (ptr >>> 3) + n)
}

/** `list<s8>` from Int8Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfS8(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, S8)
}
/** `list<s8>` of `n` elements as a Int8Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfS8(cx: Context, ptr: number, n: number): Int8Array {
  return liftNumbers(cx, ptr, n, S8)
}

/** `list<u16>` from Uint16Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfU16(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, U16)
}
/** `list<u16>` of `n` elements as a Uint16Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfU16(cx: Context, ptr: number, n: number): Uint16Array {
  return liftNumbers(cx, ptr, n, U16)
}

/** `list<s16>` from Int16Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfS16(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, S16)
}
/** `list<s16>` of `n` elements as a Int16Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfS16(cx: Context, ptr: number, n: number): Int16Array {
  return liftNumbers(cx, ptr, n, S16)
}

/** `list<u32>` from Uint32Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfU32(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, U32)
}
/** `list<u32>` of `n` elements as a Uint32Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfU32(cx: Context, ptr: number, n: number): Uint32Array {
  return liftNumbers(cx, ptr, n, U32)
}

/** `list<s32>` from Int32Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfS32(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, S32)
}
/** `list<s32>` of `n` elements as a Int32Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfS32(cx: Context, ptr: number, n: number): Int32Array {
  return liftNumbers(cx, ptr, n, S32)
}

/** `list<u64>` from BigUint64Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfU64(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, U64)
}
/** `list<u64>` of `n` elements as a BigUint64Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfU64(cx: Context, ptr: number, n: number): BigUint64Array {
  return liftNumbers(cx, ptr, n, U64)
}

/** `list<s64>` from BigInt64Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfS64(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, S64)
}
/** `list<s64>` of `n` elements as a BigInt64Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfS64(cx: Context, ptr: number, n: number): BigInt64Array {
  return liftNumbers(cx, ptr, n, S64)
}

/** `list<f32>` from Float32Array or array; gives the pointer, `cx.count` the length. Throws `InvalidParam`. */
export function lowerListOfF32(cx: Context, path: Path, value: unknown): number {
  return lowerNumbers(cx, path, value, F32)
}
/** `list<f32>` of `n` elements as a Float32Array of its own; traps where it leaves the memory or is not aligned. */
export function liftListOfF32(cx: Context, ptr: number, n: number): Float32Array {
  return liftNumbers(cx, ptr, n, F32)
}
