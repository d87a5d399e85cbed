// A Promise is no value: not an object without members, not nothing, of no realm; and its rejection is nobody's surprise.
import { rmSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { ALLOCATOR } from '../helpers/wat.ts'
import { apiOf, hostile, messageOf, thrownBy, WAYS, type AnyFunction, type Hostile } from './guest.ts'

const folder = temporaryFolder('promises')
afterAll(() => rmSync(folder, { recursive: true }))

/** What imports return: the type, its core result (or none, when it goes through memory), a legal value. */
const RESULTS: Readonly<Record<string, readonly [wit: string, core: string, value: unknown]>> = {
  nothing: ['', '', undefined],
  number: [' -> u32', 'i32', 1],
  truth: [' -> bool', 'i32', true],
  letter: [' -> char', 'i32', 'x'],
  color: [' -> color', 'i32', 'red'],
  marks: [' -> marks', 'i32', {}],
  note: [' -> note', '', {}],
  row: [' -> row', 'i32', { id: 1 }],
  shape: [' -> shape', '', { tag: 'none' }],
  text: [' -> string', '', 'x'],
  bytes: [' -> list<u8>', '', []],
  rows: [' -> list<row>', '', []],
  pair: [' -> tuple<marks, marks>', '', [{}, {}]],
  maybe: [' -> option<note>', '', {}],
  entries: [' -> map<u32, u32>', '', new Map()],
  either: [' -> result<note, string>', '', {}],
  done: [' -> result', 'i32', undefined],
  failing: [' -> result<_, string>', '', undefined],
}
const NAMES = Object.keys(RESULTS)
const result = (name: string): string => {
  const [wit = '', core = ''] = RESULTS[name] ?? []
  return wit === '' ? '' : core === '' ? '(param i32)' : `(result ${core})`
}

const TYPES = `
  enum color { red, green }
  flags marks { a, b }
  record note { text: option<string>, at: option<u32> }
  record row { id: u32 }
  variant shape { none, side(u32) }`
const WIT = `package test:t;
interface types {${TYPES}
}
interface host {
  use types.{color, marks, note, row, shape};
  ${NAMES.map((name) => `get-${name}: func()${RESULTS[name]?.[0]};`).join('\n  ')}
}
interface api {
  use types.{color, marks, note, row, shape};
  ${NAMES.map((name) => `call-${name}: func();`).join('\n  ')}
  take-marks: func(value: marks) -> u32;
  take-note: func(value: note) -> u32;
  take-notes: func(value: list<note>) -> u32;
}
world w { import host; export api; }`

const call = (name: string): string => {
  const to = result(name)
  if (to === '') return `(call $${name})`
  return to === '(param i32)' ? `(call $${name} (i32.const 64))` : `(drop (call $${name}))`
}
const WAT = `(module
  ${NAMES.map((name) => `(import "test:t/host" "get-${name}" (func $${name} ${result(name)}))`).join('\n  ')}
  ${ALLOCATOR}
  ${NAMES.map((name) => `(func (export "test:t/api#call-${name}") ${call(name)})`).join('\n  ')}
  (func (export "test:t/api#take-marks") (param i32) (result i32) (local.get 0))
  (func (export "test:t/api#take-note") (param i32 i32 i32 i32 i32) (result i32) (i32.const 7))
  (func (export "test:t/api#take-notes") (param i32 i32) (result i32) (i32.const 7)))`

let guest: Hostile
beforeAll(async () => {
  guest = await hostile(folder, WIT, WAT)
})

const member = (verb: string, name: string): string => `${verb}${name.charAt(0).toUpperCase()}${name.slice(1)}`

/** An object that `await` calls, though it is no Promise. */
// oxlint-disable-next-line unicorn/no-thenable
const awaitable = (call: () => void): object => Object.fromEntries([['then', call]])

class Late<T> extends Promise<T> {
  static override get [Symbol.species](): PromiseConstructor {
    throw new Error('species')
  }
}

/** Promises that reject, made anew for each test. */
const PROMISES: readonly (readonly [title: string, make: () => unknown])[] = [
  ['of this realm', () => Promise.reject(new Error('late'))],
  ['of an async function', async () => Promise.reject(new Error('late'))],
  ['of another realm', () => runInNewContext('Promise.reject(new Error("late"))') as unknown],
  ['of a subclass', () => Object.assign(Late.resolve({}), {})],
]

describe.each(WAYS)('%s', (way) => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  beforeEach(() => {
    unhandled.length = 0
    process.on('unhandledRejection', note)
  })
  afterEach(() => void process.off('unhandledRejection', note))

  const fresh = (changed: object = {}): Record<string, AnyFunction> => {
    const host = Object.fromEntries(NAMES.map((name) => [member('get', name), () => RESULTS[name]?.[2]]))
    return apiOf(guest, way, { 'test:t/host': { ...host, ...changed } })
  }

  test('the values themselves are fine', () => {
    const api = fresh()
    for (const name of NAMES) api[member('call', name)]?.()
  })

  describe.each(PROMISES)('a Promise %s', (_, make) => {
    test.each(NAMES)('as the result %s', async (name) => {
      const api = fresh({ [member('get', name)]: make })
      const error = thrownBy(() => api[member('call', name)]?.())
      expect(error).toMatchObject({ codeName: 'HostError', function: `test:t/host#get-${name}` })
      expect(messageOf(error)).toMatch(/got (a Promise|an object)/)
      expect(thrownBy(() => api['takeMarks']?.({}))).toMatchObject({ codeName: 'InstancePoisoned' })
      // Node tells of unhandled rejections after the microtasks of a turn.
      await new Promise((resolve) => setTimeout(resolve, 1))
      expect(unhandled).toEqual([])
    })
  })

  test.each([
    ['takeMarks', (p: unknown) => p, 'take-marks: value: expected marks'],
    ['takeNote', (p: unknown) => p, 'take-note: value: expected note'],
    ['takeNotes', (p: unknown) => [{}, p], 'take-notes: value[1]: expected note'],
  ])('an argument of %s', (name, wrap, text) => {
    const api = fresh()
    const foreign: unknown = runInNewContext('Promise.resolve({})')
    const refusal = (value: unknown): string => messageOf(thrownBy(() => api[name]?.(wrap(value))))
    expect(refusal(Promise.resolve({ a: true }))).toBe(`[1 InvalidParam]: ${text}, got a Promise`)
    expect(refusal(foreign)).toBe(`[1 InvalidParam]: ${text}, got an object`)
    const thenable = awaitable(() => {})
    expect(messageOf(thrownBy(() => api['takeNote']?.(thenable)))).toBe(
      '[1 InvalidParam]: take-note: value: expected note, got an object',
    )
    expect([api['takeMarks']?.({}), api['takeNote']?.({}), api['takeNotes']?.([{}])]).toEqual([0, 7, 7])
  })

  test('what can be awaited is not nothing either, but may be a value', () => {
    let calls = 0
    const thenable = Object.assign(
      awaitable(() => void calls++),
      { id: 1 },
    )
    for (const name of ['nothing', 'done', 'failing']) {
      const api = fresh({ [member('get', name)]: () => thenable })
      expect(messageOf(thrownBy(() => api[member('call', name)]?.()))).toBe(
        '[17 HostError]: expected nothing, got an object with a method `then`: an import that is not async has to return its value',
      )
    }
    fresh({ getRow: () => thenable })['callRow']?.()
    expect(calls).toBe(0)
  })
})
