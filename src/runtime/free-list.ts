/** Every block is a multiple of this, in bytes, and lies at a multiple of it. */
export const UNIT = 8

/** A piece of memory between two others. */
class Block {
  ptr: number
  size: number
  isFree = true
  /** The neighbours by address, within one region. */
  before: Block | undefined = undefined
  after: Block | undefined = undefined
  /** The neighbours among the free blocks of one bin. */
  left: Block | undefined = undefined
  right: Block | undefined = undefined

  constructor(ptr: number, size: number) {
    this.ptr = ptr
    this.size = size
  }
}

/** Up to this many units a bin holds one size; above, each power of two has eight. */
const EXACT = 16
const BINS = binOf(2 ** 32) + 1

function binOf(size: number): number {
  const units = size / UNIT
  if (units < EXACT) return units
  const log = 31 - Math.clz32(units)
  return EXACT + (log - 4) * 8 + ((units >>> (log - 3)) & 7)
}

const alignUp = (n: number, align: number): number => Math.ceil(n / align) * align

/**
 * Which bytes of some regions are taken: an allocator that keeps its notes outside of the memory it hands out, so that
 * nobody who writes there can break it. Free neighbours are one block at all times. Sizes and addresses are in bytes.
 */
export class FreeList {
  readonly #taken: Map<number, Block> = new Map()
  readonly #bins: (Block | undefined)[] = new Array<Block | undefined>(BINS).fill(undefined)
  /** The last block of the region that was added last. */
  #last: Block | undefined = undefined
  #takenBytes = 0

  /** How many blocks are taken. */
  get taken(): number {
    return this.#taken.size
  }

  /** How many bytes are taken, padding included. */
  get takenBytes(): number {
    return this.#takenBytes
  }

  /** How many free bytes lie at the very end of the region that was added last, and where that ends. */
  get tail(): { readonly free: number; readonly end: number } {
    const last = this.#last
    return last === undefined ? { free: 0, end: -1 } : { free: last.isFree ? last.size : 0, end: last.ptr + last.size }
  }

  /** Adds `size` bytes at `ptr`; both are multiples of `UNIT`. What continues the last region becomes a part of it. */
  add(ptr: number, size: number): void {
    const block = new Block(ptr, size)
    const last = this.#last
    if (last !== undefined && last.ptr + last.size === ptr) link(last, block)
    this.#last = block
    this.#release(block)
  }

  /** Takes `size` bytes at a multiple of `align` (a power of two). Gives the address; -1 where no block is large enough. */
  take(size: number, align: number): number {
    const wanted = alignUp(Math.max(size, 1), UNIT)
    for (let bin = binOf(wanted); bin < BINS; bin++) {
      for (let block = this.#bins[bin]; block !== undefined; block = block.right) {
        const ptr = alignUp(block.ptr, align)
        if (ptr + wanted > block.ptr + block.size) continue
        return this.#cut(block, ptr, wanted)
      }
    }
    return -1
  }

  /** Gives back the block at `ptr`. False where none was taken there (any more). */
  give(ptr: number): boolean {
    const block = this.#taken.get(ptr)
    if (block === undefined) return false
    this.#taken.delete(ptr)
    this.#takenBytes -= block.size
    this.#release(block)
    return true
  }

  /** The free blocks by address: for tests, and for people who look for leaks. */
  freeBlocks(): { readonly ptr: number; readonly size: number }[] {
    const blocks: Block[] = []
    for (const first of this.#bins) for (let b = first; b !== undefined; b = b.right) blocks.push(b)
    return blocks.sort((a, b) => a.ptr - b.ptr).map(({ ptr, size }) => ({ ptr, size }))
  }

  /** Takes the bytes from `ptr` on out of a free block; what lies before and behind stays free. */
  #cut(block: Block, ptr: number, size: number): number {
    this.#unbin(block)
    if (ptr > block.ptr) {
      const rest = this.#split(block, ptr - block.ptr)
      this.#bin(block)
      block = rest
    }
    if (block.size > size) this.#bin(this.#split(block, size))
    block.isFree = false
    this.#taken.set(ptr, block)
    this.#takenBytes += size
    return ptr
  }

  /** Shortens a block to `size` bytes and gives the rest, as a block of its own. */
  #split(block: Block, size: number): Block {
    const rest = new Block(block.ptr + size, block.size - size)
    const { after } = block
    block.size = size
    link(block, rest)
    if (after !== undefined) link(rest, after)
    if (this.#last === block) this.#last = rest
    return rest
  }

  /** Makes a block free, and one with the free blocks beside it. */
  #release(block: Block): void {
    block.isFree = true
    const { before, after } = block
    if (after?.isFree === true) this.#absorb(block, after)
    if (before?.isFree === true) {
      this.#absorb(before, block)
      block = before
    }
    this.#bin(block)
  }

  /** Makes `next` a part of `block`, which lies before it. */
  #absorb(block: Block, next: Block): void {
    this.#unbin(block)
    this.#unbin(next)
    block.size += next.size
    block.after = next.after
    if (next.after !== undefined) next.after.before = block
    if (this.#last === next) this.#last = block
  }

  #bin(block: Block): void {
    const bin = binOf(block.size)
    const first = this.#bins[bin]
    block.left = undefined
    block.right = first
    if (first !== undefined) first.left = block
    this.#bins[bin] = block
  }

  /** Takes a block out of its bin; does nothing to one that is in none. */
  #unbin(block: Block): void {
    const { left, right } = block
    if (left !== undefined) left.right = right
    else if (this.#bins[binOf(block.size)] === block) this.#bins[binOf(block.size)] = right
    if (right !== undefined) right.left = left
    block.left = undefined
    block.right = undefined
  }
}

function link(before: Block, after: Block): void {
  before.after = after
  after.before = before
}
