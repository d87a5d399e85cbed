import { describe } from './abi/refusal.ts'
import { WasmError } from './errors.ts'
import { FreeList, UNIT } from './free-list.ts'

/** Bytes of one page of memory. */
const PAGE = 65536
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A piece of memory: where it begins and how long it is, both in bytes. */
export interface MemoryBlock {
  readonly ptr: number
  readonly len: number
}

/** How a `SharedMemory` is made. */
export interface SharedMemoryOptions {
  /** What errors call the module; `memory` unless given. */
  readonly name?: string
  /**
   * Bytes of the memory that the module leaves to the host, as of a static buffer that it exports: only those are handed
   * out. Without it, the host grows the memory and hands out the pages that it got.
   */
  readonly region?: MemoryBlock
}

/** What is in use of a `SharedMemory`. */
export interface SharedMemoryUsage {
  /** Blocks that have been handed out and not been freed. */
  readonly blocks: number
  /** Their bytes, each rounded up to a multiple of 8. */
  readonly bytes: number
  /** Pages of 64 KiB that the memory has, those of the module included. */
  readonly pages: number
}

/**
 * The memory of a core module, shared with the host: strings and blocks that the host puts there and whose pointers it
 * passes to the module's functions. (Components need none of this: their generated bindings pass values.)
 *
 * The host allocates from pages that it added itself by `memory.grow`, so that the module's own allocator and this one
 * never touch the same bytes. The notes on what is free are kept outside of the memory: a module that writes where it
 * should not cannot break them.
 *
 * Lengths are in bytes, not in characters.
 */
export class SharedMemory {
  readonly #memory: WebAssembly.Memory
  readonly #name: string
  readonly #canGrow: boolean
  readonly #list: FreeList = new FreeList()
  #bytes: Uint8Array<ArrayBufferLike>

  /**
   * @param memory what the module exports or imports
   * @throws WasmError `MemoryAccessViolation` for a region that does not lie in the memory
   */
  constructor(memory: WebAssembly.Memory, options: SharedMemoryOptions = {}) {
    this.#memory = memory
    this.#name = options.name ?? 'memory'
    this.#bytes = new Uint8Array(memory.buffer)
    const { region } = options
    this.#canGrow = region === undefined
    if (region === undefined) return
    this.#check(region.ptr, region.len)
    const start = Math.max(Math.ceil(region.ptr / UNIT), 1) * UNIT
    const end = Math.floor((region.ptr + region.len) / UNIT) * UNIT
    if (end > start) this.#list.add(start, end - start)
  }

  /** What is in use: for tests, and for those who look for leaks. */
  get usage(): SharedMemoryUsage {
    return { blocks: this.#list.taken, bytes: this.#list.takenBytes, pages: this.#memory.buffer.byteLength / PAGE }
  }

  /**
   * Allocates `len` bytes, whose content is what was there before. Gives the pointer, for `free`; also of 0 bytes.
   *
   * @param align a power of two up to 65536
   * @throws WasmError `InvalidParam`; `MemoryLimit` where the memory cannot grow any more
   */
  alloc(len: number, align: number = UNIT): number {
    if (!isSize(len)) this.#fail('InvalidParam', `alloc: expected a number of bytes, got ${describe(len)}`)
    if (!isSize(align) || align === 0 || align > PAGE || (align & (align - 1)) !== 0)
      this.#fail('InvalidParam', `alloc: expected an alignment (a power of two up to ${PAGE}), got ${describe(align)}`)
    const ptr = this.#list.take(len, align)
    if (ptr >= 0) return ptr
    this.#grow(len, align)
    // Again, not `take`: where threads share the memory, another may have grown it in between.
    return this.alloc(len, align)
  }

  /**
   * Frees what `alloc` or `writeString` gave. The block becomes one with the free ones beside it.
   *
   * @throws WasmError `MemoryAccessViolation` for a pointer to no such block, as when it is freed a second time
   */
  free(ptr: number): void {
    if (!this.#list.give(ptr))
      this.#fail(
        'MemoryAccessViolation',
        `free: no block was allocated at ${String(ptr)}, or it has been freed already`,
      )
  }

  /**
   * Writes a string as UTF-8 (lone surrogates become U+FFFD) into a new block. Gives its pointer, for `free`, and its
   * length in bytes; there is no zero byte behind it.
   *
   * @throws WasmError `InvalidParam`; `MemoryLimit` where the memory cannot grow any more
   */
  writeString(text: string): MemoryBlock {
    if (typeof text !== 'string') this.#fail('InvalidParam', `writeString: expected string, got ${typeof text}`)
    const len = utf8Length(text)
    const ptr = this.alloc(len, 1)
    const bytes = this.bytes(ptr, len)
    // Platforms differ on whether a TextEncoder writes into memory that threads share.
    if (bytes.buffer instanceof ArrayBuffer) encoder.encodeInto(text, bytes)
    else bytes.set(encoder.encode(text))
    return { ptr, len }
  }

  /**
   * Reads `len` bytes of UTF-8 from anywhere in the memory.
   *
   * @throws WasmError `MemoryAccessViolation` out of range, `AbiViolation` for what is not valid UTF-8
   */
  readString(ptr: number, len: number): string {
    const bytes = this.bytes(ptr, len)
    try {
      return decoder.decode(bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice())
    } catch {
      return this.#fail('AbiViolation', `the string of ${len} bytes at ${ptr} is not valid UTF-8`)
    }
  }

  /**
   * `len` bytes from anywhere in the memory, as they are there: not a copy. To be used at once, since the view is
   * detached (its length becomes 0) when the memory grows.
   *
   * @throws WasmError `MemoryAccessViolation` out of range
   */
  bytes(ptr: number, len: number): Uint8Array<ArrayBufferLike> {
    this.#check(ptr, len)
    return this.#bytes.subarray(ptr, ptr + len)
  }

  /** Adds the pages in which `len` bytes find room. What the list has at its end counts, unless others grew since. */
  #grow(len: number, align: number): void {
    const { buffer } = this.#memory
    const { free, end } = this.#list.tail
    const room = end === buffer.byteLength && align <= UNIT ? free : 0
    const pages = Math.ceil((len + 2 * UNIT - room) / PAGE)
    const failed = `no room for ${len} bytes`
    if (!this.#canGrow) this.#fail('MemoryLimit', `${failed} in the region that the module leaves to the host`)
    let before: number
    try {
      before = this.#memory.grow(pages) * PAGE
    } catch (cause) {
      return this.#fail(
        'MemoryLimit',
        `${failed}: the memory of ${buffer.byteLength} bytes cannot grow by ${pages} pages`,
        cause,
      )
    }
    // Address 0 is no block's: modules take it for none.
    const start = Math.max(before, UNIT)
    this.#list.add(start, before + pages * PAGE - start)
  }

  #check(ptr: number, len: number): void {
    const { buffer } = this.#memory
    if (buffer !== this.#bytes.buffer) this.#bytes = new Uint8Array(buffer)
    if (isSize(ptr) && isSize(len) && ptr + len <= buffer.byteLength) return
    const text = `${String(len)} bytes at ${String(ptr)} do not lie in the memory of ${buffer.byteLength} bytes`
    this.#fail('MemoryAccessViolation', text)
  }

  #fail(
    codeName: 'InvalidParam' | 'MemoryAccessViolation' | 'MemoryLimit' | 'AbiViolation',
    text: string,
    cause?: unknown,
  ): never {
    throw new WasmError(codeName, this.#name, undefined, text, cause === undefined ? undefined : { cause })
  }
}

function isSize(n: unknown): n is number {
  return typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= 2 ** 32
}

/** How many bytes a string has in UTF-8; lone surrogates count as U+FFFD, which has three. */
function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 0x80) continue
    length += c < 0x800 ? 1 : 2
    // A pair: two code units, four bytes.
    if ((c & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++
  }
  return length
}
