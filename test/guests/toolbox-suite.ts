import { crc32 } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isWasmError, type SecurityPolicy } from 'witgen/runtime'
import type { Compute, Sample } from './generated/test/toolbox/compute.ts'
import { BUILD_TIMEOUT, guestFiles, guestPath, isCommitted, isSkipped } from './guests.ts'
import { codecs, loadToolbox, type Codec, type LoadedToolbox } from './toolbox.ts'
import { toolboxGuest } from './toolbox-guests.ts'
import { checkCounters } from './toolbox-counters.ts'

const sample = (id: number, weight: number, label = 'a', note?: string): Sample => ({ id, weight, label, note })

/** What a guest returns as the error of a `result`. */
function payload(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    if (isWasmError(error, 'GuestError') && 'payload' in error) return error.payload
    throw error
  }
  throw new Error('nothing was thrown')
}

/** Text of all kinds: two, three and four bytes of UTF-8, combining characters, a family of emoji, NUL, right to left. */
const TEXTS = [
  '',
  'a',
  'straße',
  'e\u0301a\u0308',
  '日本語',
  '🎉𝄞',
  '👩‍👩‍👧',
  'a\0b',
  'שלום',
  '\uFEFFbom',
  'x'.repeat(100_000),
]

/**
 * Declares the tests that call every function of the toolbox of a language, by both codecs.
 *
 * @param failing titles of the tests that fail for the toolchain's sake. They have to: one that passes is a failure. What works
 *   of their functions all the same is to be tested besides.
 * @param policy what the guest is held to
 */
export function toolboxSuite(
  language: string,
  failing: ReadonlySet<string> = new Set(),
  policy?: SecurityPolicy,
): void {
  const { component, world } = toolboxGuest(language)
  describe.skipIf(isSkipped(language))(`toolbox in ${language}`, () => {
    test('is there, or can be built', { timeout: BUILD_TIMEOUT }, async () => {
      expect(await guestPath(component)).toContain('toolbox.wasm')
    })
    describe.each(variants(component))('$title, $codec', ({ path, codec }) => {
      let toolbox: LoadedToolbox
      let compute: Compute
      const start = async (): Promise<void> => {
        toolbox = await loadToolbox(language, codec, path, policy)
        compute = toolbox.compute
      }
      beforeAll(start, BUILD_TIMEOUT)
      beforeEach(({ task }) => {
        toolbox.host.lines.length = 0
        // As `test.fails` does, which would have to stand at each test.
        if (failing.has(task.name)) Object.assign(task, { fails: true })
      })
      // They may end with a trap, after which the instance is of no use.
      afterEach(({ task }) => (task.fails ? start() : undefined))
      afterAll(() => toolbox?.dispose())
      checkNumbers(() => compute)
      checkTexts(() => compute)
      checkLists(() => compute)
      checkCompounds(() => compute)
      checkImports(() => toolbox)
      if (world === 'toolbox') checkCounters(() => toolbox)
    })
  })
}

/** Every build of a guest by every codec. The path is undefined where the guest may have to be built first. */
function variants(component: string): readonly { title: string; path: string | undefined; codec: Codec }[] {
  const files = isCommitted(component) ? guestFiles(component) : [{ title: component, path: undefined }]
  return files.flatMap((file) => codecs.map((codec) => ({ ...file, codec })))
}

function checkNumbers(compute: () => Compute): void {
  test('integers of 32 bits: add, divide, meanOfThree', () => {
    expect(compute().add(4_294_967_295, 2)).toBe(1)
    expect(compute().divide(-7, 2)).toBe(-3)
    expect(payload(() => compute().divide(1, 0))).toEqual({ tag: 'unusable', val: 'division by zero' })
    expect(payload(() => compute().divide(-2_147_483_648, -1))).toEqual({ tag: 'unusable', val: 'overflow' })
    expect(compute().meanOfThree(-128, 255, -32_768)).toBe(-10_881)
    expect(compute().meanOfThree(-1, 0, 0)).toBe(-1)
    expect(compute().meanOfThree(127, 255, 32_767)).toBe(11_049)
  })

  test('integers of 64 bits: multiply, saturatingAdd, divMod', () => {
    expect(compute().multiply(2n ** 63n + 1n, 6n)).toBe(6n)
    expect(compute().saturatingAdd(2n ** 63n - 1n, 1n)).toBe(2n ** 63n - 1n)
    expect(compute().saturatingAdd(-(2n ** 63n), -1n)).toBe(-(2n ** 63n))
    expect(compute().saturatingAdd(-(2n ** 63n), 1n)).toBe(-(2n ** 63n) + 1n)
    expect(compute().divMod(2n ** 64n - 1n, 10n)).toEqual([1_844_674_407_370_955_161n, 5n])
    expect(compute().divMod(1n, 0n)).toBeUndefined()
  })

  test('half, exclusiveOr', () => {
    expect(compute().half(3)).toBe(1.5)
    expect(compute().half(-Infinity)).toBe(-Infinity)
    expect(compute().half(NaN)).toBeNaN()
    expect(compute().exclusiveOr(true, false)).toBe(true)
    expect(compute().exclusiveOr(true, true)).toBe(false)
  })

  test('flags: marksOf, differingMarks', () => {
    expect(compute().marksOf(0n)).toEqual({ negative: false, zero: true, even: true, huge: false })
    expect(compute().marksOf(-(2n ** 63n))).toEqual({ negative: true, zero: false, even: true, huge: true })
    expect(compute().marksOf(2n ** 40n - 1n)).toEqual({ negative: false, zero: false, even: false, huge: false })
    expect(compute().marksOf(-(2n ** 40n))).toEqual({ negative: true, zero: false, even: true, huge: true })
    expect(compute().differingMarks({ zero: true, huge: true }, { huge: true, even: true })).toEqual({
      negative: false,
      zero: true,
      even: true,
      huge: false,
    })
  })
}

function checkTexts(compute: () => Compute): void {
  test('nextChar', () => {
    const next = (c: string): string | undefined => compute().nextChar(c)
    expect([next('a'), next('\x7F'), next('\uD7FF'), next('\uFFFF')]).toEqual(['b', '\x80', '\uE000', '\u{10000}'])
    expect(next('\u{10FFFF}')).toBeUndefined()
  })

  test.each(TEXTS)('reverseText, countChars: text %#', (text) => {
    const chars = [...text]
    expect(compute().countChars(text)).toBe(chars.length)
    expect(compute().reverseText(text)).toBe(chars.toReversed().join(''))
  })

  test('join and split', () => {
    expect(compute().join(TEXTS, ' ß ')).toBe(TEXTS.join(' ß '))
    expect(compute().join([], ', ')).toBe('')
    expect(compute().join(['', ''], '')).toBe('')
    expect(compute().split('🎉a🎉🎉', '🎉')).toEqual(['', 'a', '', ''])
    expect(compute().split('aaa', 'aa')).toEqual(['', 'a'])
    expect(compute().split('', ',')).toEqual([''])
    expect(compute().split('né', '')).toEqual(['né'])
  })
}

function checkLists(compute: () => Compute): void {
  test('bytes: checksum, reverseBytes', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31 + (i >> 8)) % 256)
    expect(compute().checksum(bytes)).toBe(crc32(bytes))
    expect(compute().checksum([])).toBe(0)
    expect(compute().reverseBytes(bytes)).toEqual(bytes.toReversed())
    expect(compute().reverseBytes([])).toEqual(new Uint8Array())
  })

  test('numbers: scale, runningSums, bounds', () => {
    expect(compute().scale(Float64Array.of(1, -2.5, 1e300, NaN), 2)).toEqual(Float64Array.of(2, -5, 2e300, NaN))
    expect(compute().scale([], 2)).toEqual(new Float64Array())
    const most = Array.from({ length: 20_000 }, () => -2_147_483_648)
    expect(compute().runningSums(most)).toEqual(BigInt64Array.from(most, (n, i) => BigInt(n) * BigInt(i + 1)))
    expect(compute().runningSums([])).toEqual(new BigInt64Array())
    expect(compute().bounds([3, -1.5, Infinity])).toEqual([-1.5, Infinity])
    expect(compute().bounds([])).toBeUndefined()
  })

  test('records: centroid, heaviest', () => {
    expect(compute().centroid([{ x: 1, y: -1 }, { x: 2, y: 5 }])).toEqual({ x: 1.5, y: 2 }) // prettier-ignore
    expect(compute().centroid([])).toBeUndefined()
    const samples = [sample(1, -1), sample(2, 7, 'ü', ''), sample(3, 7)]
    expect(compute().heaviest(samples)).toEqual(sample(2, 7, 'ü', ''))
    expect(compute().heaviest([])).toBeUndefined()
  })
}

function checkCompounds(compute: () => Compute): void {
  test('clean', () => {
    const given = [sample(1, 0), sample(2, 0.5, '  日本 語 ', ''), sample(3, 1e-300, '\tx ', ' ')]
    expect(compute().clean(given)).toEqual([sample(2, 0.5, '日本 語'), sample(3, 1e-300, '\tx', ' ')])
    expect(payload(() => compute().clean([]))).toEqual({ tag: 'empty' })
    expect(payload(() => compute().clean([sample(1, 0)]))).toEqual({ tag: 'empty' })
    for (const weight of [NaN, Infinity, -1]) {
      const bad = (): unknown => compute().clean([sample(1, 1), sample(4_294_967_295, weight), sample(3, NaN)])
      expect(payload(bad)).toEqual({ tag: 'bad-sample', val: 4_294_967_295 })
    }
    const many = Array.from({ length: 10_000 }, (_, id) => sample(id, id % 3, ` ${id}`, 'x'.repeat(id % 50)))
    const kept = many.filter(({ weight }) => weight > 0)
    expect(compute().clean(many)).toEqual(
      kept.map(({ id, weight, note }) => sample(id, weight, `${id}`, note || undefined)),
    )
  })

  test('classify', () => {
    const kinds = [-1, 0.24, 0.25, 0.74, 0.75, 1e9].map((weight) => compute().classify(sample(1, weight)))
    expect(kinds).toEqual(['light', 'light', 'regular', 'regular', 'heavy', 'heavy'])
  })

  test('area', () => {
    const at = (x: number, y: number): { x: number; y: number } => ({ x, y })
    expect(compute().area({ tag: 'dot' })).toBe(0)
    expect(compute().area({ tag: 'circle', val: 2 })).toBe(4 * Math.PI)
    expect(compute().area({ tag: 'polygon', val: [at(0, 0), at(0, 3), at(4, 0)] })).toBe(6)
    expect(compute().area({ tag: 'named', val: 'unit-square' })).toBe(1)
    expect(payload(() => compute().area({ tag: 'circle', val: -1 }))).toBe('negative radius')
    const line = [at(0, 0), at(1, 1)]
    expect(payload(() => compute().area({ tag: 'polygon', val: line }))).toBe('a polygon has at least 3 corners')
    expect(payload(() => compute().area({ tag: 'named', val: 'Häuschen 🏠' }))).toBe('unknown shape: Häuschen 🏠')
  })
}

function checkImports(toolbox: () => LoadedToolbox): void {
  test('chorus: the guest calls the host', () => {
    expect(toolbox().compute.chorus(3)).toBe(12)
    expect(toolbox().host.lines).toEqual(['debug: twice 1 is 2', 'debug: twice 2 is 4', 'debug: twice 3 is 6'])
    expect(toolbox().compute.chorus(0)).toBe(0)
  })

  test("lookUpAll: the host's errors reach the guest", () => {
    const keys = ['ключ', 'missing', 'denied:not 🎉', '']
    expect(toolbox().compute.lookUpAll(keys)).toEqual(['<ключ>', '-', '!not 🎉', '<>'])
    expect(toolbox().host.lines).toEqual(['warn: denied: denied:not 🎉'])
    expect(toolbox().compute.lookUpAll([])).toEqual([])
  })
}
