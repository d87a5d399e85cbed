// Guests that do not fit, several instances, and many calls.
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GuestError } from 'witgen/runtime'
import { Pipeline, type analysis } from '../../generated/pipeline.ts'
import { loadRust, rejectionOf, rustGuest, thrownBy, wrongGuest } from './guests.ts'
import * as model from './model.ts'

const imports = { 'demo:pipeline/log': { log: (): void => {} } }

describe('guests that do not fit', () => {
  test('a guest of another world: every difference', async () => {
    const missing = ['preprocess', 'summarise', 'classify', 'scale', 'bounds', 'advance', 'is-upper', 'next-char']
    missing.push('checksum', 'reverse', 'call-back', 'crash')
    expect(await rejectionOf(() => Pipeline.load(wrongGuest, { imports }))).toMatchObject({
      code: 7,
      codeName: 'WorldMismatch',
      module: 'pipeline.wasm',
      message: [
        'wasm module pipeline.wasm error [7 WorldMismatch]: the guest does not fit the world demo:pipeline/pipeline@0.1.0:',
        ...missing.map((name) => `  demo:pipeline/analysis@0.1.0#${name}: the guest does not export it`),
        '  demo:pipeline/analysis@0.1.0#find: the types differ',
        '    expected  func(samples: list<record { id: u32, weight: f64, label: string, note: option<string> }>, id…',
        '    found     func(samples: list<record { id: string, weight: f64, label: string, note: option<string> }>,…',
        '                                              ^',
        '  demo:pipeline/clock@0.1.0 (now): the guest needs this import, the world does not have it',
      ].join('\n'),
    })
  })

  test('it can be compiled: only instantiating it as this world is refused', async () => {
    const compiled = await Pipeline.compile(wrongGuest)
    expect(thrownBy(() => Pipeline.instantiate(compiled, { imports }))).toMatchObject({ codeName: 'WorldMismatch' })
  })

  test.each([
    ['no interface', {}, ''],
    ['no function', { 'demo:pipeline/log': {} }, ''],
    ['another name', { 'demo:pipeline/log': { Log: () => {} } }, `; there is 'Log'`],
    ['no function but a value', { 'demo:pipeline/log': { log: 1 } }, '; what is there is no function'],
  ])('a missing import: %s', async (_, given, hint) => {
    expect(await rejectionOf(() => Pipeline.load(rustGuest, { imports: given as never }))).toMatchObject({
      code: 6,
      codeName: 'LinkError',
      message:
        'wasm module pipeline.wasm error [6 LinkError]: the guest needs imports that are not given:\n' +
        `  imports['demo:pipeline/log'].log for demo:pipeline/log@0.1.0#log${hint}`,
    })
  })
})

describe('instances', () => {
  test('from a path, a URL, bytes, a response and what is compiled already', async () => {
    const bytes = await readFile(rustGuest)
    const response = new Response(bytes, { headers: { 'content-type': 'application/wasm' } })
    const compiled = await Pipeline.compile(rustGuest)
    for (const source of [
      rustGuest,
      pathToFileURL(rustGuest),
      bytes,
      new Uint8Array(bytes).buffer,
      response,
      compiled,
    ]) {
      const pipeline = await Pipeline.load(source, { imports })
      expect(pipeline.analysis.shout('loaded')).toBe('LOADED')
      pipeline.dispose()
    }
  })

  test('the name in errors is the option, else the base name of the source, else the world', async () => {
    const bytes = await readFile(rustGuest)
    const named = await Pipeline.load(rustGuest, { imports, name: 'plugin 7' })
    const anonymous = await Pipeline.load(bytes, { imports })
    const refusal = (pipeline: Pipeline): unknown => thrownBy(() => pipeline.analysis.shout(1 as never))
    expect(refusal(named)).toMatchObject({
      module: 'plugin 7',
      message: 'wasm module plugin 7 error [1 InvalidParam]: shout: text: expected string, got 1',
    })
    expect(refusal(anonymous)).toMatchObject({ module: 'pipeline' })
  })

  test('compiled once, instantiated often, each with its own memory and host', async () => {
    const compiled = await Pipeline.compile(rustGuest)
    const heard: string[][] = []
    const all = Array.from({ length: 20 }, (_, i) => {
      const lines: string[] = []
      heard.push(lines)
      const log = (_: string, message: string): void => void lines.push(`${i}: ${message}`)
      return Pipeline.instantiate(compiled, { imports: { 'demo:pipeline/log': { log } } })
    })
    for (const [i, pipeline] of all.entries()) expect(pipeline.analysis.callBack(i)).toBe(i)
    for (const [i, lines] of heard.entries()) {
      expect(lines).toEqual(Array.from({ length: i }, (_, n) => `${i}: call ${n + 1} of ${i}`))
    }
    expect(thrownBy(() => all[3]?.analysis.crash('panic'))).toMatchObject({ codeName: 'Unreachable' })
    all[4]?.dispose()
    for (const [i, pipeline] of all.entries()) {
      if (i === 3 || i === 4) continue
      expect(pipeline.analysis.shout(`instance ${i}`)).toBe(`INSTANCE ${i}`)
    }
  })
})

describe('many calls', () => {
  const Original = WebAssembly.Instance
  const memories: WebAssembly.Memory[] = []
  beforeEach(() => {
    WebAssembly.Instance = new Proxy(Original, {
      construct(target, args) {
        const instance = Reflect.construct(target, args) as WebAssembly.Instance
        for (const value of Object.values(instance.exports)) {
          if (value instanceof WebAssembly.Memory) memories.push(value)
        }
        return instance
      },
    })
  })
  afterEach(() => {
    WebAssembly.Instance = Original
    memories.length = 0
  })

  /** One round of calls, their answers checked. */
  function round(pipeline: Pipeline, i: number): void {
    const samples: analysis.Sample[] = Array.from({ length: i % 8 }, (_, n) => {
      const weight = (i + n) % 11 === 0 ? -1 : (i * 7 + n) % 100
      return n % 2 ? { id: n, weight, label: `a${i}` } : { id: n, weight, label: `ü${n}`, note: 'x'.repeat(i % 50) }
    })
    const { lines: _, ...wanted } = model.preprocess(samples)
    let got: model.Outcome<analysis.Sample[]>
    try {
      got = { ok: pipeline.analysis.preprocess(samples) }
    } catch (error) {
      if (!(error instanceof GuestError)) throw error
      got = { err: error.payload as analysis.Failure }
    }
    expect(got).toEqual(wanted)
    const text = `round ${i} ${'ß'.repeat(i % 30)}`
    expect(pipeline.analysis.shout(text)).toBe(model.shout(text))
    expect(pipeline.analysis.advance(BigInt(i), -5n)).toBe(model.advance(BigInt(i), -5n))
    expect(pipeline.analysis.checksum([i & 255, i >> 8])).toBe(model.checksum([i & 255, i >> 8]))
  }

  test('10,000 rounds with right answers and a memory that does not grow', async () => {
    const { pipeline } = await loadRust()
    expect(memories).toHaveLength(1)
    const bytes = (): number => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
    for (let i = 0; i < 500; i++) round(pipeline, i)
    const warm = bytes()
    for (let i = 0; i < 10_000; i++) round(pipeline, i)
    expect(bytes()).toBe(warm)
  })

  test('1,000 refused calls among others', async () => {
    const { pipeline } = await loadRust()
    for (let i = 0; i < 1000; i++) {
      const broken = [
        { id: 1, weight: 1, label: 'x'.repeat(i) },
        { id: 2, weight: 1, label: 'x', note: i as never },
      ]
      expect(thrownBy(() => pipeline.analysis.find(broken, 2))).toMatchObject({
        message: `wasm module pipeline.wasm error [1 InvalidParam]: find: samples[1].note: expected string, got ${i}`,
      })
      round(pipeline, i)
    }
  })
})
