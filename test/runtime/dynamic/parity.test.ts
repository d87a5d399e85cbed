// The dynamic codec against generated code: the same calls give the same values, the same errors, the same log lines.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { compile, instantiate, MetricsCollector, WasmError, withMetrics, type CompiledComponent } from 'witgen/runtime'
import { Pipeline, type analysis } from '../../../generated/pipeline.ts'
import { rustGuest, thrownBy } from '../../e2e/guests.ts'

type AnyAnalysis = Record<string, (...args: unknown[]) => unknown>
type Lines = [level: string, message: string][]

let compiled: CompiledComponent
let generated: AnyAnalysis
let dynamic: AnyAnalysis
const lines = { generated: [] as Lines, dynamic: [] as Lines }

const host = (to: Lines): { readonly 'demo:pipeline/log': { log(level: string, message: string): void } } => ({
  'demo:pipeline/log': { log: (level, message) => void to.push([level, message]) },
})

beforeAll(async () => {
  compiled = await compile(rustGuest)
  restart()
})
beforeEach(() => {
  lines.generated.length = 0
  lines.dynamic.length = 0
})

function restart(): void {
  generated = Pipeline.instantiate(compiled, { imports: host(lines.generated) }).analysis as unknown as AnyAnalysis
  const { exports } = instantiate<{ readonly 'demo:pipeline/analysis': AnyAnalysis }>(compiled, {
    imports: host(lines.dynamic),
  })
  dynamic = exports['demo:pipeline/analysis']
}

/** What a call gives or throws, as plain data. */
function outcome(analysis: AnyAnalysis, name: string, args: readonly unknown[]): unknown {
  try {
    return { value: analysis[name]?.(...args) }
  } catch (error) {
    // Numbers of error cases come from the lock file, which only generated code knows.
    if (error instanceof WasmError) return { error: { ...error.toJSON(), guestCode: undefined }, cause: error.cause }
    return { thrown: error }
  }
}

const good: analysis.Sample = { id: 1, weight: 1, label: 'good', note: 'note' }
const bare = { id: 2 ** 32 - 1, weight: 0.25, label: 'straße 😀' }
const among = (bad: unknown): unknown[] => [good, bare, good, bad, good]

type Call = readonly [name: string, ...args: unknown[]]

const CALLS: readonly Call[] = [
  ['preprocess', [good, bare]],
  ['preprocess', [good, { ...good, weight: NaN }]],
  ['preprocess', [good, { ...bare, weight: -1 }]],
  ['preprocess', [{ ...good, label: '\ud800' }]],
  ['preprocess', []],
  ['summarise', Array.from({ length: 100 }, (_, i) => ({ ...good, id: i, label: `label ${i % 7}` }))],
  ['summarise', []],
  ['find', [good, bare], 1],
  ['find', [good, bare], 2],
  ['find', [bare], -0],
  ['classify', good],
  ['classify', bare],
  ['classify', { ...bare, weight: 0 }],
  ['shout', ''],
  ['shout', 'a\0b 日本語 👩‍👩‍👧‍👦'],
  ['shout', 'x'.repeat(5000) + 'ß'],
  ['scale', [1, -0, NaN, Infinity], 2],
  ['scale', Float64Array.of(1, 2), 0.5],
  ['bounds', [3, 1, 2]],
  ['bounds', Float32Array.of()],
  ['advance', 2n ** 64n - 1n, 1n],
  ['advance', 5n, -6n],
  ['isUpper', 'Ä'],
  ['isUpper', '😀'],
  ['nextChar', '\u{10ffff}'],
  ['nextChar', 'a'],
  ['checksum', [1, 2, 255]],
  ['reverse', new Uint8Array(1000).fill(7, 3, 9)],
  ['callBack', 3],
  ['crash', 'not at all'],
]

const REFUSED: readonly Call[] = [
  ...[
    { ...good, weight: '4' },
    { ...good, id: -1 },
    { ...good, id: 0.5 },
    { ...good, label: Object('x') },
    { ...good, note: null },
    { id: 1, weight: 1 },
    null,
    undefined,
    Symbol('x'),
    () => {},
  ].map((bad) => ['preprocess', among(bad)] as const),
  ['preprocess', undefined],
  ['preprocess', good],
  ['preprocess', new Set([good])],
  ['find', [good], 1n],
  ['classify', null],
  ['classify', { ...good, id: NaN }],
  ['classify', { ...good, note: 1 }],
  ['shout', undefined],
  ['scale', [1, '2'], 1],
  ['scale', [1], undefined],
  ['scale', new Float32Array(1), 1],
  ['bounds', [1, null]],
  ['checksum', [0, 256]],
  ['checksum', new Uint8ClampedArray(1)],
  ['advance', 1, 0n],
  ['advance', 2n ** 64n, 0n],
  ['isUpper', 'ab'],
  ['nextChar', '\ud800'],
  ['callBack', true],
  ['crash', null],
]

const cases = (calls: readonly Call[]): { readonly name: string; readonly args: unknown[] }[] =>
  calls.map(([name, ...args]) => ({ name, args }))

describe('the dynamic codec does what generated code does', () => {
  test.each(cases(CALLS))('$name $args', ({ name, args }) => {
    const expected = outcome(generated, name, args)
    expect(outcome(dynamic, name, args)).toStrictEqual(expected)
    expect(lines.dynamic).toEqual(lines.generated)
  })

  test.each(cases(REFUSED))('$name $args is refused in the same words', ({ name, args }) => {
    const expected = outcome(generated, name, args)
    expect(expected).toMatchObject({ error: { codeName: 'InvalidParam' } })
    expect(outcome(dynamic, name, args)).toEqual(expected)
    expect(outcome(dynamic, 'shout', ['on'])).toEqual({ value: 'ON' })
  })

  test.each(['panic', 'unreachable', 'divide', 'memory', 'table', 'stack'])('a trap: %s', (how) => {
    const expected = outcome(generated, 'crash', [how]) as { readonly error: { readonly code: number } }
    const found = outcome(dynamic, 'crash', [how]) as typeof expected
    expect(found.error.code).toBe(expected.error.code)
    expect(thrownBy(() => dynamic['shout']?.('a'))).toMatchObject({ codeName: 'InstancePoisoned' })
    restart()
  })

  test('each field is read once, in the order of the record; what a getter throws passes through', () => {
    const read: string[] = []
    const proxy = new Proxy(good, {
      get: (target, key) => {
        read.push(String(key))
        return Reflect.get(target, key) as unknown
      },
    })
    dynamic['classify']?.(proxy)
    expect(read).toEqual(['id', 'weight', 'label', 'note'])
    const mine = new TypeError('mine')
    const throwing = {
      ...good,
      get label(): string {
        throw mine
      },
    }
    expect(thrownBy(() => dynamic['classify']?.(throwing))).toBe(mine)
  })
})

describe('instances without generated code', () => {
  test('interfaces stand under the versioned id and the bare one', async () => {
    const instance = await instantiate(rustGuest, { imports: host([]) })
    expect(Object.keys(instance.exports)).toEqual(['demo:pipeline/analysis@0.1.0', 'demo:pipeline/analysis'])
    expect(instance.exports['demo:pipeline/analysis']).toBe(instance.exports['demo:pipeline/analysis@0.1.0'])
    expect(instance.name).toBe('pipeline.wasm')
  })

  test('a host function that throws, and one that gives a Promise', () => {
    const of = (log: () => unknown): AnyAnalysis =>
      instantiate<{ readonly 'demo:pipeline/analysis': AnyAnalysis }>(compiled, {
        imports: { 'demo:pipeline/log': { log } },
      }).exports['demo:pipeline/analysis']
    const mine = new RangeError('full disk')
    const failing = of(() => {
      throw mine
    })
    expect(thrownBy(() => failing['callBack']?.(1))).toMatchObject({
      codeName: 'HostError',
      function: 'demo:pipeline/log#log',
      message: 'wasm module pipeline.wasm error [17 HostError]: full disk',
      cause: mine,
    })
    expect(thrownBy(() => of(() => Promise.resolve())['callBack']?.(1))).toMatchObject({
      codeName: 'HostError',
      message:
        'wasm module pipeline.wasm error [17 HostError]: expected nothing, got a Promise: an import that is not async has ' +
        'to return its value',
    })
  })

  test('a missing import is named, with what is there instead', () => {
    expect(
      thrownBy(() => instantiate(compiled, { imports: { 'demo:pipeline/log': { Log: () => {} } } })),
    ).toMatchObject({
      codeName: 'LinkError',
      message:
        'wasm module pipeline.wasm error [6 LinkError]: the guest needs imports that are not given:\n' +
        "  imports['demo:pipeline/log'].log for demo:pipeline/log@0.1.0#log; there is 'Log'",
    })
  })

  test('metrics count calls in both directions', () => {
    const instance = instantiate(compiled, { imports: host([]) })
    const metrics = withMetrics(instance, new MetricsCollector())
    ;(instance.exports['demo:pipeline/analysis'] as unknown as AnyAnalysis)['callBack']?.(2)
    expect(metrics.snapshot().map((m) => [m.direction, m.interface, m.function, m.count])).toEqual([
      ['export', 'demo:pipeline/analysis@0.1.0', 'call-back', 1],
      ['import', 'demo:pipeline/log@0.1.0', 'log', 2],
    ])
  })

  test('dispose ends it', () => {
    const instance = instantiate(compiled, { imports: host([]), name: 'mine' })
    const exported = instance.exports['demo:pipeline/analysis'] as unknown as AnyAnalysis
    instance.dispose()
    instance[Symbol.dispose]()
    expect(thrownBy(() => exported['shout']?.('a'))).toMatchObject({
      message: 'wasm module mine error [20 Disposed]: this instance has been disposed',
    })
  })
})
