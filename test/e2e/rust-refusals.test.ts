// Wrong arguments, and user code that runs while arguments are lowered: the instance stays usable.
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { analysis, Pipeline } from '../../generated/pipeline.ts'
import { loadRust, thrownBy } from './guests.ts'

let pipeline: Pipeline
beforeAll(async () => {
  ;({ pipeline } = await loadRust())
})
// Whatever was refused: the next call works.
afterEach(() => {
  expect(pipeline.analysis.reverse([1, 2, 3])).toStrictEqual(Uint8Array.of(3, 2, 1))
})

const good: analysis.Sample = { id: 1, weight: 1, label: 'good', note: 'note' }
const among = (bad: unknown): unknown[] => [good, good, good, bad, good]

type Loose = Record<string, (...args: unknown[]) => unknown>
const CHAR = 'char (one Unicode scalar value)'

/** WIT name, arguments, the text after `wasm module pipeline.wasm error [1 InvalidParam]: `. */
const REFUSED: readonly [name: string, args: unknown[], text: string][] = [
  ['preprocess', [among({ ...good, weight: '4' })], 'preprocess: samples[3].weight: expected f64, got "4"'],
  ['preprocess', [among({ ...good, weight: 4n })], 'preprocess: samples[3].weight: expected f64, got 4n'],
  ['preprocess', [among({ ...good, weight: null })], 'preprocess: samples[3].weight: expected f64, got null'],
  ['preprocess', [among({ ...good, id: -1 })], 'preprocess: samples[3].id: expected u32, got -1'],
  ['preprocess', [among({ ...good, id: 2 ** 32 })], 'preprocess: samples[3].id: expected u32, got 4294967296'],
  ['preprocess', [among({ ...good, id: 0.5 })], 'preprocess: samples[3].id: expected u32, got 0.5'],
  ['preprocess', [among({ ...good, label: 5 })], 'preprocess: samples[3].label: expected string, got 5'],
  [
    'preprocess',
    [among({ ...good, label: Object('x') })],
    'preprocess: samples[3].label: expected string, got an object',
  ],
  ['preprocess', [among({ ...good, note: null })], 'preprocess: samples[3].note: expected string, got null'],
  ['preprocess', [among({ id: 1, weight: 1 })], 'preprocess: samples[3].label: expected string, got undefined'],
  ['preprocess', [among(null)], 'preprocess: samples[3]: expected sample, got null'],
  ['preprocess', [among(undefined)], 'preprocess: samples[3]: expected sample, got undefined'],
  ['preprocess', [among(Symbol('x'))], 'preprocess: samples[3]: expected sample, got a symbol'],
  ['preprocess', [among(() => {})], 'preprocess: samples[3]: expected sample, got a function'],
  ['preprocess', [undefined], 'preprocess: samples: expected array, got undefined'],
  ['preprocess', [good], 'preprocess: samples: expected array, got an object'],
  ['preprocess', ['text'], 'preprocess: samples: expected array, got "text"'],
  ['preprocess', [new Set([good])], 'preprocess: samples: expected array, got an object'],
  ['preprocess', [{ length: 1, 0: good }], 'preprocess: samples: expected array, got an object'],
  ['summarise', [among([])], 'summarise: samples[3].id: expected u32, got undefined'],
  ['find', [[good], 1n], 'find: id: expected u32, got 1n'],
  ['find', [[good], '1'], 'find: id: expected u32, got "1"'],
  ['classify', [null], 'classify: s: expected sample, got null'],
  ['classify', [{ ...good, id: NaN }], 'classify: s.id: expected u32, got NaN'],
  ['classify', [{ ...good, note: 1 }], 'classify: s.note: expected string, got 1'],
  ['shout', [undefined], 'shout: text: expected string, got undefined'],
  ['shout', [{ toString: () => 'x' }], 'shout: text: expected string, got an object'],
  ['scale', [[1, '2'], 1], 'scale: values[1]: expected f64, got "2"'],
  ['scale', [[1, , 2], 1], 'scale: values[1]: expected f64, got undefined'], // oxlint-disable-line no-sparse-arrays
  ['scale', [[1], undefined], 'scale: by: expected f64, got undefined'],
  ['scale', [new Float32Array(1), 1], 'scale: values: expected Float64Array or array, got Float32Array'],
  ['scale', [new DataView(new ArrayBuffer(8)), 1], 'scale: values: expected Float64Array or array, got DataView'],
  ['bounds', [new Float64Array(1)], 'bounds: values: expected Float32Array or array, got Float64Array'],
  ['bounds', [[1, null]], 'bounds: values[1]: expected f32, got null'],
  ['checksum', [[0, 256]], 'checksum: bytes[1]: expected u8, got 256'],
  ['checksum', [[0, -1]], 'checksum: bytes[1]: expected u8, got -1'],
  ['checksum', [new Uint8ClampedArray(1)], 'checksum: bytes: expected Uint8Array or array, got Uint8ClampedArray'],
  ['checksum', [new Int8Array(1)], 'checksum: bytes: expected Uint8Array or array, got Int8Array'],
  ['checksum', [new ArrayBuffer(1)], 'checksum: bytes: expected Uint8Array or array, got an object'],
  ['advance', [1, 0n], 'advance: counter: expected u64, got 1'],
  ['advance', [-1n, 0n], 'advance: counter: expected u64, got -1n'],
  ['advance', [2n ** 64n, 0n], 'advance: counter: expected u64, got 18446744073709551616n'],
  ['advance', [0n, 2n ** 63n], 'advance: by: expected s64, got 9223372036854775808n'],
  ['advance', [0n, -(2n ** 63n) - 1n], 'advance: by: expected s64, got -9223372036854775809n'],
  ['is-upper', ['ab'], `is-upper: letter: expected ${CHAR}, got "ab"`],
  ['is-upper', [''], `is-upper: letter: expected ${CHAR}, got ""`],
  ['is-upper', ['\uD800'], `is-upper: letter: expected ${CHAR}, got "\\ud800"`],
  ['next-char', ['😀😀'], `next-char: letter: expected ${CHAR}, got "😀😀"`],
  ['next-char', [65], `next-char: letter: expected ${CHAR}, got 65`],
  ['call-back', [1.5], 'call-back: times: expected u32, got 1.5'],
  ['call-back', [true], 'call-back: times: expected u32, got true'],
  ['call-back', [Infinity], 'call-back: times: expected u32, got Infinity'],
  ['crash', [null], 'crash: how: expected string, got null'],
]

test.each(REFUSED)('%s is refused: %3$s', (name, args, text) => {
  const member = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const error = thrownBy(() => (pipeline.analysis as unknown as Loose)[member]?.(...args))
  expect(error).toMatchObject({
    name: 'WasmError',
    code: 1,
    codeName: 'InvalidParam',
    module: 'pipeline.wasm',
    function: `demo:pipeline/analysis#${name}`,
    message: `wasm module pipeline.wasm error [1 InvalidParam]: ${text}`,
  })
})

test('-0 is 0, extra keys and arguments are ignored, values may have any prototype', () => {
  const s = Object.assign(Object.create(null) as object, { ...good, id: -0, extra: 1 })
  expect(pipeline.analysis.find([s], 0)).toStrictEqual({ ...good, id: 0 })
  expect((pipeline.analysis as unknown as Loose)['shout']?.('a', 'b')).toBe('A')
  class Inherited {
    get id(): number {
      return 3
    }
    get weight(): number {
      return 1
    }
    get label(): string {
      return 'from a class'
    }
  }
  expect(pipeline.analysis.find([new Inherited()], 3)?.label).toBe('from a class')
})

describe('user code that runs while arguments are lowered', () => {
  const withWeight = (weight: () => number): analysis.Sample => ({
    id: 1,
    get weight() {
      return weight()
    },
    label: 'x',
  })

  test('each field is read once, in the order of the record', () => {
    const read: string[] = []
    const s = new Proxy(good, {
      get: (target, key) => {
        read.push(String(key))
        return Reflect.get(target, key) as unknown
      },
    })
    pipeline.analysis.find([s], 1)
    expect(read).toEqual(['id', 'weight', 'label', 'note'])
    read.length = 0
    pipeline.analysis.classify(s)
    expect(read).toEqual(['id', 'weight', 'label', 'note'])
  })

  test.each(['list', 'flat'])('an error of a getter passes through unchanged (%s)', (how) => {
    const mine = new TypeError('mine')
    const s = withWeight(() => {
      throw mine
    })
    expect(thrownBy(() => (how === 'list' ? pipeline.analysis.find([s], 1) : pipeline.analysis.classify(s)))).toBe(mine)
  })

  test('so does a thrown value that is no error', () => {
    const s = withWeight(() => {
      throw undefined // oxlint-disable-line no-throw-literal
    })
    let caught: unknown = 'nothing'
    try {
      pipeline.analysis.find([s], 1)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeUndefined()
  })

  const REENTRANCE = {
    code: 15,
    codeName: 'Reentrance',
    function: 'demo:pipeline/analysis#shout',
    message: 'wasm module pipeline.wasm error [15 Reentrance]: the instance is in the middle of another call',
  }

  test.each(['list', 'flat'])('re-entry is refused, and the outer call goes on when that is caught (%s)', (how) => {
    let inner: unknown
    const s = withWeight(() => {
      inner = thrownBy(() => pipeline.analysis.shout('again'))
      return 0.5
    })
    const result = how === 'list' ? pipeline.analysis.find([s], 1)?.weight : pipeline.analysis.classify(s)
    expect(result).toBe(how === 'list' ? 0.5 : 'regular')
    expect(inner).toMatchObject(REENTRANCE)
  })

  test('re-entry that is not caught ends the outer call', () => {
    const s = withWeight(() => pipeline.analysis.shout('again').length)
    expect(thrownBy(() => pipeline.analysis.preprocess([s]))).toMatchObject(REENTRANCE)
  })

  test('a list that changes while it is read', () => {
    const samples: analysis.Sample[] = []
    samples.push(
      withWeight(() => {
        samples.length = 1
        return 1
      }),
      good,
    )
    expect(thrownBy(() => pipeline.analysis.preprocess(samples))).toMatchObject({
      message:
        'wasm module pipeline.wasm error [1 InvalidParam]: preprocess: samples[1]: expected sample, got undefined',
    })
    const growing: analysis.Sample[] = []
    growing.push(
      withWeight(() => {
        growing.push(good)
        return 1
      }),
    )
    expect(pipeline.analysis.preprocess(growing)).toHaveLength(1)
  })

  test('dispose in a getter is refused', () => {
    let inner: unknown
    const s = withWeight(() => {
      inner = thrownBy(() => pipeline.dispose())
      return 1
    })
    expect(pipeline.analysis.find([s], 1)?.weight).toBe(1)
    expect(inner).toMatchObject({
      code: 15,
      message:
        'wasm module pipeline.wasm error [15 Reentrance]: ' +
        'the instance is in the middle of a call, it cannot be disposed now',
    })
  })
})
