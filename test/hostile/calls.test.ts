// What a guest may not do while it is called: leave where it must not, go on after a trap, come in twice.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { ALLOCATOR } from '../helpers/wat.ts'
import { apiOf, hostile, messageOf, thrownBy, WAYS, type AnyFunction, type Hostile } from './guest.ts'

const folder = temporaryFolder('calls')
afterAll(() => rmSync(folder, { recursive: true }))

const WIT = `package test:t;
interface host { ping: func(a: u32) -> u32; note: func(s: string); get: func() -> string; either: func() -> result<u32, string>; }
interface api {
  ping: func(a: u32) -> u32;
  catch: func() -> u32;
  post-pings: func() -> string;
  post-flat-pings: func() -> u32;
  post-grows: func() -> string;
  trap: func();
  divide: func(a: u32, b: u32) -> u32;
  throw: func();
  either: func() -> result<u32, string>;
  get: func() -> string;
}
world w { import host; export api; }`

/** Calls `ping`, and goes on whatever it throws. */
const caught = `(block $done (try_table (catch_all $done) (drop (call $ping (i32.const 1)))))`

const core = (start: string): string => `(module
  (import "test:t/host" "ping" (func $ping (param i32) (result i32)))
  (import "test:t/host" "note" (func $note (param i32 i32)))
  (import "test:t/host" "get" (func $get (param i32)))
  (import "test:t/host" "either" (func $either (param i32)))
  (tag $mine)
  ${ALLOCATOR}
  (global $began (mut i32) (i32.const 0))
  ${start}
  (func (export "test:t/api#ping") (param i32) (result i32) (i32.add (call $ping (local.get 0)) (global.get $began)))
  (func (export "test:t/api#catch") (result i32) ${caught} (i32.const 7))
  (func (export "test:t/api#post-pings") (result i32) (i32.const 64))
  (func (export "cabi_post_test:t/api#post-pings") (param i32) (drop (call $ping (i32.const 1))))
  (func (export "test:t/api#post-flat-pings") (result i32) (i32.const 5))
  (func (export "cabi_post_test:t/api#post-flat-pings") (param i32) (drop (call $ping (i32.const 1))))
  (func (export "test:t/api#post-grows") (result i32) (i32.const 64))
  (func (export "cabi_post_test:t/api#post-grows") (param i32) (drop (memory.grow (i32.const 1))))
  (func (export "test:t/api#trap") unreachable)
  (func (export "test:t/api#divide") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func (export "test:t/api#throw") (throw $mine))
  (func (export "test:t/api#either") (result i32) (call $either (i32.const 64)) (i32.const 64))
  (func (export "test:t/api#get") (result i32) (call $get (i32.const 64)) (i32.const 64)))`

const START = (body: string): string => `(func $start ${body}) (start $start)`
const LEAVES = '[14 AbiViolation]: the guest called an import while realloc or post-return ran, or after a trap'

let guest: Hostile
let starting: Hostile
let startingCaught: Hostile
let startingTrap: Hostile
beforeAll(async () => {
  guest = await hostile(folder, WIT, core(''))
  starting = await hostile(folder, WIT, core(START('(global.set $began (call $ping (i32.const 5)))')))
  startingCaught = await hostile(folder, WIT, core(START(caught)))
  startingTrap = await hostile(folder, WIT, core(START('unreachable')))
})

describe.each(WAYS)('%s', (way) => {
  let pings: number
  function fresh(changed: object = {}, from: Hostile = guest): Record<string, AnyFunction> {
    pings = 0
    const ping = (a: unknown): number => (pings++, Number(a) + 1)
    return apiOf(from, way, { 'test:t/host': { ping, note() {}, get: () => 'x', either: () => 1, ...changed } })
  }
  function lost(api: Record<string, AnyFunction>, call: () => unknown, message: string): unknown {
    const error = thrownBy(call)
    expect(messageOf(error)).toBe(message)
    expect(thrownBy(() => api['divide']?.(1, 1))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
    return error
  }
  const boom = (): never => {
    throw new Error('boom')
  }

  test.each([
    ['postPings', LEAVES],
    ['postFlatPings', LEAVES],
    ['trap', '[10 Unreachable]: unreachable'],
    ['throw', '[10 Unreachable]: the guest threw a value'],
  ])('%s', (name, message) => {
    const api = fresh()
    lost(api, () => api[name]?.(), message)
    expect(pings).toBe(0)
  })

  test('the memory may grow in post-return', () => {
    const api = fresh()
    expect(api['postGrows']?.()).toBe('')
    expect(api['get']?.()).toBe('x')
  })

  test('an arithmetic trap', () => {
    const api = fresh()
    lost(api, () => api['divide']?.(1, 0), '[11 ArithmeticTrap]: divide by zero')
  })

  test('a guest that catches what an import threw is lost all the same', () => {
    const api = fresh({ ping: boom })
    const error = lost(api, () => api['catch']?.(), '[17 HostError]: boom')
    expect(error).toMatchObject({ cause: new Error('boom'), function: 'test:t/host#ping' })
  })

  test.each([
    ['null', null],
    ['undefined', undefined],
    ['a string', 'text'],
    ['an object', { payload: 1 }],
  ])('an import that cannot fail throws %s', (_, thrown) => {
    const api = fresh({
      ping: () => {
        throw thrown
      },
    })
    const text = '[17 HostError]: the host function threw a value that is no legal error'
    expect(lost(api, () => api['catch']?.(), text)).toHaveProperty('cause', thrown)
  })

  test('a host that throws a WebAssembly exception, which the guest catches', () => {
    const exception = new WebAssembly.Exception(new WebAssembly.Tag({ parameters: [] }), [])
    const api = fresh({
      ping: () => {
        throw exception
      },
    })
    const error = lost(
      api,
      () => api['catch']?.(),
      '[17 HostError]: the host function threw a value that is no legal error',
    )
    expect(error).toHaveProperty('cause', exception)
  })

  test.each([
    ['-1', -1, 'result: expected u32, got -1'],
    ['a string', '5', 'result: expected u32, got "5"'],
    ['nothing', undefined, 'result: expected u32, got undefined'],
    ['a Promise', Promise.resolve(5), 'result: expected u32, got a Promise'],
    ['an object with valueOf', { valueOf: (): number => 5 }, 'result: expected u32, got an object'],
  ])('an import returns %s', (_, value, text) => {
    const api = fresh({ ping: () => value })
    lost(api, () => api['ping']?.(1), `[17 HostError]: ${text}`)
  })

  test.each([
    ['its own payload', { payload: 'bad' }],
    ['an Error with an own payload', Object.assign(new Error('x'), { payload: 'bad' })],
    ['a bare value', 'bad'],
  ])('an err is %s', (_, thrown) => {
    const api = fresh({
      either: () => {
        throw thrown
      },
    })
    expect(thrownBy(() => api['either']?.())).toMatchObject({
      codeName: 'GuestError',
      code: 18,
      payload: 'bad',
      function: 'test:t/api#either',
      message: 'wasm module guest error [18 GuestError]: test:t/api#either returned err("bad")',
    })
    expect(api['divide']?.(6, 3)).toBe(2)
  })

  test.each([
    ['an Error without payload', new TypeError('mine'), 'mine'],
    ['an Error with an inherited payload', Object.create(Object.assign(new Error('proto'), { payload: 'x' })), 'proto'],
    ['an invalid payload', { payload: 5 }, 'payload: expected string, got 5'],
    ['an object with an inherited payload', Object.create({ payload: 'x' }), 'payload: expected string, got an object'],
    ['a bare value of another type', 5, 'payload: expected string, got 5'],
    ['nothing', undefined, 'payload: expected string, got undefined'],
    ['null', null, 'payload: expected string, got null'],
    ['a Promise', Promise.resolve('bad'), 'payload: expected string, got a Promise'],
  ])('no err is %s', (_, thrown, text) => {
    const api = fresh({
      either: () => {
        throw thrown
      },
    })
    lost(api, () => api['either']?.(), `[17 HostError]: ${text}`)
  })

  test('an Error with a getter as payload that throws', () => {
    const thrown = Object.defineProperty(new Error('outer'), 'payload', { get: boom })
    const api = fresh({
      either: () => {
        throw thrown
      },
    })
    lost(api, () => api['either']?.(), '[17 HostError]: boom')
  })

  test('an import that enters the instance again', () => {
    let inner: unknown
    const api = fresh({
      ping: (a: number) => {
        inner = thrownBy(() => api['divide']?.(4, 2))
        return a
      },
    })
    expect(api['ping']?.(3)).toBe(3)
    expect(inner).toMatchObject({
      codeName: 'Reentrance',
      code: 15,
      function: 'test:t/api#divide',
      message: 'wasm module guest error [15 Reentrance]: the instance is in the middle of another call',
    })
    expect(api['divide']?.(4, 2)).toBe(2)
  })

  test('an import that lets the error of entering again pass', () => {
    const api = fresh({ ping: () => api['divide']?.(4, 2) })
    const text =
      '[17 HostError]: wasm module guest error [15 Reentrance]: the instance is in the middle of another call'
    expect(lost(api, () => api['ping']?.(3), text)).toHaveProperty('cause.codeName', 'Reentrance')
  })

  test('a toString of what an import returns is not called', () => {
    let calls = 0
    const api = fresh({ get: () => ({ toString: () => (calls++, 'text') }) })
    lost(api, () => api['get']?.(), '[17 HostError]: result: expected string, got an object')
    expect(calls).toBe(0)
  })

  test('imports may be called from the start function', () => {
    const api = fresh({}, starting)
    expect([pings, api['ping']?.(1)]).toEqual([1, 8])
  })

  test('an import that throws while the guest starts', () => {
    expect(messageOf(thrownBy(() => fresh({ ping: boom }, starting)))).toBe('[17 HostError]: boom')
    expect(messageOf(thrownBy(() => fresh({ ping: boom }, startingCaught)))).toBe('[17 HostError]: boom')
    expect(messageOf(thrownBy(() => fresh({ ping: () => -1 }, starting)))).toBe(
      '[17 HostError]: result: expected u32, got -1',
    )
  })

  test('a trap while the guest starts', () => {
    expect(messageOf(thrownBy(() => fresh({}, startingTrap)))).toBe(
      '[10 Unreachable]: while the guest was instantiated: unreachable',
    )
  })
})
