import { describe, expect, test, beforeAll } from 'vitest'
import { SharedMemory, WasmError } from 'witgen/runtime'
import { wat } from '../helpers/wat.ts'
import { BUFFER, CORE_GUEST } from './shared-memory-guest.ts'

interface CoreGuest {
  readonly memory: WebAssembly.Memory
  letters(ptr: number, len: number): [number, number]
  flip(ptr: number, len: number): [number, number]
  alloc(len: number): number
  scribble(ptr: number, len: number): void
}

let module: WebAssembly.Module
beforeAll(async () => {
  module = await WebAssembly.compile((await wat(CORE_GUEST)) as BufferSource)
})
const guest = (): CoreGuest => new WebAssembly.Instance(module).exports as unknown as CoreGuest
const wellFormed = (text: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text))
const thrownBy = (act: () => unknown): WasmError => {
  try {
    act()
  } catch (error) {
    if (error instanceof WasmError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
const memory = (initial: number, maximum = 100): SharedMemory =>
  new SharedMemory(new WebAssembly.Memory({ initial, maximum }))

describe('strings of a core module', () => {
  test('are written and read; lengths are in bytes', () => {
    const core = guest()
    const shared = new SharedMemory(core.memory)
    const { ptr, len } = shared.writeString('Grüße, 世界 😀')
    expect(len).toBe(20)
    expect(core.letters(ptr, len)).toEqual([20, 3])
    expect(shared.readString(ptr, len)).toBe('Grüße, 世界 😀')
  })

  test.each(['', 'a', 'é', '€', '😀', '\ud800', 'a\udc00b', '\ud83d\ud83d\ude00', 'x'.repeat(200_000), '\u0000\ufeff'])(
    '%j comes back as UTF-8 has it',
    (text) => {
      const shared = memory(0)
      const { ptr, len } = shared.writeString(text)
      const bytes = new TextEncoder().encode(text)
      expect(len).toBe(bytes.length)
      expect(shared.bytes(ptr, len)).toEqual(bytes)
      expect(shared.readString(ptr, len)).toBe(wellFormed(text))
    },
  )

  test('those of the module are read where they are, and both allocators go on', () => {
    const core = guest()
    const shared = new SharedMemory(core.memory)
    const kept: { readonly text: string; readonly ptr: number; readonly len: number }[] = []
    for (let i = 0; i < 200; i++) {
      const text = String.fromCharCode(65 + (i % 26)).repeat(1000 + i)
      const mine = shared.writeString(text)
      // Grows the memory now and then, so that pages of the one lie between those of the other.
      const [ptr, len] = core.flip(mine.ptr, mine.len)
      expect(shared.readString(ptr, len)).toBe(text.toLowerCase())
      kept.push({ text, ...mine }, { text: text.toLowerCase(), ptr, len })
    }
    for (const { text, ptr, len } of kept) expect(shared.readString(ptr, len)).toBe(text)
    expect(shared.usage.pages).toBeLessThan(15)
  })

  test('a module that overwrites all that is free cannot break the notes', () => {
    const core = guest()
    const shared = new SharedMemory(core.memory)
    const blocks = Array.from({ length: 50 }, () => shared.alloc(100))
    for (const ptr of blocks.filter((_, i) => i % 2 === 0)) shared.free(ptr)
    core.scribble(8192, core.memory.buffer.byteLength - 8192)
    for (const ptr of blocks.filter((_, i) => i % 2 === 1)) shared.free(ptr)
    expect(shared.usage).toMatchObject({ blocks: 0, bytes: 0 })
    const { pages } = shared.usage
    shared.alloc(65_000)
    expect(shared.usage.pages).toBe(pages)
  })

  test('memory that threads share', () => {
    const shared = new SharedMemory(new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true }))
    const { ptr, len } = shared.writeString('für alle')
    expect(shared.readString(ptr, len)).toBe('für alle')
  })
})

describe('a region that the module leaves to the host', () => {
  test('is all that is handed out', () => {
    const core = guest()
    const shared = new SharedMemory(core.memory, { region: BUFFER, name: 'text' })
    const blocks = Array.from({ length: 4 }, () => shared.alloc(1024))
    expect(blocks).toEqual([1024, 2048, 3072, 4096])
    expect(thrownBy(() => shared.alloc(1)).message).toBe(
      'wasm module text error [30 MemoryLimit]: no room for 1 bytes in the region that the module leaves to the host',
    )
    expect(shared.usage).toEqual({ blocks: 4, bytes: 4096, pages: 1 })
    shared.free(2048)
    expect(shared.alloc(1000)).toBe(2048)
  })

  test('has to lie in the memory', () => {
    const { memory: core } = guest()
    const error = thrownBy(() => new SharedMemory(core, { region: { ptr: 65000, len: 1000 } }))
    expect(error.message).toBe(
      'wasm module memory error [2 MemoryAccessViolation]: 1000 bytes at 65000 do not lie in the memory of 65536 bytes',
    )
  })
})

describe('what is refused', () => {
  test('freeing twice, and what was never allocated', () => {
    const shared = memory(1)
    const ptr = shared.alloc(10)
    const message = (at: unknown): string =>
      `wasm module memory error [2 MemoryAccessViolation]: free: no block was allocated at ${String(at)}, or it has been freed already`
    for (const bad of [ptr + 8, ptr + 1, 0, -8, 2 ** 40, Number.NaN, undefined])
      expect(thrownBy(() => shared.free(bad as number)).message).toBe(message(bad))
    shared.free(ptr)
    expect(thrownBy(() => shared.free(ptr)).message).toBe(message(ptr))
    // A block in the middle of what has become one free block.
    const [a, b] = [shared.alloc(10), shared.alloc(10)]
    shared.free(a)
    shared.free(b)
    expect(thrownBy(() => shared.free(b)).code).toBe(2)
  })

  test.each([
    [65536, 1],
    [65530, 7],
    [-1, 1],
    [0, -1],
    [0, 65537],
    [0.5, 1],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
    [2 ** 32 - 1, 2 ** 32 - 1],
  ])('reading at %d, %d bytes', (ptr, len) => {
    const shared = memory(1)
    expect(thrownBy(() => shared.readString(ptr, len)).codeName).toBe('MemoryAccessViolation')
    expect(thrownBy(() => shared.bytes(ptr, len)).codeName).toBe('MemoryAccessViolation')
  })

  test('reading at the very end is fine', () => {
    expect(memory(1).readString(65536, 0)).toBe('')
    expect(memory(1).readString(65530, 6)).toBe('\0'.repeat(6))
  })

  test('bytes that are no UTF-8', () => {
    const shared = memory(1)
    const ptr = shared.alloc(2)
    shared.bytes(ptr, 2).set([0xc3, 0x28])
    expect(thrownBy(() => shared.readString(ptr, 2)).message).toBe(
      `wasm module memory error [14 AbiViolation]: the string of 2 bytes at ${ptr} is not valid UTF-8`,
    )
  })

  test('sizes and texts that are none', () => {
    const shared = memory(1)
    for (const bad of [-1, 1.5, Number.NaN, 2 ** 33, '8'])
      expect(thrownBy(() => shared.alloc(bad as number)).codeName).toBe('InvalidParam')
    for (const bad of [0, 3, -8, 131072, 1.5])
      expect(thrownBy(() => shared.alloc(8, bad)).codeName).toBe('InvalidParam')
    expect(thrownBy(() => shared.writeString(7 as never)).codeName).toBe('InvalidParam')
  })

  test('more than the memory may grow to; what was there stays usable', () => {
    const shared = memory(1, 3)
    const { ptr, len } = shared.writeString('kept')
    const error = thrownBy(() => shared.alloc(3 * 65536))
    expect(error.codeName).toBe('MemoryLimit')
    expect(error.cause).toBeInstanceOf(RangeError)
    expect(shared.readString(ptr, len)).toBe('kept')
    expect(shared.alloc(65536)).toBeGreaterThan(0)
  })
})

test('alignment is kept, and what lies before an aligned block is used', () => {
  const shared = memory(1)
  const first = shared.alloc(8)
  for (const align of [1, 2, 4, 8, 16, 64, 4096, 65536]) expect(shared.alloc(24, align) % align).toBe(0)
  expect(shared.alloc(64)).toBeGreaterThan(first)
  expect(shared.usage.pages).toBe(3)
})

test('address 0 is never handed out', () => {
  expect(memory(0).alloc(0)).toBe(8)
  const region = { ptr: 0, len: 64 }
  expect(new SharedMemory(new WebAssembly.Memory({ initial: 1 }), { region }).alloc(8)).toBe(8)
})

test('what continues the free end of the memory is grown by what is missing only', () => {
  const shared = memory(1)
  shared.alloc(30_000)
  shared.alloc(80_000)
  expect(shared.usage.pages).toBe(3)
})
