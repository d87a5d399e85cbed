/*
 * The glue that componentize-js (0.22.0) puts between StarlingMonkey and core WebAssembly loses two kinds of numbers where they
 * are parameters or results of their own, not in memory, and a character:
 * - a u32 of 2³¹ and more, as a result or as an argument of an import, becomes the lower half of its f64,
 * - a negative s64, as a result or as an argument of an import, traps (ComponentizeJS, issue 343),
 * - U+FEFF at the beginning of a string is dropped on the way in.
 * These tests pin all three, and call the functions that are concerned within what works.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isWasmError } from 'witgen/runtime'
import { BUILD_TIMEOUT, isSkipped } from './guests.ts'
import { HostSink } from './toolbox-host.ts'
import { toolboxSuite } from './toolbox-suite.ts'
import { codecs, loadToolbox, type LoadedToolbox } from './toolbox.ts'

toolboxSuite(
  'javascript',
  new Set([
    'integers of 64 bits: multiply, saturatingAdd, divMod', // saturatingAdd
    'reverseText, countChars: text 9', // begins with U+FEFF
    'join and split', // so does one of the parts
    'counters count, each for itself', // increment, value
  ]),
)

/** The lower half of a number as an f64. */
const lowerHalf = (n: number): number => new Uint32Array(Float64Array.of(n).buffer)[0] ?? NaN

describe.skipIf(isSkipped('javascript')).each(codecs)('what the glue of StarlingMonkey loses, %s', (codec) => {
  let toolbox: LoadedToolbox
  beforeAll(() => loadToolbox('javascript', codec), BUILD_TIMEOUT)
  beforeEach(async () => void (toolbox = await loadToolbox('javascript', codec)))
  afterEach(() => toolbox.dispose())

  /** Whether a call traps. */
  function traps(call: () => unknown): boolean {
    try {
      call()
    } catch (error) {
      return isWasmError(error, 'Unreachable')
    }
    return false
  }

  test('u32: add, checksum', () => {
    const { compute } = toolbox
    expect(compute.add(2 ** 30, 2 ** 30 - 1)).toBe(2 ** 31 - 1)
    expect(compute.add(2 ** 31, 2 ** 31 + 5)).toBe(5)
    expect(compute.add(2 ** 31, 5)).toBe(lowerHalf(2 ** 31 + 5))
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
    expect(compute.checksum(bytes('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339)
    expect(compute.checksum(bytes('123456789'))).toBe(lowerHalf(0xcbf43926))
    expect(compute.reverseBytes([1, 2, 255])).toEqual(Uint8Array.of(255, 2, 1))
  })

  test('u64 is whole: multiply, divMod', () => {
    expect(toolbox.compute.multiply(2n ** 63n + 1n, 7n)).toBe(2n ** 63n + 7n)
    expect(toolbox.compute.divMod(2n ** 64n - 1n, 10n)).toEqual([1_844_674_407_370_955_161n, 5n])
    expect(toolbox.compute.divMod(1n, 0n)).toBeUndefined()
  })

  test('s64: saturatingAdd', () => {
    const { compute } = toolbox
    expect(compute.saturatingAdd(2n ** 63n - 1n, 1n)).toBe(2n ** 63n - 1n)
    expect(compute.saturatingAdd(-(2n ** 62n), 2n ** 62n + 9n)).toBe(9n)
  })

  test('s64: negative results trap', () => {
    expect(traps(() => toolbox.compute.saturatingAdd(-5n, 3n))).toBe(true)
  })

  test('s64 in memory is whole: runningSums', () => {
    expect(toolbox.compute.runningSums([-5, 3, -2_147_483_648])).toEqual(BigInt64Array.of(-5n, -2n, -2_147_483_650n))
  })

  test('U+FEFF: countChars, reverseText, join, split', () => {
    const { compute } = toolbox
    expect(compute.countChars('\uFEFFbom')).toBe(3)
    expect(compute.countChars('b\uFEFFom')).toBe(4)
    expect(compute.reverseText('b\uFEFFom')).toBe('mo\uFEFFb')
    expect(compute.join(['ß', '', '🎉a\0'], ' — ')).toBe('ß —  — 🎉a\0')
    expect(compute.join([], ', ')).toBe('')
    expect(compute.split('🎉a🎉🎉', '🎉')).toEqual(['', 'a', '', ''])
    expect(compute.split('aaa', 'aa')).toEqual(['', 'a'])
    expect(compute.split('', ',')).toEqual([''])
    expect(compute.split('né', '')).toEqual(['né'])
  })

  test('counters: increment, value, report', () => {
    const { counters } = toolbox
    if (counters === undefined) throw new Error('the world has no counters')
    const counter = new counters.Counter(-10n)
    expect(counter.increment(30n)).toBe(20n)
    expect(counter.increment(-7n)).toBe(13n)
    expect(counter.value()).toBe(13n)
    const sink = new HostSink()
    expect(counter.report(sink, 2)).toBe(4n)
    expect(sink.texts).toEqual(['13', '13'])
    expect(traps(() => counter.increment(-14n))).toBe(true)
  })
})
