/**
 * The Canonical ABI by hand: what the host puts into memory becomes managed objects and is freed, what it is given lies in
 * blocks that are freed when it has read them. Strings are UTF-16, as AssemblyScript's own are.
 */

/** The allocator that the host asks for room. */
export function cabi_realloc(old: usize, oldSize: usize, align: usize, size: usize): usize {
  if (size == 0) return align
  return oldSize == 0 ? heap.alloc(size) : heap.realloc(old, size)
}

/** What ends a call that cannot go on; stands in for the host function that AssemblyScript would import. */
export function trap(_message: string | null, _file: string | null, _line: u32, _column: u32): void {
  unreachable()
}

/** Results that do not fit into one core value are returned by a pointer to this. */
export const area: usize = memory.data(48, 8)

const blocks: usize[] = []

/** A block that lives until the host has read the result. */
function lend(size: usize): usize {
  if (size == 0) return 8
  const block = heap.alloc(size)
  blocks.push(block)
  return block
}

/** Post-return: the host has read the result. */
export function release(_result: usize): void {
  for (let i = 0; i < blocks.length; i++) heap.free(blocks[i])
  blocks.length = 0
}

/** Frees a block that the host has allocated. */
function drop(block: usize, size: usize): void {
  if (size != 0) heap.free(block)
}

export function liftString(units: usize, length: u32): string {
  const text = String.UTF16.decodeUnsafe(units, (<usize>length) << 1)
  drop(units, length)
  return text
}

export function loadString(at: usize): string {
  return liftString(load<u32>(at), load<u32>(at, 4))
}

export function loadOptionOfString(at: usize): string | null {
  return load<u8>(at) == 0 ? null : loadString(at + 4)
}

export function storeString(at: usize, text: string): void {
  const size = (<usize>text.length) << 1
  const units = lend(size)
  memory.copy(units, changetype<usize>(text), size)
  store<u32>(at, <u32>units)
  store<u32>(at, text.length, 4)
}

export function storeOptionOfString(at: usize, text: string | null): void {
  store<u8>(at, text === null ? 0 : 1)
  if (text !== null) storeString(at + 4, text)
}

/** A list of numbers: they lie in memory as they do in a `StaticArray`. */
export function liftNumbers<T>(elements: usize, length: u32): StaticArray<T> {
  const size = <usize>length * sizeof<T>()
  const numbers = new StaticArray<T>(length)
  memory.copy(changetype<usize>(numbers), elements, size)
  drop(elements, size)
  return numbers
}

export function storeNumbers<T>(at: usize, numbers: StaticArray<T>): void {
  const size = <usize>numbers.length * sizeof<T>()
  const elements = lend(size)
  memory.copy(elements, changetype<usize>(numbers), size)
  store<u32>(at, <u32>elements)
  store<u32>(at, numbers.length, 4)
}

/**
 * A list of anything else.
 *
 * @param size of an element in memory
 */
export function liftList<T>(elements: usize, length: u32, size: usize, loadElement: (at: usize) => T): T[] {
  const list: T[] = []
  for (let i: usize = 0; i < length; i++) list.push(loadElement(elements + i * size))
  drop(elements, <usize>length * size)
  return list
}

export function storeList<T>(at: usize, list: T[], size: usize, storeElement: (at: usize, element: T) => void): void {
  const elements = lend(<usize>list.length * size)
  for (let i = 0; i < list.length; i++) storeElement(elements + <usize>i * size, list[i])
  store<u32>(at, <u32>elements)
  store<u32>(at, list.length, 4)
}
