// Small guests that other languages' tools would make, each with one thing of its own.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco'
import { afterAll, expect, test } from 'vitest'
import { generateWorld, importWorld, temporaryFolder } from '../helpers/echo-guest-world.ts'

const folder = temporaryFolder('small-guests')
afterAll(() => rmSync(folder, { recursive: true }))

type Api = Record<string, (...args: unknown[]) => unknown>

/** An instance of a guest of the world `small`, seen through its interface `api`. */
async function load(name: string, wit: string, wat: string, imports: object = {}): Promise<Api> {
  const { file } = generateWorld(wit, 'small', join(folder, name))
  const binary = await parse(`(module (memory (export "memory") 1) ${wat})`)
  const embedded = await componentEmbed({ binary, witSource: wit, world: 'small', stringEncoding: 'utf8' })
  const Small = await importWorld(file, 'Small')
  const instance = Small.instantiate(await Small.compile(await componentNew(embedded, [])), { imports })
  return (instance as unknown as { readonly api: Api }).api
}

// Known bug: the resource has no entry in the instance's table. `fails` goes when it is fixed.
test('a guest that never drops, calls or makes a resource can still be given it, and give it back', async () => {
  const wit = `package t:t;
    interface host { resource thing; }
    interface api { use host.{thing}; echo: func(t: thing) -> thing; }
    world small { import host; export api; }`
  class Thing {}
  const api = await load('unused', wit, '(func (export "t:t/api#echo") (param i32) (result i32) (local.get 0))', {
    't:t/host': { Thing },
  })
  const thing = new Thing()
  expect(api['echo']?.(thing)).toBe(thing)
})

test('post-return runs after functions with a plain result, or none', async () => {
  const wit = `package t:t;
    interface api {
      number: func() -> u32; nothing: func(); flag: func(x: bool) -> bool; done: func() -> result; calls: func() -> u32;
    }
    world small { export api; }`
  const post = (name: string, params: string): string =>
    `(func (export "cabi_post_t:t/api#${name}") ${params}
      (global.set $calls (i32.add (global.get $calls) (i32.const 1))))`
  const api = await load(
    'post-return',
    wit,
    `(global $calls (mut i32) (i32.const 0))
    (func (export "t:t/api#number") (result i32) (i32.const 5))
    ${post('number', '(param i32)')}
    (func (export "t:t/api#nothing"))
    ${post('nothing', '')}
    (func (export "t:t/api#flag") (param i32) (result i32) (local.get 0))
    ${post('flag', '(param i32)')}
    (func (export "t:t/api#done") (result i32) (i32.const 0))
    ${post('done', '(param i32)')}
    (func (export "t:t/api#calls") (result i32) (global.get $calls))`,
  )
  expect(api['number']?.()).toBe(5)
  expect(api['calls']?.()).toBe(1)
  expect(api['nothing']?.()).toBeUndefined()
  expect(api['calls']?.()).toBe(2)
  expect(api['flag']?.(true)).toBe(true)
  expect(api['calls']?.()).toBe(3)
  expect(api['done']?.()).toBeUndefined()
  expect(api['calls']?.()).toBe(4)
})

test('strings that end with the last byte of the memory', async () => {
  const wit = `package t:t;
    interface api { text: func(s: string) -> string; }
    world small { export api; }`
  const api = await load(
    'full',
    wit,
    `(global $end (mut i32) (i32.const 65536))
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
      (drop (memory.grow (i32.const 1)))
      (global.set $end (i32.add (global.get $end) (i32.const 65536)))
      (memory.copy (i32.sub (global.get $end) (local.get 3)) (local.get 0)
        (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
      (i32.sub (global.get $end) (local.get 3)))
    (func (export "t:t/api#text") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0))`,
  )
  for (const text of ['', 'a', 'é', 'x'.repeat(65536)]) expect(api['text']?.(text)).toBe(text)
})
