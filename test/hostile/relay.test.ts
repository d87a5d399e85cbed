// Components that export what they import: values go from the host to the host, checked and copied as by a component between.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MetricsCollector } from 'witgen/runtime'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { wat } from '../helpers/wat.ts'
import {
  apiOf,
  hostileComponent,
  messageOf,
  thrownBy,
  WAYS,
  type AnyFunction,
  type Hostile,
  type Way,
} from './guest.ts'

const folder = temporaryFolder('relay')
afterAll(() => rmSync(folder, { recursive: true }))

/** WIT and WAT types of the functions, which both interfaces have. */
const FUNCTIONS: Readonly<Record<string, readonly [wit: string, wat: string]>> = {
  nothing: ['func()', '(func)'],
  add: ['func(a: u32, b: u64) -> f64', '(func (param "a" u32) (param "b" u64) (result f64))'],
  text: ['func(s: string) -> string', '(func (param "s" string) (result string))'],
  words: ['func(l: list<u32>) -> list<u32>', '(func (param "l" (list u32)) (result (list u32)))'],
  pairs: [
    'func(l: list<tuple<u32, string>>) -> option<list<string>>',
    '(func (param "l" (list (tuple u32 string))) (result (option (list string))))',
  ],
  many: [
    `func(${[...'abcdefghi'].map((n) => `${n}: string`).join(', ')}) -> list<string>`,
    `(func ${[...'abcdefghi'].map((n) => `(param "${n}" string)`).join(' ')} (result (list string)))`,
  ],
  either: ['func(n: u32) -> result<u32, string>', '(func (param "n" u32) (result (result u32 (error string))))'],
  done: ['func() -> result', '(func (result (result)))'],
  weigh: ['func(a: borrow<blob>, n: u32) -> u32', '(func (param "a" (borrow $blob)) (param "n" u32) (result u32))'],
  pass: ['func(b: blob) -> blob', '(func (param "b" (own $blob)) (result (own $blob)))'],
}
const NAMES = Object.keys(FUNCTIONS)
const functions = NAMES.map((name) => `${name}: ${FUNCTIONS[name]?.[0]};`).join('\n  ')

const WIT = `package test:t;
interface host {
  resource blob { size: func() -> u32; }
  ${functions}
}
interface api {
  use host.{blob};
  ${functions}
  own-text: func(s: string) -> string;
  trap: func();
}
world w { import host; export api; }`

const HOST = `(import "test:t/host" (instance $host
  (export "blob" (type $blob (sub resource)))
  (export "[method]blob.size" (func (param "self" (borrow $blob)) (result u32)))
  ${NAMES.map((name) => `(export "${name}" ${FUNCTIONS[name]?.[1]})`).join('\n  ')}))
  (alias export $host "blob" (type $blob))`
/** Functions of the component's own, beside those that it passes on. */
const OWN = `(core module $M
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "text") (param i32 i32) (result i32)
      (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64))
    (func (export "trap") unreachable))
  (core instance $m (instantiate $M))
  (alias core export $m "memory" (core memory $memory)) (alias core export $m "realloc" (core func $realloc))
  (func $own (param "s" string) (result string) (canon lift (core func $m "text") (memory $memory) (realloc $realloc)))
  (func $trap (canon lift (core func $m "trap")))`
const exportsOf = (instance: string): string =>
  `(export "blob" (type $blob)) ${NAMES.map((name) => `(export "${name}" (func $${instance} "${name}"))`).join(' ')}`
const API = (instance: string): string => `${OWN}
  (instance $api ${exportsOf(instance)} (export "own-text" (func $own)) (export "trap" (func $trap)))
  (export "test:t/api" (instance $api))`

class Blob {
  readonly bytes: number
  disposed = 0
  constructor(bytes: number) {
    this.bytes = bytes
  }
  size(): number {
    return this.bytes
  }
  [Symbol.dispose](): void {
    this.disposed++
  }
}

const guests = new Map<string, Hostile>()
beforeAll(async () => {
  const texts = {
    directly: `(component ${HOST} ${API('host')})`,
    'through an instance': `(component ${HOST} (instance $again ${exportsOf('host')}) ${API('again')})`,
    'through a component': `(component ${HOST}
      (component $C
        (import "blob" (type $blob (sub resource)))
        ${NAMES.map((name) => `(import "${name}" (func $${name} ${FUNCTIONS[name]?.[1].slice('(func'.length, -1)}))`).join('\n')}
        (export "blob" (type $blob))
        ${NAMES.map((name) => `(export "${name}" (func $${name}))`).join('\n')})
      (instance $c (instantiate $C (with "blob" (type $blob)) ${NAMES.map((name) => `(with "${name}" (func $host "${name}"))`).join(' ')}))
      ${API('c')})`,
  }
  for (const [how, text] of Object.entries(texts)) guests.set(how, await hostileComponent(folder, WIT, await wat(text)))
})

const HOWS = ['directly', 'through an instance', 'through a component'] as const
const cases = WAYS.flatMap((way) => HOWS.map((how) => [way, how] as const))

describe.each(cases)('%s, %s', (way, how) => {
  let calls: unknown[][]
  function fresh(changed: object = {}): Record<string, AnyFunction> {
    calls = []
    const note = (value: unknown) => (...args: unknown[]) => (calls.push(args), value) // prettier-ignore
    const host = {
      Blob,
      nothing: note(undefined),
      add: (a: number, b: bigint) => a + Number(b) + 0.5,
      text: (s: string) => `${s}✓`,
      words: note(new Uint32Array([7])),
      pairs: note(['a', 'é']),
      many: (...texts: string[]) => texts.toReversed(),
      either: (n: number) => {
        if (n > 5) throw 'too much'
        return n
      },
      done: note(undefined),
      weigh: (a: Blob, n: number) => a.size() + n,
      pass: (b: Blob) => b,
      ...changed,
    }
    const guest = guests.get(how)
    if (guest === undefined) throw new Error('no guest')
    return apiOf(guest, way, { 'test:t/host': host })
  }

  test('values of all kinds, again and again', () => {
    const api = fresh()
    for (let i = 0; i < 3; i++) {
      expect(api['nothing']?.()).toBeUndefined()
      expect(api['add']?.(1, 2n)).toBe(3.5)
      expect(api['text']?.('straße')).toBe('straße✓')
      expect(api['text']?.('x'.repeat(200_000))).toHaveLength(200_001)
      expect(api['words']?.([1, 2])).toEqual(new Uint32Array([7]))
      expect(api['pairs']?.([[1, 'x'], [2, '']])).toEqual(['a', 'é']) // prettier-ignore
      expect(api['many']?.(...'abcdefghi')).toEqual([...'ihgfedcba'])
      expect(api['either']?.(5)).toBe(5)
      expect(api['done']?.()).toBeUndefined()
      expect(api['ownText']?.('own')).toBe('own')
    }
    expect(calls.slice(0, 3)).toEqual([[], [new Uint32Array([1, 2])], [[[1, 'x'], [2, '']]]]) // prettier-ignore
  })

  test('arguments are checked, and the instance stays usable', () => {
    const api = fresh()
    expect(messageOf(thrownBy(() => api['add']?.(-1, 2n)))).toBe('[1 InvalidParam]: add: a: expected u32, got -1')
    expect(messageOf(thrownBy(() => api['words']?.(['x'])))).toBe(
      '[1 InvalidParam]: words: l[0]: expected u32, got "x"',
    )
    expect(calls).toEqual([])
    expect(api['text']?.('x')).toBe('x✓')
  })

  test('what the host gets is a copy', () => {
    const mine = new Uint32Array([1])
    const theirs: unknown[] = []
    const api = fresh({ words: (l: Uint32Array) => (theirs.push(l), l.fill(9)) })
    const result = api['words']?.(mine)
    expect([mine, result]).toEqual([new Uint32Array([1]), new Uint32Array([9])])
    expect(theirs[0]).not.toBe(mine)
    expect(theirs[0]).not.toBe(result)
  })

  test('an err of the host is an err of the guest', () => {
    const api = fresh()
    expect(thrownBy(() => api['either']?.(6))).toMatchObject({ codeName: 'GuestError', payload: 'too much' })
    expect(api['either']?.(1)).toBe(1)
  })

  test('what the host throws or returns by mistake ends the guest', () => {
    const cause = new Error('no')
    const boom = (): never => {
      throw cause
    }
    const api = fresh({ nothing: boom })
    expect(thrownBy(() => api['nothing']?.())).toMatchObject({ codeName: 'HostError', cause })
    expect(thrownBy(() => api['ownText']?.('x'))).toMatchObject({ codeName: 'InstancePoisoned' })
    const wrong = fresh({ text: () => 5 })
    expect(messageOf(thrownBy(() => wrong['text']?.('x')))).toBe('[17 HostError]: result: expected string, got 5')
  })

  test('a trap of the guest ends these functions, too', () => {
    const api = fresh()
    expect(thrownBy(() => api['trap']?.())).toMatchObject({ codeName: 'Unreachable' })
    expect(thrownBy(() => api['nothing']?.())).toMatchObject({ codeName: 'InstancePoisoned' })
    expect(calls).toEqual([])
  })

  test('objects of the host come through as they are, lent or passed on', () => {
    const api = fresh()
    const blob = new Blob(4)
    for (let i = 0; i < 3; i++) {
      expect(api['weigh']?.(blob, i)).toBe(4 + i)
      expect(api['pass']?.(blob)).toBe(blob)
    }
    expect(blob.disposed).toBe(0)
    expect(messageOf(thrownBy(() => api['weigh']?.({}, 1)))).toMatch(
      /^\[1 InvalidParam\]: weigh: a: expected an object of the class Blob/,
    )
    expect(api['weigh']?.(blob, 1)).toBe(5)
  })

  test('the host may call the instance meanwhile, but not the same way', () => {
    let inner: unknown
    const api = fresh({
      text: (s: string): unknown => ((inner = thrownBy(() => api['text']?.('again'))), api['ownText']?.(s)),
    })
    expect(api['text']?.('x')).toBe('x')
    expect(inner).toMatchObject({ codeName: 'Reentrance' })
  })
})

test('hooks see both the export and the import', async () => {
  const guest = guests.get('directly')
  if (guest === undefined) throw new Error('no guest')
  const metrics = new MetricsCollector()
  const host = Object.fromEntries(NAMES.map((name) => [name, () => 'x']))
  const api = (
    guest.WorldClass.instantiate(guest.compiled, {
      imports: { 'test:t/host': { ...host, Blob } },
      hooks: metrics,
    }) as unknown as { readonly api: Record<string, AnyFunction> }
  ).api
  api['text']?.('x')
  expect(metrics.snapshot().map((m) => [m.interface, m.function, m.direction, m.count])).toEqual([
    ['test:t/api', 'text', 'export', 1],
    ['test:t/host', 'text', 'import', 1],
  ])
})

test('a function of the component itself, and a whole instance', async () => {
  const text = `(component
    (import "tick" (func $tick (result u32)))
    (import "test:t/host" (instance $host (export "f" (func (param "s" string) (result string)))))
    (export "tock" (func $tick))
    (export "test:t/api" (instance $host)))`
  const wit = `package test:t;
    interface host { f: func(s: string) -> string; }
    interface api { f: func(s: string) -> string; }
    world w { import tick: func() -> u32; import host; export tock: func() -> u32; export api; }`
  const guest = await hostileComponent(folder, wit, await wat(text))
  const imports = { tick: () => 41, 'test:t/host': { f: (s: string) => `${s}!` } }
  for (const way of WAYS) expect(apiOf(guest, way, imports)['f']?.('hey')).toBe('hey!')
  const world = guest.WorldClass.instantiate(guest.compiled, { imports }) as unknown as { tock(): number }
  expect(world.tock()).toBe(41)
})

test('a resource that is passed on as it is is refused by name', async () => {
  const wit = `package test:t;
    interface host { resource blob { size: func() -> u32; } }
    interface api { resource blob { size: func() -> u32; } }
    world w { import host; export api; }`
  const text = `(component
    (import "test:t/host" (instance $host
      (export "blob" (type $blob (sub resource)))
      (export "[method]blob.size" (func (param "self" (borrow $blob)) (result u32)))))
    (export "test:t/api" (instance $host)))`
  const guest = await hostileComponent(folder, wit, await wat(text))
  const refusal = (way: Way): unknown => thrownBy(() => apiOf(guest, way, { 'test:t/host': { Blob } }))
  // It is another type than a resource that the world's export declares.
  expect(refusal('generated')).toMatchObject({ codeName: 'WorldMismatch' })
  expect(refusal('dynamic')).toMatchObject({
    codeName: 'Unsupported',
    message:
      'wasm module guest error [8 Unsupported]: exporting the imported [method]blob.size as it is is not supported',
  })
})
