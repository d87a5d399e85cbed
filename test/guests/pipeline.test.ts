import { crc32 } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { isWasmError, type CompiledComponent, type ErrorCodeName } from 'witgen/runtime'
import { Pipeline, type analysis } from '../../generated/pipeline.ts'
import { guestFiles } from './guests.ts'

const sample = (id: number, weight: number, label = 'a', note?: string): analysis.Sample => ({
  id,
  weight,
  label,
  note,
})

/** The error that a call throws. */
function thrown(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** What a guest gives as the error of a result. */
function payload(call: () => unknown): unknown {
  const error = thrown(call)
  if (!isWasmError(error, 'GuestError')) throw error
  return 'payload' in error ? error.payload : undefined
}

describe.each(guestFiles('rust/pipeline.wasm'))('$title', ({ path }) => {
  let compiled: CompiledComponent
  let pipeline: Pipeline
  let lines: string[]

  beforeAll(async () => {
    compiled = await Pipeline.compile(path)
    start()
  })
  afterEach(() => {
    pipeline.dispose()
    start()
  })

  function start(): void {
    lines = []
    const log = (level: string, message: string): void => void lines.push(`${level}: ${message}`)
    pipeline = Pipeline.instantiate(compiled, { imports: { 'demo:pipeline/log': { log } } })
  }

  test('preprocess: drops, normalises and logs', () => {
    const given = [sample(1, 4, 'straße', 'first'), sample(2, NaN), sample(3, Infinity), sample(4, 1, '日本語 🎉')]
    expect(pipeline.analysis.preprocess(given)).toEqual([
      sample(1, 1, 'straße', 'first'),
      { ...sample(4, 0.25, '日本語 🎉'), note: undefined },
    ])
    expect(lines).toEqual([
      'warn: dropped sample 2: its weight is not finite',
      'warn: dropped sample 3: its weight is not finite',
      'info: kept 2 of 4 samples',
    ])
  })

  test('preprocess: weights of zero stay zero', () => {
    expect(pipeline.analysis.preprocess([sample(1, 0)])).toEqual([sample(1, 0)])
  })

  test('preprocess: each failure arrives with its payload', () => {
    const { preprocess } = pipeline.analysis
    const call = (samples: analysis.Sample[]) => () => preprocess.call(pipeline.analysis, samples)
    expect(payload(call([]))).toEqual({ tag: 'empty-input' })
    expect(payload(call([sample(1, NaN)]))).toEqual({ tag: 'empty-input' })
    expect(payload(call([sample(1, 1), sample(4_294_967_295, -1)]))).toEqual({ tag: 'bad-sample', val: 4_294_967_295 })
    expect(payload(call([sample(7, 1, 'a\uD800')]))).toEqual({
      tag: 'unreadable',
      val: 'sample 7: the label holds U+FFFD',
    })
    expect(pipeline.analysis.shout('alive')).toBe('ALIVE')
  })

  test('summarise', () => {
    const samples = [sample(1, 2, 'b'), sample(2, 3, 'a'), sample(3, 5, 'b')]
    expect(pipeline.analysis.summarise(samples)).toEqual({ count: 3, mean: 10 / 3, labels: ['b', 'a'] })
    expect(payload(() => pipeline.analysis.summarise([]))).toEqual({ tag: 'empty-input' })
    expect(payload(() => pipeline.analysis.summarise([sample(9, NaN)]))).toEqual({ tag: 'bad-sample', val: 9 })
  })

  test("summarise: a list that makes the guest's memory grow", () => {
    const samples = Array.from({ length: 50_000 }, (_, id) => sample(id, id % 2, `label ${id % 100}`, 'x'.repeat(40)))
    const { count, mean, labels } = pipeline.analysis.summarise(samples)
    expect({ count, mean, labels: labels.length }).toEqual({ count: 50_000, mean: 0.5, labels: 100 })
  })

  test('find', () => {
    expect(pipeline.analysis.find([sample(1, 1), sample(2, 2, 'b', '')], 2)).toEqual(sample(2, 2, 'b', ''))
    expect(pipeline.analysis.find([sample(1, 1)], 2)).toBeUndefined()
  })

  test.each([
    [0, 'light'],
    [0.25, 'regular'],
    [0.75, 'heavy'],
  ])('classify: %d is %s', (weight, kind) => {
    expect(pipeline.analysis.classify(sample(1, weight))).toBe(kind)
  })

  test.each(['', 'straße', 'ŉ', 'Ελλάς', '🎉 ok', 'x'.repeat(100_000)])('shout %#', (text) => {
    expect(pipeline.analysis.shout(text)).toBe(text.toUpperCase())
  })

  test('scale: typed arrays and plain ones', () => {
    const scaled = pipeline.analysis.scale(Float64Array.of(1, -2.5, 1e300), 2)
    expect(scaled).toEqual(Float64Array.of(2, -5, 2e300))
    expect(pipeline.analysis.scale([0.5, NaN], 3)).toEqual(Float64Array.of(1.5, NaN))
    expect(pipeline.analysis.scale([], 3)).toEqual(new Float64Array())
  })

  test('bounds', () => {
    expect(pipeline.analysis.bounds([3, -1.5, 2])).toEqual([-1.5, 3])
    expect(pipeline.analysis.bounds([])).toBeUndefined()
  })

  test('advance: 64 bits', () => {
    const max = 2n ** 64n - 1n
    expect(pipeline.analysis.advance(max - 1n, 1n)).toBe(max)
    expect(pipeline.analysis.advance(max, 1n)).toBe(max)
    expect(pipeline.analysis.advance(5n, -(2n ** 63n))).toBe(0n)
  })

  test('isUpper, nextChar: characters', () => {
    expect([...'aÄ1🎉'].map((c) => pipeline.analysis.isUpper(c))).toEqual([false, true, false, false])
    expect(pipeline.analysis.nextChar('a')).toBe('b')
    expect(pipeline.analysis.nextChar('\uD7FF')).toBe('\uE000')
    expect(pipeline.analysis.nextChar('\u{10FFFF}')).toBeUndefined()
  })

  test('checksum, reverse: bytes', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256)
    expect(pipeline.analysis.checksum(bytes)).toBe(crc32(bytes))
    expect(pipeline.analysis.reverse(bytes)).toEqual(bytes.toReversed())
  })

  test('callBack: the guest calls the host', () => {
    expect(pipeline.analysis.callBack(3)).toBe(3)
    expect(lines).toEqual(['debug: call 1 of 3', 'debug: call 2 of 3', 'debug: call 3 of 3'])
  })

  test.each<[string, ErrorCodeName]>([
    ['panic', 'Unreachable'],
    ['unreachable', 'Unreachable'],
    ['divide', 'ArithmeticTrap'],
    ['memory', 'MemoryAccessViolation'],
    ['table', 'IndirectCallTrap'],
    ['stack', 'StackExhausted'],
  ])('crash by %s is %s, and poisons the instance', (how, codeName) => {
    const first = thrown(() => pipeline.analysis.crash(how))
    expect(first).toMatchObject({ codeName, module: 'pipeline.wasm', function: 'demo:pipeline/analysis#crash' })
    const later = thrown(() => pipeline.analysis.shout('a'))
    expect(later).toMatchObject({ codeName: 'InstancePoisoned', cause: first })
  })

  test('crash by nothing known returns', () => {
    expect(pipeline.analysis.crash('not')).toBeUndefined()
  })
})

describe.each(guestFiles('rust-wrong/pipeline.wasm'))('$title', ({ path }) => {
  test('does not fit the world: each difference is named', async () => {
    const error = await Pipeline.load(path, { imports: { 'demo:pipeline/log': { log: () => {} } } }).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!isWasmError(error, 'WorldMismatch')) throw error
    expect(error.message).toContain('demo:pipeline/analysis@0.1.0#find: the types differ')
    for (const missing of ['preprocess', 'summarise', 'classify', 'crash'])
      expect(error.message).toContain(`#${missing}`)
  })
})
