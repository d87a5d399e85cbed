// Strings and lists have at most 2^28 - 1 bytes, also in the worst case of their encoding: CanonicalABI.md, MAX_STRING_BYTE_LENGTH.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'
import { componentOf } from '../helpers/wat.ts'
import { apiOf, hostile, hostileComponent, messageOf, thrownBy, WAYS, type AnyFunction, type Hostile } from './guest.ts'

const folder = temporaryFolder('limits')
afterAll(() => rmSync(folder, { recursive: true }))

const LIMIT = 2 ** 28 - 1
const WIT = `package test:t;
interface host { get: func() -> string; }
interface api { text: func(s: string) -> u32; bytes: func(l: list<u8>) -> u32; longs: func(l: list<u64>) -> u32;
  doubles: func(l: list<f64>) -> u32; pairs: func(l: list<tuple<u64, u64>>) -> u32; get: func() -> u32; reallocs: func() -> u32; }
world w { import host; export api; }`
const taking = (name: string): string =>
  `(func (export "test:t/api#${name}") (param i32 i32) (result i32) (local.get 1))`
/** Its memory is just large enough for the first try of the string below. */
const WAT = `(module
  (import "test:t/host" "get" (func $get (param i32)))
  (memory (export "memory") 1366)
  (global $reallocs (mut i32) (i32.const 0))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.set $reallocs (i32.add (global.get $reallocs) (i32.const 1))) (i32.const 16))
  ${['text', 'bytes', 'longs', 'doubles', 'pairs'].map(taking).join('\n  ')}
  (func (export "test:t/api#get") (result i32) (call $get (i32.const 0)) (i32.load (i32.const 4)))
  (func (export "test:t/api#reallocs") (result i32) (global.get $reallocs)))`

let guest: Hostile
let utf16: Hostile
let compact: Hostile
beforeAll(async () => {
  guest = await hostile(folder, WIT, WAT)
  utf16 = await hostileComponent(folder, WIT, await componentOf(WAT, WIT, 'utf16'))
  compact = await hostileComponent(folder, WIT, await componentOf(WAT, WIT, 'compact-utf16'))
})

const tooMany = (bytes: number): string => `expected at most ${LIMIT} bytes, got ${bytes}`
/** Not ASCII at the end, so that it is found out late. */
const long = `${'x'.repeat(Math.floor(LIMIT / 3))}é`

describe.each(WAYS)('%s', (way) => {
  const fresh = (from: Hostile, get: () => unknown = () => ''): Record<string, AnyFunction> =>
    apiOf(from, way, { 'test:t/host': { get } })

  test.each<readonly [string, () => unknown, number]>([
    ['bytes', () => new Uint8Array(LIMIT + 1), LIMIT + 1],
    ['longs', () => new BigUint64Array(2 ** 25), 2 ** 28],
    ['doubles', () => new Float64Array(2 ** 25), 2 ** 28],
    ['doubles', () => Array<number>(2 ** 25), 2 ** 28],
    ['pairs', () => Array<unknown>(2 ** 24), 2 ** 28],
    ['text', () => 'x'.repeat(LIMIT + 1), LIMIT + 1],
  ])('%s: refused before anything is allocated', (name, make, bytes) => {
    const api = fresh(guest)
    const text = `[1 InvalidParam]: ${name}: ${name === 'text' ? 's' : 'l'}: ${tooMany(bytes)}`
    expect(messageOf(thrownBy(() => api[name]?.(make())))).toBe(text)
    expect(api['reallocs']?.()).toBe(0)
    expect(api['bytes']?.([1])).toBe(1)
  })

  test('a string whose worst case is too long, as an argument and as a result', () => {
    const api = fresh(guest, () => long)
    const text = tooMany(3 * long.length)
    expect(messageOf(thrownBy(() => api['text']?.(long)))).toBe(`[1 InvalidParam]: text: s: ${text}`)
    expect(api['reallocs']?.()).toBe(1)
    expect(messageOf(thrownBy(() => api['get']?.()))).toBe(`[17 HostError]: result: ${text}`)
  })

  test('in UTF-16 and in latin1+utf16', () => {
    const half = 'x'.repeat(LIMIT / 2 + 1)
    expect(messageOf(thrownBy(() => fresh(utf16)['text']?.(half)))).toBe(
      `[1 InvalidParam]: text: s: ${tooMany(2 * half.length)}`,
    )
    const wide = `${half.slice(1)}✓`
    expect(messageOf(thrownBy(() => fresh(compact)['text']?.(wide)))).toBe(
      `[1 InvalidParam]: text: s: ${tooMany(2 * wide.length)}`,
    )
  })
})
