// Guests with strings in UTF-16 and in latin1+utf16, by generated-like code and by the dynamic codec: one lowerString.
import { beforeAll, describe, expect, test } from 'vitest'
import { compile, instantiate, type CompiledComponent } from 'witgen/runtime'
import { thrownBy } from '../../e2e/guests.ts'
import { componentOf } from '../../helpers/wat.ts'

const WIT = `
  package test:strings;
  world w {
    import put: func(s: string) -> string;
    export echo: func(s: string) -> string;
    export all: func(s: list<string>) -> list<string>;
    export through: func(s: string) -> string;
    export calls: func() -> list<u32>;
    export raw: func(at: u32, n: u32) -> string;
    export poke: func(at: u32, word: u32);
  }
`

// Keeps what realloc was called with: old size, alignment, new size.
const CORE = `(module
  (import "$root" "put" (func $put (param i32 i32 i32)))
  (memory (export "memory") 8)
  (global $next (mut i32) (i32.const 65536))
  (global $log (mut i32) (i32.const 8192))
  (func $note (param i32)
    (i32.store (global.get $log) (local.get 0))
    (global.set $log (i32.add (global.get $log) (i32.const 4))))
  (func (export "cabi_realloc") (param $old i32) (param $size i32) (param $align i32) (param $new i32) (result i32)
    (local $p i32)
    (call $note (local.get $size)) (call $note (local.get $align)) (call $note (local.get $new))
    (local.set $p (global.get $next))
    (global.set $next (i32.and (i32.add (i32.add (local.get $p) (local.get $new)) (i32.const 7)) (i32.const -8)))
    (memory.copy (local.get $p) (local.get $old)
      (select (local.get $size) (local.get $new) (i32.lt_u (local.get $size) (local.get $new))))
    (local.get $p))
  (func $span (param i32 i32) (result i32)
    (i32.store (i32.const 16) (local.get 0))
    (i32.store (i32.const 20) (local.get 1))
    (i32.const 16))
  (func (export "echo") (param i32 i32) (result i32) (call $span (local.get 0) (local.get 1)))
  (func (export "all") (param i32 i32) (result i32) (call $span (local.get 0) (local.get 1)))
  (func (export "through") (param i32 i32) (result i32)
    (call $put (local.get 0) (local.get 1) (i32.const 16))
    (i32.const 16))
  (func (export "calls") (result i32)
    (drop (call $span (i32.const 8192) (i32.shr_u (i32.sub (global.get $log) (i32.const 8192)) (i32.const 2))))
    (global.set $log (i32.const 8192))
    (i32.const 16))
  (func (export "raw") (param i32 i32) (result i32) (call $span (local.get 0) (local.get 1)))
  (func (export "poke") (param i32 i32) (i32.store (local.get 0) (local.get 1))))`

interface Exports {
  echo(s: string): string
  all(s: readonly string[]): string[]
  through(s: string): string
  calls(): Uint32Array
  raw(at: number, n: number): string
  poke(at: number, word: number): void
}

/** Encoding, string, what realloc is called with: CanonicalABI.md, `store_string_into_range` from UTF-16. */
const STORES: readonly (readonly [encoding: keyof typeof ENCODINGS, text: string, calls: readonly number[]])[] = [
  ['utf8', '', [0, 1, 0]],
  ['utf8', 'hey', [0, 1, 3]],
  ['utf8', 'hö☃🍰', [0, 1, 5, 5, 1, 15, 15, 1, 10]],
  ['utf8', '☃☃', [0, 1, 2, 2, 1, 6]],
  ['utf16', '', [0, 2, 0]],
  ['utf16', 'hey', [0, 2, 6]],
  ['utf16', 'hö☃🍰', [0, 2, 10]],
  ['latin1+utf16', '', [0, 2, 0]],
  ['latin1+utf16', 'hey', [0, 2, 3]],
  ['latin1+utf16', 'ÿ\x80\x9f\0', [0, 2, 4]],
  ['latin1+utf16', 'hö☃🍰', [0, 2, 5, 5, 2, 10]],
  ['latin1+utf16', 'Ā', [0, 2, 1, 1, 2, 2]],
]
const ENCODINGS = { utf8: 'utf8', utf16: 'utf16', 'latin1+utf16': 'compact-utf16' } as const

const TEXTS = ['', 'a', 'ÿ', 'Ā', 'a\0b', '\ufeffbom', 'x'.repeat(10_000), 'é'.repeat(9_999), '☃'.repeat(5_000), '👩‍👩‍👧‍👦']

describe.each(Object.keys(ENCODINGS) as (keyof typeof ENCODINGS)[])('%s', (encoding) => {
  let compiled: CompiledComponent
  const start = (put: (s: string) => unknown = (s) => s): Exports =>
    instantiate<Exports>(compiled, { imports: { put }, name: 'guest' }).exports
  beforeAll(async () => {
    compiled = await compile(await componentOf(CORE, WIT, ENCODINGS[encoding]))
  })

  test.each(STORES.filter(([e]) => e === encoding))('%s %j calls realloc with %j', (_, text, calls) => {
    const guest = start()
    expect(guest.echo(text)).toBe(text)
    expect([...guest.calls()]).toEqual(calls)
  })

  test('strings arrive and come back, alone, in lists and through the host', () => {
    const seen: string[] = []
    const guest = start((s) => seen.push(s) && s)
    expect(TEXTS.map((text) => guest.echo(text))).toEqual(TEXTS)
    expect(guest.all(TEXTS)).toEqual(TEXTS)
    expect(TEXTS.map((text) => guest.through(text))).toEqual(TEXTS)
    expect(seen).toEqual(TEXTS)
  })

  test('lone surrogates become U+FFFD', () => {
    expect(start().echo('a\ud800b\udc00')).toBe('a\ufffdb\ufffd')
    expect(start(() => '\ud83d').through('x')).toBe('\ufffd')
  })

  test('what is no string is refused', () => {
    const { echo } = start() as unknown as Record<string, (x: unknown) => unknown>
    expect(thrownBy(() => echo?.(1))).toMatchObject({
      message: 'wasm module guest error [1 InvalidParam]: echo: s: expected string, got 1',
    })
  })
})

describe('what a guest may not return', () => {
  const load = async (encoding: 'utf16' | 'compact-utf16'): Promise<Exports> =>
    instantiate<Exports>(await compile(await componentOf(CORE, WIT, encoding)), {
      imports: { put: () => '' },
      name: 'guest',
    }).exports
  const error = (text: string): object => ({ message: `wasm module guest error ${text}` })

  test('a lone surrogate', async () => {
    const guest = await load('utf16')
    guest.poke(64, 0x0041d800)
    expect(thrownBy(() => guest.raw(64, 2))).toMatchObject(
      error('[14 AbiViolation]: the string of 2 code units at 64 is not valid UTF-16'),
    )
    const compact = await load('compact-utf16')
    compact.poke(64, 0xdc00)
    expect(thrownBy(() => compact.raw(64, 0x80000001))).toMatchObject(
      error('[14 AbiViolation]: the string of 1 code units at 64 is not valid UTF-16'),
    )
  })

  test.each(['utf16', 'compact-utf16'] as const)('an odd pointer (%s)', async (encoding) => {
    const guest = await load(encoding)
    expect(thrownBy(() => guest.raw(65, 0))).toMatchObject(error('[14 AbiViolation]: pointer 65 is not aligned to 2'))
  })

  test('more than the memory, more than a string may have', async () => {
    const guest = await load('utf16')
    expect(thrownBy(() => guest.raw(524286, 2))).toMatchObject(
      error('[2 MemoryAccessViolation]: 4 bytes at 524286 do not lie in the memory of 524288 bytes'),
    )
    const other = await load('compact-utf16')
    expect(thrownBy(() => other.raw(0, 0xffffffff))).toMatchObject(
      error('[14 AbiViolation]: a string or list of 4294967294 bytes is over the limit of 268435455'),
    )
  })

  test('Latin-1 is ISO 8859-1, not windows-1252', async () => {
    const guest = await load('compact-utf16')
    guest.poke(64, 0xff9f8041)
    expect(guest.raw(64, 4)).toBe('A\x80\x9fÿ')
  })
})
