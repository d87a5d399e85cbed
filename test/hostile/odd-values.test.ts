// Guests that catch what they must not, and hosts that give what nobody expects.

import { rmSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { ALLOCATOR, componentOf } from '../helpers/wat.ts'
import { apiOf, hostile, outcomeOf, thrownBy, WAYS, worldOf } from './guest.ts'
const folder = temporaryFolder('odd-values')
afterAll(() => rmSync(folder, { recursive: true }))
const echo = (n: string): string =>
  `(func (export "test:t/api#${n}") (param i32 i32) (result i32) (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) (i32.const 64))`
describe.each(WAYS)('%s', (way) => {
  test('rep 0xffffffff is a rep', async () => {
    const g = await hostile(
      folder,
      'package test:t; interface api { resource r { constructor(n: u32); rep: func() -> u32; } } world w { export api; }',
      `(module (import "[export]test:t/api" "[resource-new]r" (func $new (param i32) (result i32))) (func (export "test:t/api#[constructor]r") (param i32) (result i32) (call $new (local.get 0))) (func (export "test:t/api#[method]r.rep") (param i32) (result i32) (local.get 0)))`,
    )
    const R = apiOf(g, way)['R'] as unknown as new (n: number) => { rep(): number }
    expect(outcomeOf(() => new R(2 ** 32 - 1).rep())).toBe(4294967295)
  })
  const catches = `(module (import "test:t/host" "ping" (func $ping)) (memory (export "memory") 1)
    (func $c (block $d (try_table (catch_all $d) (call $ping))))
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $c) (i32.const 1024))
    (func (export "test:t/api#in-realloc") (param i32 i32))
    (func (export "test:t/api#in-post") (result i32) (i32.const 64)) (func (export "cabi_post_test:t/api#in-post") (param i32) (call $c))
    (func (export "test:t/api#again") (call $c) (call $ping)) (func (export "test:t/api#once") (call $c)))`
  const catchesWit =
    'package test:t; interface host { ping: func(); } interface api { in-realloc: func(s: string); in-post: func() -> string; again: func(); once: func(); } world w { import host; export api; }'
  const LEAVES = '[14 AbiViolation]: the guest called an import while realloc or post-return ran, or after a trap'
  test.each([
    ['inRealloc', 'é'],
    ['inPost', undefined],
  ])('a caught trap stays a trap: %s', async (name, arg) => {
    const api = apiOf(await hostile(folder, catchesWit, catches), way, { 'test:t/host': { ping() {} } })
    expect(outcomeOf(() => api[name]?.(arg))).toBe(LEAVES)
    expect(thrownBy(() => api['once']?.())).toMatchObject({ codeName: 'InstancePoisoned' })
  })
  test('the call gets the first trap', async () => {
    const api = apiOf(await hostile(folder, catchesWit, catches), way, {
      'test:t/host': {
        ping() {
          throw new Error('boom')
        },
      },
    })
    expect(outcomeOf(() => api['again']?.())).toBe('[17 HostError]: boom')
  })
  test('a host error that cannot be read is still HostError, and no guest survives it', async () => {
    const bad = Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('getter')
      },
    })
    const api = apiOf(await hostile(folder, catchesWit, catches), way, {
      'test:t/host': {
        ping() {
          throw bad
        },
      },
    })
    expect(thrownBy(() => api['once']?.())).toMatchObject({ codeName: 'HostError', cause: bad })
  })
  const host =
    'interface host { flags f {a,b} record o { x: option<u32> } get: func() -> f; opt: func() -> o; nothing: func(); to-string: func() -> string; }'
  const hostWit = `package test:t; ${host} interface api { use host.{f,o}; get: func() -> f; opt: func() -> o; nothing: func(); str: func() -> string; pass: func(f: f) -> f; po: func(o: o) -> o; } world w { import host; export api; }`
  const hostWat = `(module (import "test:t/host" "get" (func $get (result i32))) (import "test:t/host" "opt" (func $opt (param i32))) (import "test:t/host" "nothing" (func $nothing)) (import "test:t/host" "to-string" (func $str (param i32))) ${ALLOCATOR}
    (func (export "test:t/api#get") (result i32) (call $get)) (func (export "test:t/api#nothing") (call $nothing)) (func (export "test:t/api#opt") (result i32) (call $opt (i32.const 64)) i32.const 64) (func (export "test:t/api#str") (result i32) (call $str (i32.const 64)) i32.const 64)
    (func (export "test:t/api#pass") (param i32) (result i32) local.get 0) (func (export "test:t/api#po") (param i32 i32) (result i32) (i32.store (i32.const 64) (local.get 0)) (i32.store (i32.const 68) (local.get 1)) i32.const 64))`
  const all = {
    get: (): unknown => ({}),
    opt: (): unknown => ({}),
    nothing(): unknown {
      return
    },
    toString: () => 'own',
  }
  test('a Promise is never a value', async () => {
    const g = await hostile(folder, hostWit, hostWat)
    const of = (more: object): ReturnType<typeof apiOf> => apiOf(g, way, { 'test:t/host': { ...all, ...more } })
    expect(thrownBy(() => of({ get: async () => ({ a: true }) })['get']?.())).toMatchObject({ codeName: 'HostError' })
    expect(thrownBy(() => of({ opt: async () => ({ x: 1 }) })['opt']?.())).toMatchObject({ codeName: 'HostError' })
  })
  test('what every object inherits is no host function', async () => {
    const g = await hostile(folder, hostWit, hostWat)
    const { toString: _, ...rest } = all
    expect(thrownBy(() => apiOf(g, way, { 'test:t/host': rest }))).toMatchObject({ codeName: 'LinkError' })
  })
  test('nor is Object the import `constructor`', async () => {
    const wit =
      'package test:t; interface api { f: func() -> u32; } world w { import %constructor: func() -> u32; export api; }'
    const g = await hostile(
      folder,
      wit,
      '(module (import "$root" "constructor" (func $c (result i32))) (func (export "test:t/api#f") (result i32) (call $c)))',
    )
    expect(thrownBy(() => apiOf(g, way, {}))).toMatchObject({ codeName: 'LinkError' })
  })
  test.each([
    [1.5],
    [-1],
    [
      {
        valueOf: (() => {
          let n = 0
          return () => (n++ === 0 ? 1 : 3)
        })(),
      },
    ],
  ])('a Proxy whose length is %s poisons nothing and writes no more than it allocates', async (length) => {
    const g = await hostile(
      folder,
      'package test:t; interface api { d: func(l: list<f64>) -> list<f64>; size: func() -> u32; } world w { export api; }',
      `(module ${ALLOCATOR.replace('(local $p i32)', '(local $p i32) (global.set $size (local.get $new))')} (global $size (mut i32) (i32.const 0)) ${echo('d')} (func (export "test:t/api#size") (result i32) (global.get $size)))`,
    )
    const api = apiOf(g, way)
    const list = new Proxy([1, 2, 3], { get: (t, k) => (k === 'length' ? length : (Reflect.get(t, k) as unknown)) })
    const got = outcomeOf(() => api['d']?.(list))
    const n = got instanceof Float64Array ? got.length : 0
    expect(outcomeOf(() => Number(api['size']?.()) >= 8 * n)).toBe(true)
    expect([1, 3, 0]).toContain(n)
    if (length === 1.5) expect(outcomeOf(() => api['size']?.())).toBe(8)
  })
})
test('a missing function named `constructor` is LinkError', async () => {
  const W = await worldOf(
    folder,
    'package test:t; interface host { other: func(); } interface api { f: func() -> u32; } world w { import host; export api; }',
  )
  const bytes = await componentOf(
    '(module (import "test:t/host" "constructor" (func $c (result i32))) (func (export "test:t/api#f") (result i32) (call $c)))',
    'package test:t; interface host { %constructor: func() -> u32; } interface api { f: func() -> u32; } world w { import host; export api; }',
  )
  const compiled = await W.compile(bytes)
  expect(thrownBy(() => W.instantiate(compiled, { imports: {} }))).toMatchObject({ codeName: 'LinkError' })
})
