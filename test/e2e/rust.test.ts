// Every function of the Rust guest, with answers worked out independently in model.ts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GuestError } from 'witgen/runtime'
import type { analysis, Pipeline } from '../../generated/pipeline.ts'
import { loadRust, thrownBy, type LogLine } from './guests.ts'
import * as model from './model.ts'

let pipeline: Pipeline
let lines: LogLine[]

beforeAll(async () => {
  ;({ pipeline, lines } = await loadRust())
})
beforeEach(() => {
  lines.length = 0
})
afterAll(() => pipeline.dispose())

/** Texts that are hard in one way or another; none is lower-cased differently by versions of Unicode. */
const TEXTS: readonly string[] = [
  '',
  'a',
  'plain ASCII, long enough for the slower paths of every decoder there is',
  'straße',
  'ﬁn ŉ ǰ ΐ',
  'e\u0301 n\u0303 a\u030a',
  '日本語',
  '😀 𝒳 👩‍👩‍👧‍👦',
  '\u{10FFFF}\u{10000}\uFFFF\uE000\uD7FF',
  '\0',
  'a\0b\0',
  '\uFEFF',
  '\uFEFFbom',
  `\uFEFF${'long '.repeat(50)}`,
  'middle\uFEFFbom',
  '\u2028\u2029\r\n\t',
  '\uD800',
  '\uDC00',
  'a\uD83D',
  '\uDE00b',
  '\uD83D\uD83D\uDE00\uDE00',
  `${'x'.repeat(200)}\uD800${'y'.repeat(200)}`,
]

const sample = (id: number, weight: number, label: string, note?: string): analysis.Sample =>
  note === undefined ? { id, weight, label } : { id, weight, label, note }

/** Runs a function that may return `err`. */
function outcome<T>(call: () => T): model.Outcome<T> {
  try {
    return { ok: call() }
  } catch (error) {
    if (!(error instanceof GuestError)) throw error
    return { err: error.payload as analysis.Failure }
  }
}

describe('strings', () => {
  test.each(TEXTS)('shout(%j)', (text) => {
    expect(pipeline.analysis.shout(text)).toBe(model.shout(text))
  })

  test('of every length around the size classes, one, two, three and four bytes a character', () => {
    for (const letter of ['q', 'é', '語', '😀']) {
      for (const n of [...Array(70).keys(), 127, 128, 255, 256, 257, 1023, 1024, 1025, 4096, 65_536]) {
        const text = letter.repeat(n)
        expect(pipeline.analysis.shout(text) === model.shout(text), `${n} × ${letter}`).toBe(true)
        const late = `${'q'.repeat(n)}${letter}`
        expect(pipeline.analysis.shout(late) === model.shout(late), `${letter} after ${n}`).toBe(true)
      }
    }
  })

  test('of a megabyte', () => {
    const text = 'straße 日本語 😀 '.repeat(50_000)
    expect(pipeline.analysis.shout(text) === model.shout(text)).toBe(true)
  })
})

describe('lists of records', () => {
  const NOTES = [undefined, '', 'a note', '\uD800']
  const WEIGHTS = [0, -0, 1, 0.1, 1e308, 5e-324, NaN, Infinity, -Infinity, -1e-9]
  const LISTS: (readonly analysis.Sample[])[] = [
    [],
    [sample(0, 0, '')],
    [sample(0, 0, 'x'), sample(1, 0, 'y')],
    TEXTS.map((text, i) => sample(i, i, text, NOTES[i % NOTES.length])),
    TEXTS.filter((text) => text === model.wellFormed(text)).map((text, i) =>
      sample(2 ** 32 - 1 - i, i / 3, text, text),
    ),
    ...WEIGHTS.map((weight, i) => [sample(i, weight, 'first'), sample(i + 1, 2, 'second', 'kept')]),
    [sample(1, NaN, 'a'), sample(2, -Infinity, 'b')],
  ]

  test.each(LISTS.map((list, i) => [i, list] as const))('preprocess, list %i', (_, samples) => {
    const { lines: expected, ...wanted } = model.preprocess(samples)
    expect(outcome(() => pipeline.analysis.preprocess(samples))).toEqual(asSeen(wanted))
    expect(lines).toEqual(expected)
  })

  test.each(LISTS.map((list, i) => [i, list] as const))('summarise, list %i', (_, samples) => {
    expect(outcome(() => pipeline.analysis.summarise(samples))).toEqual(model.summarise(samples))
  })

  test('find: the first of two, none, and an option that is a key with undefined', () => {
    const samples = [sample(7, 1, 'first'), sample(7, 2, 'second', 'note'), sample(2 ** 32 - 1, -1, 'last', '')]
    expect(pipeline.analysis.find(samples, 7)).toStrictEqual({ id: 7, weight: 1, label: 'first', note: undefined })
    expect(pipeline.analysis.find(samples, 2 ** 32 - 1)).toStrictEqual(samples[2])
    expect(pipeline.analysis.find(samples, 8)).toBeUndefined()
    expect(pipeline.analysis.find([], 0)).toBeUndefined()
  })

  test('100,000 elements', () => {
    const samples = Array.from({ length: 100_000 }, (_, i) =>
      sample(i, i, `label ${i % 1000} ☂`, i % 3 ? 'ñ' : undefined),
    )
    const wanted = model.preprocess(samples)
    expect('ok' in wanted).toBe(true)
    expect(pipeline.analysis.preprocess(samples)).toEqual('ok' in wanted ? wanted.ok : undefined)
    expect(lines).toEqual([['info', 'kept 100000 of 100000 samples']])
    expect({ ok: pipeline.analysis.summarise(samples) }).toEqual(model.summarise(samples))
    expect(pipeline.analysis.find(samples, 99_999)?.label).toBe('label 999 ☂')
  })
})

/** The notes of samples as they come back: lone surrogates become U+FFFD. */
function asSeen(outcome: model.Outcome<analysis.Sample[]>): model.Outcome<analysis.Sample[]> {
  if ('err' in outcome) return outcome
  return { ok: outcome.ok.map((s) => ({ ...s, note: s.note === undefined ? undefined : model.wellFormed(s.note) })) }
}

test('classify: a record passed flat', () => {
  for (const weight of [-1, 0, 0.25 - 2 ** -54, 0.25, 0.5, 0.75 - 2 ** -53, 0.75, 1, Infinity, NaN]) {
    for (const note of [undefined, 'note']) {
      const s = sample(1, weight, 'label', note)
      expect(pipeline.analysis.classify(s), `${weight}`).toBe(model.classify(s))
    }
  }
})

describe('numeric lists', () => {
  const VALUES = [0, -0, 1.5, -1e300, 5e-324, Number.MAX_VALUE, Infinity, -Infinity, NaN]

  test.each([0, 1, -2.5, 1e-300, Infinity, NaN])('scale by %d', (by) => {
    const expected = Float64Array.from(VALUES, (value) => value * by)
    expect(pipeline.analysis.scale(VALUES, by)).toStrictEqual(expected)
    expect(pipeline.analysis.scale(Float64Array.from(VALUES), by)).toStrictEqual(expected)
  })

  test('a subclass, a part of a buffer, an empty one', () => {
    class Mine extends Float64Array {}
    expect(pipeline.analysis.scale(Mine.of(1, 2), 2)).toStrictEqual(Float64Array.of(2, 4))
    expect(pipeline.analysis.scale(Float64Array.of(1, 2, 3, 4).subarray(1, 3), 2)).toStrictEqual(Float64Array.of(4, 6))
    expect(pipeline.analysis.scale([], 2)).toStrictEqual(new Float64Array())
    expect(pipeline.analysis.scale(new Float64Array(), 2)).toStrictEqual(new Float64Array())
  })

  test('shared and resizable buffers are copied first', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4))
    shared.set([1, 2, 3, 4])
    const resizable = new Uint8Array(Reflect.construct(ArrayBuffer, [4, { maxByteLength: 8 }]) as ArrayBuffer)
    resizable.set([5, 6, 7, 8])
    expect(pipeline.analysis.reverse(shared)).toStrictEqual(Uint8Array.of(4, 3, 2, 1))
    expect(pipeline.analysis.reverse(resizable)).toStrictEqual(Uint8Array.of(8, 7, 6, 5))
  })

  test('bounds', () => {
    const lists = [[], [1], [NaN], [NaN, NaN], [NaN, 3, -2], [3, NaN], [1e39, -1e39], [0.1, 0.2], [1.4e-45, 1e-46]]
    for (const list of lists) expect(pipeline.analysis.bounds(list)).toEqual(model.bounds(list))
    expect(pipeline.analysis.bounds(Float32Array.of(2, 1))).toEqual([1, 2])
  })

  test('100,000 elements', () => {
    const values = Array.from({ length: 100_000 }, (_, i) => Math.sin(i))
    expect(pipeline.analysis.scale(values, 3)).toStrictEqual(Float64Array.from(values, (value) => value * 3))
    expect(pipeline.analysis.bounds(values)).toEqual(model.bounds(values))
    const bytes = Uint8Array.from(values, (_, i) => i * 7)
    expect(pipeline.analysis.reverse(bytes)).toStrictEqual(bytes.slice().reverse())
    expect(pipeline.analysis.checksum(bytes)).toBe(model.checksum(bytes))
  })

  test('checksum and reverse', () => {
    // The check value that the catalogues of CRCs list for CRC-32.
    expect(pipeline.analysis.checksum(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
    for (const bytes of [[], [0], [255], [1, 2, 3], [...Array(256).keys()]]) {
      expect(pipeline.analysis.checksum(bytes)).toBe(model.checksum(bytes))
      expect(pipeline.analysis.reverse(bytes)).toStrictEqual(Uint8Array.from(bytes).reverse())
    }
  })

  test('what comes back is a copy: later calls leave it alone', () => {
    const first = pipeline.analysis.reverse([1, 2, 3])
    pipeline.analysis.reverse([9, 9, 9])
    expect(first).toStrictEqual(Uint8Array.of(3, 2, 1))
    expect(first.buffer.byteLength).toBe(3)
  })
})

test('64-bit integers', () => {
  const max = 2n ** 64n - 1n
  const counters = [0n, 1n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, max - 1n, max]
  const steps = [0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)]
  for (const counter of counters) {
    for (const by of steps) expect(pipeline.analysis.advance(counter, by)).toBe(model.advance(counter, by))
  }
})

test('characters', () => {
  for (const letter of ['a', 'A', 'é', 'É', 'ß', '語', '😀', '𝒳', 'Ⓐ', '\0', '\uD7FF', '\uE000', '\u{10FFFF}']) {
    expect(pipeline.analysis.isUpper(letter)).toBe(/^\p{Uppercase}$/u.test(letter))
    expect(pipeline.analysis.nextChar(letter)).toBe(model.nextChar(letter))
  }
})

test('call-back: the host is called with the right values, in order', () => {
  expect(pipeline.analysis.callBack(0)).toBe(0)
  expect(lines).toEqual([])
  expect(pipeline.analysis.callBack(1000)).toBe(1000)
  expect(lines).toEqual(Array.from({ length: 1000 }, (_, i) => ['debug', `call ${i + 1} of 1000`]))
})

test('crash with another text: nothing happens', () => {
  expect(pipeline.analysis.crash('')).toBeUndefined()
  expect(pipeline.analysis.crash('PANIC')).toBeUndefined()
})

describe('typed errors', () => {
  const MODULE = 'wasm module pipeline.wasm error [18 GuestError]: demo:pipeline/analysis#preprocess returned'
  const CASES: readonly [samples: analysis.Sample[], payload: analysis.Failure, guestCode: number, message: string][] =
    [
      [[], { tag: 'empty-input' }, 1, `${MODULE} err({"tag":"empty-input"})`],
      [
        [sample(2 ** 32 - 1, -1, 'x')],
        { tag: 'bad-sample', val: 2 ** 32 - 1 },
        2,
        `${MODULE} err({"tag":"bad-sample","val":4294967295})`,
      ],
      [
        [sample(3, 1, '\uFFFD')],
        { tag: 'unreadable', val: 'sample 3: the label holds U+FFFD' },
        3,
        `${MODULE} err({"tag":"unreadable","val":"sample 3: the label holds U+FFFD"})`,
      ],
    ]
  test.each(CASES)('%j', (samples, payload, guestCode, message) => {
    const error = thrownBy(() => pipeline.analysis.preprocess(samples))
    if (!(error instanceof GuestError)) throw error
    expect(error.payload).toStrictEqual(payload)
    expect(error.message).toBe(message)
    expect(error).toMatchObject({
      name: 'GuestError',
      code: 18,
      codeName: 'GuestError',
      module: 'pipeline.wasm',
      function: 'demo:pipeline/analysis#preprocess',
      guestCode,
    })
    expect(pipeline.analysis.shout('still usable')).toBe('STILL USABLE')
  })
})
