// Polluted prototypes: what somebody has put onto Object.prototype or Array.prototype is no member of a value, no element, no import.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { ALLOCATOR } from '../helpers/wat.ts'
import { thrower } from './refused-values.ts'
import { apiOf, hostile, messageOf, outcomeOf, WAYS, type AnyFunction, type Hostile } from './guest.ts'

const folder = temporaryFolder('pollution')
afterAll(() => rmSync(folder, { recursive: true }))

/** Types of the functions `echo-NAME`, each two core values as a parameter. */
const SPANS = {
  rows: 'list<row>',
  notes: 'list<note>',
  shapes: 'list<shape>',
  marks: 'list<marks>',
  pairs: 'list<tuple<u32, u32>>',
  longs: 'list<tuple<u32, u32, u32, u32, u32, u32>>',
  fixed: 'list<list<u32, 3>>',
  texts: 'list<string>',
  maybes: 'list<option<u32>>',
  words: 'list<u32>',
  doubles: 'list<f64>',
  row: 'row',
  shape: 'shape',
  pair: 'tuple<u32, u32>',
} as const
type Span = keyof typeof SPANS

const WIT = `package test:t;
interface host { ping: func() -> u32; }
interface api {
  record row { id: u32, size: u32 }
  record note { text: option<string>, at: option<u32> }
  variant shape { none, side(u32), maybe(option<u32>) }
  flags marks { a, b }
  ${Object.entries(SPANS)
    .map(([name, type]) => `echo-${name}: func(value: ${type}) -> list<u32>;`)
    .join('\n  ')}
  echo-mark: func(value: marks) -> marks;
  read-rows: func(value: list<row>) -> list<row>;
  read-notes: func(value: list<note>) -> list<note>;
  read-shapes: func(value: list<shape>) -> list<shape>;
  read-words: func(value: list<u32>) -> list<u32>;
  read-maybes: func(value: list<option<u32>>) -> list<option<u32>>;
  ping: func() -> u32;
}
world w { import host; export api; }`

const flat = (name: Span): string => (name === 'shape' ? '(param i32 i32 i32)' : '(param i32 i32)')
const echo = (name: string): string =>
  `(func (export "test:t/api#${name}") (param i32 i32) (result i32)
    (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64))`
const WAT = `(module (import "test:t/host" "ping" (func $ping (result i32))) ${ALLOCATOR}
  ${Object.keys(SPANS)
    .map((name) => `(func (export "test:t/api#echo-${name}") ${flat(name as Span)} (result i32) (i32.const 32))`)
    .join('\n  ')}
  (func (export "test:t/api#echo-mark") (param i32) (result i32) (local.get 0))
  ${['read-rows', 'read-notes', 'read-shapes', 'read-words', 'read-maybes'].map(echo).join('\n  ')}
  (func (export "test:t/api#ping") (result i32) (call $ping)))`

let guest: Hostile
beforeAll(async () => {
  guest = await hostile(folder, WIT, WAT)
})

type Descriptor = Omit<PropertyDescriptor, 'configurable'>

/** Runs `body` while `prototype` has further properties. */
function polluted<T>(prototype: object, properties: Readonly<Record<PropertyKey, Descriptor>>, body: () => T): T {
  const keys = Reflect.ownKeys(properties)
  for (const key of keys) Object.defineProperty(prototype, key, { ...properties[key as string], configurable: true })
  try {
    return body()
  } finally {
    for (const key of keys) Reflect.deleteProperty(prototype, key)
    // An index has made it longer.
    if (prototype === Array.prototype) Reflect.set(prototype, 'length', 0)
  }
}

/** The ways in which properties get onto a prototype; each gives `value`. */
const KINDS: readonly (readonly [title: string, descriptor: (value: unknown) => Descriptor])[] = [
  ['assigned', (value) => ({ value, enumerable: true, writable: true })],
  ['not enumerable', (value) => ({ value })],
  ['a getter', (value) => ({ get: () => value })],
  ['an enumerable getter', (value) => ({ get: () => value, enumerable: true })],
]

describe.each(WAYS)('%s', (way) => {
  let api: Record<string, AnyFunction>
  beforeAll(() => {
    api = apiOf(guest, way, { 'test:t/host': { ping: () => 7 } })
  })
  const call = (name: string, value: unknown): unknown =>
    api[name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())]?.(value)
  /** What a call gives, or the text of the refusal. Assertions come later: they would see the pollution as well. */
  const attempt = (name: string, value: unknown): unknown => {
    try {
      return call(name, value)
    } catch (error) {
      return messageOf(error).replace(`[1 InvalidParam]: ${name}: `, '')
    }
  }

  describe.each(KINDS)('%s', (_, as) => {
    const all = (keys: Readonly<Record<string, unknown>>): Record<string, Descriptor> =>
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, as(value)]))
    const everywhere = <T>(keys: Readonly<Record<string, unknown>>, body: () => T): T =>
      polluted(Object.prototype, all(keys), body)

    test('a field of a record that is missing', () => {
      const outcomes = everywhere({ size: 5 }, () => [
        attempt('echo-rows', [{ id: 1 }]),
        attempt('echo-row', { id: 1 }),
        attempt('read-rows', [{ id: 1, size: 2 }]),
      ])
      expect(outcomes).toEqual([
        'value[0].size: expected u32, got undefined',
        'value.size: expected u32, got undefined',
        [{ id: 1, size: 2 }],
      ])
    })

    test('a field that may be left out', () => {
      const lifted = everywhere({ at: 5, text: 'x' }, () => attempt('read-notes', [{ text: 'own' }, {}]))
      expect(lifted).toEqual([
        { text: 'own', at: undefined },
        { text: undefined, at: undefined },
      ])
    })

    test('flags, known and unknown', () => {
      const unknown = { zzz: true }
      expect(everywhere({ a: true }, () => attempt('echo-mark', {}))).toEqual({ a: false, b: false })
      expect(everywhere({ a: true }, () => attempt('echo-mark', { b: true }))).toEqual({ a: false, b: true })
      expect(everywhere({ zzz: true }, () => attempt('echo-mark', { a: true }))).toEqual({ a: true, b: false })
      const text = 'value[0].zzz: expected one of the flags a, b, got "zzz"'
      expect(everywhere({ zzz: true }, () => attempt('echo-marks', [unknown]))).toBe(text)
    })

    test('a tag, and a payload', () => {
      const outcomes = everywhere({ tag: 'none', val: 3 }, () => [
        attempt('echo-shapes', [{}]),
        attempt('echo-shapes', [{ tag: 'side' }]),
        attempt('echo-shape', { tag: 'side' }),
        attempt('read-shapes', [{ tag: 'maybe' }]),
      ])
      expect(outcomes).toEqual([
        'value[0].tag: expected none, side or maybe, got undefined',
        'value[0].val: expected u32, got undefined',
        'value.val: expected u32, got undefined',
        [{ tag: 'maybe', val: undefined }],
      ])
    })

    test('members of classes are members all the same, each read once', () => {
      let reads = 0
      class Row {
        get id(): number {
          reads++
          return 4
        }
        readonly size = 6
      }
      const lifted = everywhere({ id: 9, size: 9 }, () => attempt('read-rows', [new Row()]))
      expect([lifted, reads]).toEqual([[{ id: 4, size: 6 }], 1])
    })

    test('imports, and options', () => {
      const host = { ping: () => 666 }
      const [none, own] = [{ 'test:t/host': {} }, { 'test:t/host': { ping: () => 8 } }]
      const forged = { 'test:t/host': host, imports: { 'test:t/host': host }, name: 'forged' }
      const instantiate = (imports?: object): unknown => outcomeOf(() => apiOf(guest, way, imports)['ping']?.())
      const missing = (key: string): string =>
        '[6 LinkError]: the guest needs imports that are not given:\n' +
        `  imports['test:t/host'].ping for test:t/host#ping${key}`
      expect(everywhere(forged, () => [instantiate(), instantiate({}), instantiate(own)])).toEqual([
        missing(''),
        missing(''),
        8,
      ])
      expect(everywhere({ ping: host.ping }, () => [instantiate(none), instantiate(own)])).toEqual([missing(''), 8])
    })

    /** On Object.prototype, an index that cannot be enumerated is not found in lists: it costs a look at every element. */
    const lists = (prototype: object): boolean => prototype === Array.prototype || as(1).enumerable === true

    describe.each([
      ['Array.prototype', Array.prototype],
      ['Object.prototype', Object.prototype],
    ])('indices on %s', (_, prototype) => {
      const holes = (n: number, ...own: unknown[]): unknown[] => Object.assign(Array<unknown>(n), own)
      const [two, three, six] = [holes(2, 1), holes(3, 1), holes(6, 1, 1, 1, 1, 1)]
      const [rows, texts] = [holes(2, { id: 1, size: 1 }), holes(2, 'a')]
      const attempts = (value: unknown, ...calls: readonly (readonly [string, unknown])[]): unknown[] => {
        const outcomes: unknown[] = new Array(calls.length).fill(undefined)
        polluted(prototype, all({ 1: value, 5: value }), () => {
          for (let i = 0; i < calls.length; i++) outcomes[i] = attempt(...(calls[i] as readonly [string, unknown]))
        })
        return outcomes
      }

      // What cannot be assigned to is in the way of the arrays that are made on the way, which is a TypeError.
      if (as(1).writable === true)
        test('holes that are legal, and arrays without holes', () => {
          const calls = [
            ['read-maybes', two],
            ['read-words', [1, 2, 3]],
          ] as const
          expect(attempts(5, ...calls)).toEqual([[1, undefined], new Uint32Array([1, 2, 3])])
        })

      test('holes of tuples', () => {
        expect(attempts(5, ['echo-pairs', [two]], ['echo-pair', two], ['echo-longs', [six]])).toEqual([
          'value[0][1]: expected u32, got undefined',
          'value[1]: expected u32, got undefined',
          'value[0][5]: expected u32, got undefined',
        ])
      })

      if (lists(prototype))
        test('holes of lists', () => {
          const calls = [
            ['echo-words', two],
            ['echo-doubles', two],
            ['echo-fixed', [three]],
            ['echo-rows', rows],
          ] as const
          expect(attempts(5, ...calls)).toEqual([
            'value[1]: expected u32, got undefined',
            'value[1]: expected f64, got undefined',
            'value[0][1]: expected u32, got undefined',
            'value[1]: expected row, got undefined',
          ])
          expect(attempts('x', ['echo-texts', texts])).toEqual(['value[1]: expected string, got undefined'])
        })
    })
  })

  test('getters on Object.prototype do not run', () => {
    const getters = { id: { get: thrower }, tag: { get: thrower }, a: { get: thrower } }
    const outcomes = polluted(Object.prototype, getters, () => [
      attempt('read-rows', [{ id: 1, size: 2 }]),
      attempt('read-shapes', [{ tag: 'side', val: 2 }]),
      attempt('echo-mark', {}),
      attempt('echo-rows', [{ size: 1 }]),
    ])
    expect(outcomes).toEqual([
      [{ id: 1, size: 2 }],
      [{ tag: 'side', val: 2 }],
      { a: false, b: false },
      'value[0].id: expected u32, got undefined',
    ])
  })
})
