// How the guest's realloc is called, and what happens when it does not do what it should.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { ALLOCATOR_WAT, ALLOCATOR_WIT, HEAP, MODES, type Mode } from './allocator-guest.ts'
import { apiOf, hostile, messageOf, thrownBy, WAYS, type AnyFunction, type Hostile } from './guest.ts'

const folder = temporaryFolder('realloc')
afterAll(() => rmSync(folder, { recursive: true }))

let guest: Hostile
beforeAll(async () => {
  guest = await hostile(folder, ALLOCATOR_WIT, ALLOCATOR_WAT)
})

type Api = Record<string, AnyFunction>
const long = 'x'.repeat(40)

/** The calls for one string on a fresh heap, by the specification: `store_string_to_utf8`. */
const SEQUENCES: readonly (readonly [text: string, calls: readonly (readonly number[])[]])[] = [
  ['', [[0, 0, 1, 0]]],
  ['abc', [[0, 0, 1, 3]]],
  ['x'.repeat(28), [[0, 0, 1, 28]]],
  [long, [[0, 0, 1, 40]]],
  ['é', [[0, 0, 1, 1], [HEAP, 1, 1, 3], [HEAP + 8, 3, 1, 2]]], // prettier-ignore
  ['aé', [[0, 0, 1, 2], [HEAP, 2, 1, 6], [HEAP + 8, 6, 1, 3]]], // prettier-ignore
  ['éa', [[0, 0, 1, 2], [HEAP, 2, 1, 6], [HEAP + 8, 6, 1, 3]]], // prettier-ignore
  // As long as the worst case: nothing to shrink.
  ['€', [[0, 0, 1, 1], [HEAP, 1, 1, 3]]], // prettier-ignore
  ['日本', [[0, 0, 1, 2], [HEAP, 2, 1, 6]]], // prettier-ignore
  ['😀', [[0, 0, 1, 2], [HEAP, 2, 1, 6], [HEAP + 8, 6, 1, 4]]], // prettier-ignore
  ['\ud800', [[0, 0, 1, 1], [HEAP, 1, 1, 3]]], // prettier-ignore
  ['a\udc00', [[0, 0, 1, 2], [HEAP, 2, 1, 6], [HEAP + 8, 6, 1, 4]]], // prettier-ignore
  [`${long}é`, [[0, 0, 1, 41], [HEAP, 41, 1, 123], [HEAP + 48, 123, 1, 42]]], // prettier-ignore
  ['€'.repeat(40), [[0, 0, 1, 40], [HEAP, 40, 1, 120]]], // prettier-ignore
]

/** The calls of lists and of parameters that go through memory. */
const BLOCKS: readonly (readonly [name: string, args: unknown[], calls: readonly (readonly number[])[]])[] = [
  ['words', [[]], [[0, 0, 4, 0]]],
  ['words', [[1, 2, 3]], [[0, 0, 4, 12]]],
  ['words', [new Uint32Array(5)], [[0, 0, 4, 20]]],
  ['texts', [[]], [[0, 0, 4, 0]]],
  ['texts', [['a', 'é', '']], [[0, 0, 4, 24], [0, 0, 1, 1], [0, 0, 1, 1], [HEAP + 32, 1, 1, 3], [HEAP + 40, 3, 1, 2], [0, 0, 1, 0]]], // prettier-ignore
  ['many', [...'abcdefghi'], [[0, 0, 4, 72], ...Array.from({ length: 9 }, () => [0, 0, 1, 1])]],
]

const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text))

describe.each(WAYS)('%s', (way) => {
  const host = { ping() {}, get: (): unknown => 'hé', words: () => [1, 2], texts: () => ['a', 'bc'] }
  const fresh = (changed: object = {}): Api => apiOf(guest, way, { 'test:t/host': { ...host, ...changed } })
  const calls = (api: Api): number[][] => {
    const words = Array.from(api['log']?.() as Uint32Array)
    return Array.from({ length: words.length / 4 }, (_, i) => words.slice(4 * i, 4 * i + 4))
  }

  test.each(SEQUENCES)('the calls for the argument %j', (text, expected) => {
    const api = fresh()
    expect(api['text']?.(text)).toBe(wellFormed(text))
    expect(calls(api)).toEqual(expected)
  })

  test.each(SEQUENCES)('the calls for the import result %j', (text, expected) => {
    const api = fresh({ get: () => text })
    expect(api['fetchText']?.()).toBe(wellFormed(text))
    expect(calls(api)).toEqual(expected)
  })

  test.each(BLOCKS)('the calls for %s(%j)', (name, args, expected) => {
    const api = fresh()
    api[name]?.(...args)
    expect(calls(api)).toEqual(expected)
  })

  test('the calls for lists that imports return', () => {
    const api = fresh({ words: () => new Uint32Array([7]), texts: () => ['', 'b'] })
    expect([api['fetchWords']?.(), api['fetchTexts']?.()]).toEqual([new Uint32Array([7]), ['', 'b']])
    expect(calls(api)).toEqual([
      [0, 0, 4, 4],
      [0, 0, 4, 16],
      [0, 0, 1, 0],
      [0, 0, 1, 1],
    ])
  })

  const USES: readonly (readonly [name: string, args: unknown[], size: number, align: number])[] = [
    ['text', ['abc'], 3, 1],
    ['words', [[1]], 4, 4],
    ['words', [new Uint32Array(2)], 8, 4],
    ['texts', [['é']], 8, 4],
    ['many', [...'abcdefghi'], 72, 4],
    ['fetchText', [], 2, 1],
    ['fetchWords', [], 8, 4],
    ['fetchTexts', [], 16, 4],
  ]
  const oob = (size: number, at: number): string =>
    `[2 MemoryAccessViolation]: ${size} bytes at ${at} do not lie in the memory of 65536 bytes`
  const LEAVES = '[14 AbiViolation]: the guest called an import while realloc or post-return ran, or after a trap'
  const refused: readonly (readonly [Mode, (size: number, align: number) => string | undefined])[] = [
    ['outOfBounds', (size) => oob(size, 65536)],
    ['returnsMinusEight', (size) => oob(size, 4294967288)],
    ['fourBytesFromEnd', (size) => (size > 4 ? oob(size, 65532) : undefined)],
    ['unaligned', (_, align) => (align > 1 ? `[14 AbiViolation]: pointer 4097 is not aligned to ${align}` : undefined)],
    ['traps', () => '[10 Unreachable]: unreachable'],
    ['callsImport', () => LEAVES],
    ['recurses', () => '[13 StackExhausted]: Maximum call stack size exceeded'],
  ]
  const cases = refused.flatMap(([mode, messageFor]) =>
    USES.flatMap(([name, args, size, align]) => {
      const message = messageFor(size, align)
      return message === undefined ? [] : [{ mode, name, args, message }]
    }),
  )

  test.each(cases)('$mode in $name: $message', ({ mode, name, args, message }) => {
    let pings = 0
    const api = fresh({ ping: () => pings++ })
    api['mode']?.(MODES[mode])
    const error = thrownBy(() => api[name]?.(...args))
    expect(messageOf(error)).toBe(message)
    expect(pings).toBe(0)
    expect(thrownBy(() => api['grow']?.(0))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
  })

  test('memory that grows in realloc, in each place', () => {
    const api = fresh({ get: () => 'h€llo' })
    api['mode']?.(MODES.grows)
    expect(api['text']?.('aé😀'.repeat(20))).toBe('aé😀'.repeat(20))
    expect(api['texts']?.(['é', '', long, '€€€'])).toEqual(['é', '', long, '€€€'])
    expect(api['words']?.([1, 2, 3])).toEqual(new Uint32Array([1, 2, 3]))
    expect(api['words']?.(new Uint32Array([4, 5]))).toEqual(new Uint32Array([4, 5]))
    expect(api['fetchText']?.()).toBe('h€llo')
    expect(api['fetchTexts']?.()).toEqual(['a', 'bc'])
    expect(api['fetchWords']?.()).toEqual(new Uint32Array([1, 2]))
  })

  test('memory that grows between calls, and after an import before the result is read', () => {
    const api = fresh()
    for (const pages of [1, 7, 0, 3]) {
      api['grow']?.(pages)
      expect(api['text']?.('grown é')).toBe('grown é')
      expect(api['words']?.([pages])).toEqual(new Uint32Array([pages]))
    }
    expect(api['fetchAndGrow']?.()).toBe('hé')
  })

  test('0 is a pointer like others', () => {
    const api = fresh()
    api['mode']?.(MODES.returnsZero)
    expect(api['words']?.([1, 2])).toEqual(new Uint32Array([1, 2]))
    expect(api['text']?.('abc')).toBe('abc')
  })

  test.each([
    [65, '[14 AbiViolation]: pointer 65 is not aligned to 4'],
    [65536, oob(8, 65536)],
    [65532, oob(8, 65532)],
    [2 ** 32 - 8, oob(8, 4294967288)],
  ])('an import whose result is to go to %d', (ptr, message) => {
    let called = 0
    const api = fresh({ get: () => (called++, 'x') })
    const error = thrownBy(() => api['fetchAt']?.(ptr))
    expect(messageOf(error)).toBe(message)
    expect(called).toBe(0)
    expect(thrownBy(() => api['grow']?.(0))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
  })
})
