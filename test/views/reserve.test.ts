// Arguments that the guest has allocated and the host fills in place.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { messageOf, thrownBy } from '../hostile/guest.ts'
import { MODES } from './guest.ts'
import { viewsGuest, type Guest } from './world.ts'

const folder = temporaryFolder('reserve')
afterAll(() => rmSync(folder, { recursive: true }))

let fresh: (options?: object) => Guest
beforeAll(async () => {
  fresh = await viewsGuest(folder)
})
const GIVEN = "[20 Disposed]: this block has been handed over: it is the guest's now"

test('a block is allocated once, filled in place and handed over', () => {
  const { views, api } = fresh()
  const block = views.reserve('f64', 1000)
  expect([block.type, block.length, block.array.length, api.allocations()]).toEqual(['f64', 1000, 1000, 1])
  block.array.forEach((_, i, array) => (array[i] = i))
  expect(views.sum(block, 2)).toBe(999_000)
  expect(api.allocations()).toBe(1)
})

test.each([
  ['s8', new Int8Array([-1, 5])],
  ['u8', new Uint8Array([255, 5])],
  ['s16', new Int16Array([-1, 5])],
  ['u16', new Uint16Array([65535, 5])],
  ['s32', new Int32Array([-1, 5])],
  ['u32', new Uint32Array([4294967295, 5])],
  ['s64', new BigInt64Array([-1n, 5n])],
  ['u64', new BigUint64Array([2n ** 64n - 1n, 5n])],
  ['f32', new Float32Array([0.5, -1])],
  ['f64', new Float64Array([0.1, -1])],
] as const)('a block of %s', (type, list) => {
  const { views } = fresh()
  const block = views.reserve(type, 2)
  ;(block.array as { set(list: unknown): void }).set(list)
  const call = (views as unknown as Record<string, (list: unknown, use: unknown) => unknown>)[`${type}s`]
  expect(call?.call(views, block, (view: { copy(): unknown }) => view.copy())).toEqual(list)
})

describe('set', () => {
  test('copies numbers to where they belong, and hands nothing out', () => {
    const { views } = fresh()
    const block = views.reserve('f64', 5)
    const view = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'grow')
    let grown = 0
    WebAssembly.Memory.prototype.grow = function grow(): number {
      return grown++
    }
    try {
      block.set(new Float64Array([1, 2]))
      block.set(new Float64Array([3, 4, 5]), 2)
      block.set(new Float64Array(), 5)
      expect(views.sum(block, 1)).toBe(15)
      expect(grown).toBe(0)
      const exposed = views.reserve('f64', 1)
      exposed.array[0] = 7
      expect(views.sum(exposed, 1)).toBe(7)
      expect(grown).toBe(1)
    } finally {
      if (view !== undefined) Object.defineProperty(WebAssembly.Memory.prototype, 'grow', view)
    }
  })

  test.each([
    ['another kind', new Float32Array(1), 0, 'numbers: expected Float64Array, got Float32Array'],
    ['a plain array', [1], 0, 'numbers: expected Float64Array, got an array of 1'],
    ['too many', new Float64Array(3), 0, '3 numbers from 0 on do not fit into a block of 2'],
    ['too far', new Float64Array(2), 1, '2 numbers from 1 on do not fit into a block of 2'],
    ['no index', new Float64Array(1), -1, '1 numbers from -1 on do not fit into a block of 2'],
    ['no whole index', new Float64Array(1), 0.5, '1 numbers from 0.5 on do not fit into a block of 2'],
  ])('refuses %s, and leaves the block as it was', (_, numbers, offset, text) => {
    const { views } = fresh()
    const block = views.reserve('f64', 2)
    block.set(new Float64Array([1, 2]))
    expect(messageOf(thrownBy(() => block.set(numbers as Float64Array, offset)))).toBe(`[1 InvalidParam]: ${text}`)
    expect(views.sum(block, 1)).toBe(3)
  })

  test('is over when the block is', () => {
    const { views, world } = fresh()
    const [given, late] = [views.reserve('u8', 1), views.reserve('u8', 1)]
    ;(views as unknown as { u8s: (l: unknown, use: () => void) => void }).u8s(given, () => {})
    expect(messageOf(thrownBy(() => given.set(new Uint8Array(1))))).toBe(GIVEN)
    world.dispose()
    expect(thrownBy(() => late.set(new Uint8Array(1)))).toMatchObject({ codeName: 'Disposed' })
  })
})

test('nothing can be reserved, too', () => {
  const { views } = fresh()
  expect(views.sum(views.reserve('f64', 0), 1)).toBe(0)
})

describe('a block that has been handed over', () => {
  test("is no longer the host's", () => {
    const { views, api } = fresh()
    const block = views.reserve('f64', 2)
    const raw = block.array
    raw.set([1, 2])
    expect(views.sum(block, 1)).toBe(3)
    expect(messageOf(thrownBy(() => block.array))).toBe(GIVEN)
    expect(raw.length).toBe(0)
    expect(messageOf(thrownBy(() => views.sum(block, 1)))).toBe(GIVEN)
    expect(api.dot([2], [3])).toBe(6)
  })

  test('cannot be given twice in one call, which leaves it with the host', () => {
    const { views } = fresh()
    const block = views.reserve('f64', 2)
    block.array.set([3, 4])
    expect(messageOf(thrownBy(() => views.dot(block, block)))).toBe(GIVEN)
    expect([...block.array]).toEqual([3, 4])
    expect(views.dot(block, [1, 1])).toBe(7)
    expect(messageOf(thrownBy(() => block.array))).toBe(GIVEN)
  })

  test('belongs to the host again when another argument is refused', () => {
    const { views } = fresh()
    const block = views.reserve('f64', 2)
    block.array.set([3, 4])
    for (const wrong of [-1, 'x'])
      expect(thrownBy(() => views.sum(block, wrong as number))).toMatchObject({ codeName: 'InvalidParam' })
    expect(views.sum(block, 1)).toBe(7)
    expect(messageOf(thrownBy(() => views.sum(block, 1)))).toBe(GIVEN)
  })

  test('stays with the guest when a later call fails', () => {
    const { views } = fresh()
    const block = views.reserve('f64', 1)
    views.sum(block, 1)
    expect(thrownBy(() => views.sum([1, 'x'], 1))).toMatchObject({ codeName: 'InvalidParam' })
    expect(messageOf(thrownBy(() => views.sum(block, 1)))).toBe(GIVEN)
  })
})

test('memory that grows takes the typed array away, not the block', () => {
  const { views } = fresh()
  const block = views.reserve('f64', 2)
  const raw = block.array
  raw.set([1, 2])
  views.grown([0], () => 0)
  expect(raw.length).toBe(0)
  expect([...block.array]).toEqual([1, 2])
  block.array[1] = 5
  expect(views.sum(block, 1)).toBe(6)
})

describe('what is refused', () => {
  test('a block of another type', () => {
    const { views } = fresh()
    const block = views.reserve('u8', 8)
    expect(messageOf(thrownBy(() => views.sum(block, 1)))).toBe(
      '[1 InvalidParam]: sum: l: expected a block of f64, got "u8"',
    )
    expect(block.array.length).toBe(8)
  })

  test('a block of another instance', () => {
    const block = fresh().views.reserve('f64', 1)
    const { views } = fresh()
    expect(messageOf(thrownBy(() => views.sum(block, 1)))).toBe(
      '[22 InvalidHandle]: the block belongs to another instance',
    )
    expect(views.sum([1], 1)).toBe(1)
    expect(block.array.length).toBe(1)
  })

  test('a block for an ordinary function', () => {
    const { views, api } = fresh()
    const error = thrownBy(() => api.dot(views.reserve('f64', 1), [1]))
    expect(messageOf(error)).toMatch(/^\[1 InvalidParam\]: dot: a: expected Float64Array or array, got /)
  })

  test.each([-1, 1.5, Number.NaN, '8', 2 ** 25])('%s numbers', (n) => {
    const { views, api } = fresh()
    expect(thrownBy(() => views.reserve('f64', n as number))).toMatchObject({
      codeName: 'InvalidParam',
      function: 'test:t/api#reserve',
    })
    expect(api.allocations()).toBe(0)
  })

  test.each(['f16', '__proto__', undefined])('the type %s', (type) => {
    expect(thrownBy(() => fresh().views.reserve(type as never, 1))).toMatchObject({ codeName: 'InvalidParam' })
  })

  test('reserving in the middle of a call, or of an instance that is gone', () => {
    const { views, world } = fresh()
    const code = views.f64s([1], () => (thrownBy(() => views.reserve('f64', 1)) as { codeName?: string }).codeName)
    expect(code).toBe('Reentrance')
    const block = views.reserve('f64', 1)
    world.dispose()
    expect(thrownBy(() => views.reserve('f64', 1))).toMatchObject({ codeName: 'Disposed' })
    expect(messageOf(thrownBy(() => block.array))).toBe('[20 Disposed]: this instance has been disposed')
  })
})

describe('a hostile realloc', () => {
  test.each([
    ['reallocOutOfBounds', '[2 MemoryAccessViolation]: 16 bytes at 65536 do not lie in the memory of 65536 bytes'],
    ['reallocUnaligned', '[14 AbiViolation]: pointer 4100 is not aligned to 8'],
    ['reallocTraps', '[10 Unreachable]: unreachable'],
    [
      'reallocCallsImport',
      '[14 AbiViolation]: the guest called an import while realloc or post-return ran, or after a trap',
    ],
  ] as const)('%s', (mode, message) => {
    const { views, api } = fresh()
    api.mode(MODES[mode])
    expect(messageOf(thrownBy(() => views.reserve('f64', 2)))).toBe(message)
    expect(thrownBy(() => api.freed())).toMatchObject({ codeName: 'InstancePoisoned' })
  })

  test('grows the memory each time', () => {
    const { views, api } = fresh()
    api.mode(MODES.reallocGrows)
    const [a, b] = [views.reserve('f64', 2), views.reserve('f64', 2)]
    a.array.set([1, 2])
    b.array.set([3, 4])
    expect(views.dot(a, b)).toBe(11)
  })
})
