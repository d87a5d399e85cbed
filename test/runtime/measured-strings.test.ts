// componentize-py's realloc allocates and cannot grow what it has allocated: strings are measured before they are stored.
import { beforeAll, describe, expect, test } from 'vitest'
import { compile, instantiate, type CompiledComponent } from 'witgen/runtime'
import { thrownBy } from '../e2e/guests.ts'
import { wat } from '../helpers/wat.ts'

/** A component whose realloc traps when it is to grow something; it is linked as `wit-component` links libraries. */
const guest = (library: string): string => `(component
  (type $put-type (func (param "s" string) (result string)))
  (import "put" (func $put (type $put-type)))
  (core module $Library
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (if (i32.or (local.get 0) (local.get 1)) (then unreachable))
      (global.get $next)
      (global.set $next (i32.add (global.get $next) (local.get 3)))))
  (core instance $library (instantiate $Library))
  (alias core export $library "memory" (core memory $memory))
  (alias core export $library "realloc" (core func $realloc))
  (core func $put-core (canon lower (func $put) (memory $memory) (realloc $realloc)))
  (core instance $host (export "put" (func $put-core)))
  (core module $Main
    (import "${library}" "memory" (memory 1))
    (import "host" "put" (func $put (param i32 i32 i32)))
    (func (export "echo") (param i32 i32) (result i32)
      (i32.store (i32.const 16) (local.get 0))
      (i32.store (i32.const 20) (local.get 1))
      (i32.const 16))
    (func (export "through") (param i32 i32) (result i32)
      (call $put (local.get 0) (local.get 1) (i32.const 16))
      (i32.const 16)))
  (core instance $main (instantiate $Main (with "${library}" (instance $library)) (with "host" (instance $host))))
  (func (export "echo") (type $put-type) (canon lift (core func $main "echo") (memory $memory) (realloc $realloc)))
  (func (export "through") (type $put-type) (canon lift (core func $main "through") (memory $memory) (realloc $realloc))))`

interface Exports {
  echo(s: string): string
  through(s: string): string
}

const TEXTS = [
  '',
  'a',
  'é',
  '日本語',
  '🎉 a',
  'a\0b',
  '\uFEFFbom',
  'x'.repeat(40),
  `${'x'.repeat(40)}é`,
  '€'.repeat(500),
]

describe('a guest that is made by componentize-py', () => {
  let compiled: CompiledComponent
  const start = (put: (s: string) => unknown = (s) => s): Exports =>
    instantiate<Exports>(compiled, { imports: { put } }).exports
  beforeAll(async () => {
    compiled = await compile(await wat(guest('libcomponentize_py_runtime.so')))
  })

  test.each(TEXTS)('takes the string %j', (text) => {
    expect(start().echo(text)).toBe(text)
    expect(start().through(text)).toBe(text)
    expect(start(() => text).through('')).toBe(text)
  })

  test('lone surrogates become U+FFFD', () => {
    expect(start().echo('a\ud800b\udc00')).toBe('a\ufffdb\ufffd')
  })

  test('what is no string, or too long, is refused', () => {
    const { echo } = start() as unknown as Record<string, (x: unknown) => unknown>
    expect(String(thrownBy(() => echo?.(5)))).toContain('[1 InvalidParam]: echo: s: expected string, got 5')
    expect(String(thrownBy(() => echo?.('x'.repeat(2 ** 28))))).toContain('at most 268435455 bytes')
  })
})

test('strings of other guests are stored as the specification does it, in a block that grows', async () => {
  const { echo } = instantiate<Exports>(await compile(await wat(guest('library'))), {
    imports: { put: String },
  }).exports
  expect(echo('a')).toBe('a')
  expect(String(thrownBy(() => echo('é')))).toContain('[10 Unreachable]')
})
