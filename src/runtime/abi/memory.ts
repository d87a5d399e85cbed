import type { Context } from '../context.ts'
import { dispatchOf, type Dispatch } from '../dispatch.ts'
import { poison, trap } from './calls.ts'
import { invalid } from './refusal.ts'
import type { Path } from './path.ts'

/** The allocators of instances that have seats. */
export const reallocDispatch: Dispatch<{ readonly realloc: 'iiii:i' }> = dispatchOf({ realloc: 'iiii:i' })

/** Spec: `MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`. */
export const MAX_BYTE_LENGTH: number = 2 ** 28 - 1

/** Makes the views anew: the memory has grown, or is seen for the first time. */
export function refresh(cx: Context): void {
  if (cx.memory === undefined) return
  const buffer = cx.memory.buffer
  cx.U8 = new Uint8Array(buffer)
  cx.U32 = new Uint32Array(buffer)
  cx.F64 = new Float64Array(buffer)
  cx.view = new DataView(buffer)
  cx.size = cx.extent.bytes = buffer.byteLength
}

/** Makes the views anew if the memory has grown: after each run of guest code. */
export function freshen(cx: Context): void {
  if (cx.U8.length === 0) refresh(cx)
}

/** Checks that `size` bytes at `ptr` lie in the memory, aligned. Spec: `trap_if(ptr != align_to(…))`, `trap_if(ptr + size > len(memory))`. */
export function check(cx: Context, ptr: number, size: number, align: number): void {
  if ((ptr & (align - 1)) !== 0) unaligned(cx, ptr, align)
  if (ptr + size > cx.size) outOfBounds(cx, ptr, size)
}

/** Spec: `trap_if(byte_length > MAX_STRING_BYTE_LENGTH)`, of the worst case where the length is not known yet. */
export function checkLength(cx: Context, size: number): void {
  if (size > MAX_BYTE_LENGTH) tooLong(cx, size)
}

/** `check` for the elements of a list, which have a limit of their own. */
export function checkList(cx: Context, ptr: number, size: number, align: number): void {
  if (size > MAX_BYTE_LENGTH) tooLong(cx, size)
  check(cx, ptr, size, align)
}

/** The block of `size` bytes that a core function returned, or was given, a pointer to: unsigned and checked. */
export function block(cx: Context, ptr: number, size: number, align: number): number {
  ptr >>>= 0
  if (cx.U8.length === 0) refresh(cx)
  if ((ptr & (align - 1)) !== 0) unaligned(cx, ptr, align)
  if (ptr + size > cx.size) outOfBounds(cx, ptr, size)
  return ptr
}

/** Calls the guest's `realloc`, with the spec's check of what it returns. A trap in it poisons the instance. */
export function reallocate(cx: Context, ptr: number, oldSize: number, align: number, size: number): number {
  const { realloc } = cx
  if (realloc === undefined)
    return trap(cx, 'AbiViolation', 'the guest gives no realloc for the values it is to receive')
  let result: number
  try {
    result =
      cx.seat < 0 ? realloc(ptr, oldSize, align, size) : reallocDispatch.realloc(cx.seat, ptr, oldSize, align, size)
  } catch (error) {
    throw poison(cx, undefined, error)
  }
  if (cx.cause !== undefined) throw cx.cause
  return block(cx, result, size, align)
}

/** Space for `size` bytes in the guest's memory; too many are the host's mistake. */
export function allocate(cx: Context, path: Path, size: number, align: number): number {
  if (size > MAX_BYTE_LENGTH) invalid(path, `at most ${MAX_BYTE_LENGTH} bytes`, size)
  return reallocate(cx, 0, 0, align, size)
}

function unaligned(cx: Context, ptr: number, align: number): never {
  trap(cx, 'AbiViolation', `pointer ${ptr} is not aligned to ${align}`)
}

function outOfBounds(cx: Context, ptr: number, size: number): never {
  trap(cx, 'MemoryAccessViolation', `${size} bytes at ${ptr} do not lie in the memory of ${cx.size} bytes`)
}

function tooLong(cx: Context, size: number): never {
  trap(cx, 'AbiViolation', `a string or list of ${size} bytes is over the limit of ${MAX_BYTE_LENGTH}`)
}
