// What the contract says is refused when a guest is compiled and instantiated: exact codes and messages.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile, instantiate, type CompiledComponent } from 'witgen/runtime'
import { instantiateWorld } from 'witgen/runtime/v1'
import { temporaryFolder, type WorldClass } from '../helpers/echo-guest-world.ts'
import { componentOf, wat } from '../helpers/wat.ts'
import { messageOf, outcomeOf, thrownBy, worldOf, type AnyFunction } from '../hostile/guest.ts'
import { TRACKS, twoVersionsCore, twoVersionsWit, versionedCore, versionedWit } from './versions.ts'

const folder = temporaryFolder('contract')
afterAll(() => rmSync(folder, { recursive: true }))

const prefix = (version: string): string => version.replace(/\W/g, '_')
const versions = [...new Set(TRACKS.flatMap(([world, guest]) => [world, guest]))]
const components = new Map<string, Uint8Array>()
const worlds = new Map<string, WorldClass>()
beforeAll(async () => {
  for (const version of versions) {
    components.set(version, await componentOf(versionedCore(version), versionedWit(version)))
    worlds.set(version, await worldOf(join(folder, `v${prefix(version)}`), versionedWit(version)))
  }
})

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it has not been built')
  return value
}
const bytesOf = (version: string): Uint8Array => present(components.get(version))
const worldAt = (version: string): WorldClass => present(worlds.get(version))

type Api = { readonly api: Record<string, AnyFunction> }
async function load(World: WorldClass, bytes: Uint8Array, imports: object): Promise<Api> {
  return World.instantiate(await World.compile(bytes), { imports, name: 'guest' }) as unknown as Api
}
const plusOne = { n: (a: number): number => a + 1 }

async function refusalOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    return messageOf(error)
  }
  throw new Error('it was not refused')
}

describe('versions within and outside a track', () => {
  test.each(TRACKS)('world %s, guest %s: %s', async (world, guest, fits) => {
    const loaded = load(worldAt(world), bytesOf(guest), { 'dep:d/host': plusOne })
    if (fits) expect((await loaded).api['f']?.(1)).toBe(2)
    else {
      const lines = [`  dep:d/api${world}: the guest does not export it; it exports dep:d/api${guest}`]
      // An import without a version is what the bare key gives, whatever the world says.
      if (guest !== '') {
        lines.push(
          `  dep:d/host${guest} (n): the guest needs this import, the world does not have it; the world imports dep:d/host${world}`,
        )
      }
      const text = `[7 WorldMismatch]: the guest does not fit the world test:t/w:\n${lines.join('\n')}`
      expect(await refusalOf(loaded)).toBe(text)
    }
  })
})

describe('import keys', () => {
  const by = (answer: number): object => ({ n: () => answer })
  const KEYS: readonly (readonly [keys: readonly string[], served: number])[] = [
    [['dep:d/host'], 1],
    [['dep:d/host@1.2.0'], 1],
    [['dep:d/host@1.0.0'], 1],
    [['dep:d/host@1.9.0'], 1],
    [['dep:d/host', 'dep:d/host@1.2.0'], 2],
    [['dep:d/host', 'dep:d/host@1.9.0'], 2],
    [['dep:d/host@1.9.0', 'dep:d/host@1.2.0'], 2],
    [['dep:d/host@1.4.0', 'dep:d/host@1.10.0', 'dep:d/host@1.9.0'], 2],
    [['dep:d/host@2.0.0', 'dep:d/host'], 2],
  ]
  test.each(KEYS)('%j', async (keys, served) => {
    const imports = Object.fromEntries(keys.map((key, i) => [key, by(i + 1)]))
    expect((await load(worldAt('@1.2.0'), bytesOf('@1.2.0'), imports)).api['f']?.(0)).toBe(served)
    const { exports } = instantiate<{ readonly 'dep:d/api': Record<string, AnyFunction> }>(
      await compile(bytesOf('@1.2.0')),
      { imports },
    )
    expect(exports['dep:d/api']['f']?.(0)).toBe(served)
  })

  const MISSING = "imports['dep:d/host'].n for dep:d/host@1.2.0#n"
  test.each<readonly [title: string, imports: object, hint: string]>([
    ['nothing', {}, ''],
    ['another interface', { 'a:b/c': by(1) }, ''],
    ['another track', { 'dep:d/host@2.0.0': by(1) }, "; there is 'dep:d/host@2.0.0'"],
    ['a typing mistake', { 'dep:d/hots': by(1) }, "; there is 'dep:d/hots'"],
    ['the short name', { host: by(1) }, "; there is 'host'"],
    ['undefined', { 'dep:d/host': undefined }, '; what is there is no object'],
    ['null', { 'dep:d/host': null }, '; what is there is no object'],
    ['a number', { 'dep:d/host': 5 }, '; what is there is no object'],
    ['no function', { 'dep:d/host': { n: 5 } }, '; what is there is no function'],
    ['null as a function', { 'dep:d/host': { n: null } }, '; what is there is no function'],
    ['another case', { 'dep:d/host': { N: () => 1 } }, "; there is 'N'"],
    ['{ default } for an interface', { 'dep:d/host': { default: () => 1 } }, ''],
  ])('LinkError: %s', async (_, imports, hint) => {
    const text = `[6 LinkError]: the guest needs imports that are not given:\n  ${MISSING}${hint}`
    expect(await refusalOf(load(worldAt('@1.2.0'), bytesOf('@1.2.0'), imports))).toBe(text)
    const compiled = await compile(bytesOf('@1.2.0'))
    expect(outcomeOf(() => instantiate(compiled, { imports, name: 'guest' }))).toBe(text)
  })

  test.each([
    ['1.0.0', '2.0.0', false],
    ['0.1.0', '0.2.0', false],
    ['1.0.0', '1.1.0', true],
  ])('a bare key for the versions %s and %s', async (a, b, serves) => {
    const World = await worldOf(folder, twoVersionsWit(a, b))
    const bytes = await componentOf(twoVersionsCore(a, b), twoVersionsWit(a, b))
    const bare = load(World, bytes, { 'dep:d/host': by(3) })
    if (serves) expect((await bare).api['f']?.(0)).toBe(303)
    else {
      const line = (v: string): string =>
        `  imports['dep:d/host@${v}'].n for dep:d/host@${v}#n; 'dep:d/host' is ambiguous, since the world imports several versions of it`
      expect(await refusalOf(bare)).toBe(
        `[6 LinkError]: the guest needs imports that are not given:\n${line(a)}\n${line(b)}`,
      )
    }
    if (serves) return
    const both = { [`dep:d/host@${a}`]: by(1), [`dep:d/host@${b}`]: by(2), 'dep:d/host': by(9) }
    expect((await load(World, bytes, both)).api['f']?.(0)).toBe(201)
  })

  describe('of the world itself', () => {
    const wit = `package test:t;
      interface api { f: func() -> u32; }
      world w { import to-do: func() -> u32; import inline: interface { n: func() -> u32; } export api; export run-it: func() -> u32; }`
    const core = `(module
      (import "$root" "to-do" (func $todo (result i32))) (import "inline" "n" (func $n (result i32)))
      (func (export "run-it") (result i32) (call $todo))
      (func (export "test:t/api#f") (result i32) (i32.add (call $todo) (call $n))))`
    let World: WorldClass
    let compiled: CompiledComponent
    beforeAll(async () => {
      World = await worldOf(folder, wit)
      compiled = await World.compile(await componentOf(core, wit))
    })
    const inline = { n: (): number => 20 }
    test.each<readonly [title: string, imports: object]>([
      ['kebab names', { 'to-do': () => 1, inline }],
      ['{ default }', { 'to-do': { default: () => 1 }, inline }],
    ])('%s', (_, imports) => {
      const object = World.instantiate(compiled, { imports }) as unknown as Api & { runIt(): number }
      expect([object.runIt(), object.api['f']?.()]).toEqual([1, 21])
    })
    test.each<readonly [title: string, imports: object, lines: readonly string[]]>([
      ['nothing', {}, ["imports['to-do']", "imports['inline'].n for inline#n"]],
      ['camelCase', { toDo: () => 1, inline }, ["imports['to-do']; there is 'toDo'"]],
      ['an object without default', { 'to-do': {}, inline }, ["imports['to-do']; what is there is no function"]],
      ['default that is no function', { 'to-do': { default: 1 }, inline }, ["imports['to-do']; what is there is no function"]], // prettier-ignore
      ['$root', { $root: { 'to-do': () => 1 }, inline }, ["imports['to-do']"]],
    ])('LinkError: %s', (_, imports, lines) => {
      const text = `[6 LinkError]: the guest needs imports that are not given:\n${lines.map((l) => `  ${l}`).join('\n')}`
      expect(outcomeOf(() => World.instantiate(compiled, { imports, name: 'guest' }))).toBe(text)
    })
  })
})

describe('what fits and what does not', () => {
  const world = `package test:t; interface host { n: func(); } interface api { f: func(a: u32) -> string; g: func(); } world w { import host; export api; }`
  let World: WorldClass
  beforeAll(async () => {
    World = await worldOf(folder, world)
  })
  const guest = (wit: string, core: string): Promise<Uint8Array> => componentOf(core, `package test:t; ${wit}`)
  const memory = '(memory (export "memory") 1)'

  test('every difference at once', async () => {
    const bytes = await guest(
      'interface host { m: func(); } interface more { x: func(); } interface api { f: func(a: u64) -> string; } world w { import host; import more; export api; }',
      `(module (import "test:t/host" "m" (func)) (import "test:t/more" "x" (func)) ${memory}
        (func (export "test:t/api#f") (param i64) (result i32) i32.const 0))`,
    )
    expect(await refusalOf(load(World, bytes, {}))).toBe(`[7 WorldMismatch]: the guest does not fit the world test:t/w:
  test:t/api#g: the guest does not export it
  test:t/api#f: the types differ
    expected  func(a: u32) -> string
    found     func(a: u64) -> string
                      ^
  test:t/host#m: the guest calls it, the world does not have it
  test:t/more (x): the guest needs this import, the world does not have it`)
  })

  test('an import that the world lacks is LinkError; fine when it is given', async () => {
    const bytes = await guest(
      'interface more { x: func(); } interface api { f: func(a: u32) -> string; g: func(); } world w { import more; export api; }',
      `(module (import "test:t/more" "x" (func $x)) ${memory}
        (func (export "test:t/api#f") (param i32) (result i32) i32.const 0) (func (export "test:t/api#g") (call $x)))`,
    )
    const text = `[6 LinkError]: the guest does not fit the world test:t/w:
  test:t/more (x): the guest needs this import, the world does not have it`
    expect(await refusalOf(load(World, bytes, { 'test:t/host': { n() {} } }))).toBe(text)
    let calls = 0
    const loaded = await load(World, bytes, { 'test:t/more': { x: () => void calls++ } })
    expect([loaded.api['g']?.(), calls]).toEqual([undefined, 1])
  })

  test('extra exports, and imports that it does not call, are fine', async () => {
    const bytes = await guest(
      'interface also { y: func(); } interface api { f: func(a: u32) -> string; g: func(); h: func(); } world w { export also; export api; }',
      `(module ${memory} (func (export "test:t/also#y")) (func (export "test:t/api#h"))
        (func (export "test:t/api#f") (param i32) (result i32) i32.const 0) (func (export "test:t/api#g")))`,
    )
    expect((await load(World, bytes, {})).api['f']?.(1)).toBe('')
  })
})

describe('sources', () => {
  const pipeline = readFileSync(new URL('../guests/rust/pipeline.wasm', import.meta.url))
  const PREFIX = 'WasmError: wasm module component error [5 InvalidModule]:'

  test.each<readonly [title: string, source: Uint8Array, text: string]>([
    ['nothing', new Uint8Array(0), 'expected a component, got something that is not WebAssembly (at byte 0)'],
    ['text', new TextEncoder().encode('(component)'), 'expected a component, got something that is not WebAssembly (at byte 0)'], // prettier-ignore
  ])('%s', async (_, source, text) => {
    expect(await refusalOf(compile(source))).toBe(`${PREFIX} ${text}`)
  })

  test('cut off anywhere, it is InvalidModule; between two sections, it is another component', async () => {
    // All short pieces, then a sample.
    for (let n = 0; n < pipeline.length; n += n < 400 ? 1 : 4099) {
      const refusal = await refusalOf(load(worldAt('@1.2.0'), pipeline.subarray(0, n), {}))
      expect(refusal, `${n} bytes`).toMatch(/\[5 InvalidModule\]|\[7 WorldMismatch\]/)
    }
  })

  test.each<readonly [title: string, source: unknown, given: string]>([
    ['a number', 5, 'Number'],
    ['null', null, 'Null'],
    ['undefined', undefined, 'Undefined'],
    ['an object', {}, 'Object'],
    ['an array', [0, 97, 115, 109], 'Array'],
    ['a view of another kind', new Uint16Array(4), 'Uint16Array'],
    ['a Promise', Promise.resolve(pipeline), 'Promise'],
  ])('%s is no source', async (_, source, given) => {
    expect(await refusalOf(compile(source as Uint8Array))).toBe(
      `${PREFIX} a source is a path, a URL, a Uint8Array, an ArrayBuffer, a Response or a compiled component, got ${given}`,
    )
  })

  test('a feature that no engine has, by its name', async () => {
    const core = '(module (memory 1 (pagesize 1)))'
    const bytes = await wat(`(component (core module ${core.slice(8, -1)}))`)
    expect(await refusalOf(compile(bytes))).toBe(
      `${PREFIX} the guest needs memories with a page size of their own, which no released engine has on; this engine does not have it`,
    )
  })

  test('what has not been compiled cannot be instantiated', () => {
    const text = '[5 InvalidModule]: expected the compiled component that compile() resolves to'
    const World = worldAt('@1.2.0')
    expect(outcomeOf(() => World.instantiate(pipeline as never, { imports: {}, name: 'guest' }))).toBe(text)
    expect(outcomeOf(() => World.instantiate(undefined as never, { imports: {}, name: 'guest' }))).toBe(text)
  })
})

test('generated code of another version of the runtime', async () => {
  const compiled = await compile(bytesOf('@1.2.0'))
  const world = { abi: 2, id: 'a:b/c', imports: [], exports: [] } as unknown as Parameters<typeof instantiateWorld>[0]
  const error = thrownBy(() => instantiateWorld(world, compiled, { name: 'guest' }))
  expect(error).toMatchObject({ code: 8, codeName: 'Unsupported' })
  expect(messageOf(error)).toBe(
    "[8 Unsupported]: the generated code of a:b/c is for version 2 of the runtime's interface, this runtime has version 1: generate it again with the version of witgen that is installed",
  )
})

test('after dispose', async () => {
  const instance = (await load(worldAt('@1.2.0'), bytesOf('@1.2.0'), { 'dep:d/host': plusOne })) as Api & {
    dispose(): void
    [Symbol.dispose](): void
  }
  const { api } = instance
  instance.dispose()
  instance.dispose()
  instance[Symbol.dispose]()
  const error = thrownBy(() => api['f']?.(1))
  expect(error).toMatchObject({ code: 20, codeName: 'Disposed', function: 'dep:d/api#f' })
  expect(messageOf(error)).toBe('[20 Disposed]: this instance has been disposed')
})
