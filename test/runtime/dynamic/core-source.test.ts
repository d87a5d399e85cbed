// Core modules with the canonical names of a world, as bindings generators make them, in place of components.
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CompiledComponent } from 'witgen/runtime'
import { compile } from 'witgen/runtime/v1'
import { analysisExports } from '../../../generated/demo/pipeline/analysis.codec.ts'
import type { Analysis } from '../../../generated/demo/pipeline/analysis.ts'
import { logImports } from '../../../generated/demo/pipeline/log.codec.ts'
import { planComponent } from '../../../src/component/compile.ts'
import { enterRunning, leave } from '../../../src/runtime/abi/calls.ts'
import type { ExportedInterface, ImportedInterface, WorldDescriptor } from '../../../src/runtime/descriptor.ts'
import { readSignature } from '../../../src/runtime/dynamic/signature-reader.ts'
import { instantiateWorld } from '../../../src/runtime/instance.ts'
import { funcSignature, type World } from '../../../src/ir/index.ts'
import { rejectionOf, rustGuest } from '../../e2e/guests.ts'
import { ALLOCATOR, wat } from '../../helpers/wat.ts'

const pipeline: WorldDescriptor = {
  abi: 1,
  id: 'demo:pipeline/pipeline@0.1.0',
  imports: [logImports],
  exports: [analysisExports],
}

describe('the core module inside the Rust guest', () => {
  let compiled: CompiledComponent
  beforeAll(async () => {
    const [core = new Uint8Array()] = planComponent(readFileSync(rustGuest)).modules
    compiled = await compile(core, pipeline)
  })

  test('answers as the component does, and calls the host', () => {
    const lines: unknown[] = []
    const imports = { 'demo:pipeline/log': { log: (...line: unknown[]) => void lines.push(line) } }
    const analysis: Analysis = instantiateWorld(pipeline, compiled, { imports }).bind(analysisExports)
    expect(analysis.shout('straße')).toBe('STRASSE')
    expect(analysis.preprocess([{ id: 1, weight: 2, label: 'x' }])).toEqual([{ id: 1, weight: 1, label: 'x' }])
    expect(analysis.bounds([2, 1])).toEqual([1, 2])
    expect(lines).toEqual([['info', 'kept 1 of 1 samples']])
  })

  test('needs what the world imports', () => {
    expect(() => instantiateWorld(pipeline, compiled, { imports: {}, name: 'guest' })).toThrow(
      "imports['demo:pipeline/log'].log for demo:pipeline/log@0.1.0#log",
    )
  })
})

/** A world whose functions are never called from here: only their names and types matter. */
function world(imports: readonly Face[], exports: readonly Face[]): WorldDescriptor {
  return {
    abi: 1,
    id: 'test:core/w@1.0.0',
    imports: imports.map(({ id, functions, resources = [] }): ImportedInterface => ({
      id,
      types: {},
      functions: Object.fromEntries(
        Object.entries(functions).map(([name, signature]) => [
          name,
          { signature, member: name, lower: (_cx, host: Record<string, () => void>) => host[name] ?? (() => {}) },
        ]),
      ),
      resources: Object.fromEntries(resources.map((r, i) => [r, { member: r, slots: [900 + i, 910 + i] as const }])),
    })),
    exports: exports.map(({ id, functions, resources = [] }): ExportedInterface<unknown> => ({
      id,
      types: {},
      functions: Object.fromEntries(
        Object.entries(functions).map(([name, signature]) => [name, { signature, member: name }]),
      ),
      resources: Object.fromEntries(resources.map((r, i) => [r, 920 + i])),
      bind: (cx, exports) => {
        const call = (name: string) => (n: number) => {
          enterRunning(cx, name)
          const result = exports.core<(n: number) => unknown>(name)(n)
          leave(cx)
          return result
        }
        return Object.fromEntries(Object.keys(functions).map((name) => [name, call(name)]))
      },
    })),
  }
}

interface Face {
  readonly id: string
  readonly functions: Readonly<Record<string, string>>
  readonly resources?: readonly string[]
}

const messageOf = async (text: string, of: WorldDescriptor): Promise<string> =>
  String((await rejectionOf(async () => compile(await wat(text), of))) as Error)

describe('core modules', () => {
  test('resources in both directions, functions of the world itself, another version, _initialize', async () => {
    const of = world(
      [
        {
          id: 'test:core/host@1.0.0',
          functions: { '[method]blob.size': 'func(self: borrow<test:core/host#blob>) -> u32' },
          resources: ['blob'],
        },
        { id: '', functions: { tick: 'func() -> u32' } },
      ],
      [
        {
          id: 'test:core/api@1.1.0',
          functions: { make: 'func(n: u32) -> own<test:core/api#thing>' },
          resources: ['thing'],
        },
        { id: '', functions: { ticks: 'func() -> u32' } },
      ],
    )
    const core = await wat(`(module
      (import "test:core/host@1.0.0" "[method]blob.size" (func (param i32) (result i32)))
      (import "test:core/host@1.0.0" "[resource-drop]blob" (func (param i32)))
      (import "$root" "tick" (func $tick (result i32)))
      (import "[export]test:core/api@1.0.3" "[resource-new]thing" (func $new (param i32) (result i32)))
      (global $ticks (mut i32) (i32.const 0))
      (func (export "_initialize") (global.set $ticks (call $tick)))
      (func (export "test:core/api@1.0.3#make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "test:core/api@1.0.3#[dtor]thing") (param i32))
      (func (export "ticks") (result i32) (global.get $ticks)))`)
    const imports = { tick: () => 41, 'test:core/host': { blob: class {} } }
    const instance = instantiateWorld(of, await compile(core, of), { imports })
    const [api, root] = of.exports.map((face) => instance.bind(face) as Record<string, (n?: number) => number>)
    expect(root?.['ticks']?.()).toBe(41)
    expect(api?.['make']?.(7)).toBe(1)
  })

  test('every difference is named, beside what was expected and found', async () => {
    const of = world(
      [{ id: 'test:core/host', functions: { take: 'func(s: string)' } }],
      [{ id: 'test:core/api', functions: { a: 'func(x: u64) -> string', b: 'func()', c: 'func(x: list<u8>)' } }],
    )
    const text = `(module
      (import "test:core/host" "take" (func (param i32)))
      (import "env" "abort" (func))
      (func (export "test:core/api#a") (param i32) (result i32) unreachable)
      (func (export "run")))`
    expect(await messageOf(text, of)).toBe(
      'WasmError: wasm module component error [5 InvalidModule]: expected a component, or a core module of the world ' +
        'test:core/w@1.0.0 with the exports test:core/api#a, memory, test:core/api#b, test:core/api#c, cabi_realloc; ' +
        'got a core module with the exports test:core/api#a, run:\n' +
        "  its export test:core/api#a has the type (i32) -> (i32), the world's is (i64) -> (i32)\n" +
        '  it does not export memory\n' +
        '  it does not export test:core/api#b\n' +
        '  it does not export test:core/api#c\n' +
        '  it does not export cabi_realloc\n' +
        "  its import test:core/host take has the type (i32) -> (), the world's is (i32, i32) -> ()\n" +
        '  it imports env (abort), which the world does not have',
    )
  })

  test('allocator, post-return and memory have to be of their types, too', async () => {
    const of = world([], [{ id: 'test:core/api', functions: { a: 'func(x: string) -> string' } }])
    const text = `(module
      (memory (export "memory") i64 1)
      (func (export "cabi_realloc") (param i32 i32) (result i32) unreachable)
      (func (export "test:core/api#a") (param i32 i32) (result i32) unreachable)
      (func (export "cabi_post_test:core/api#a") (param i64)))`
    expect(await messageOf(text, of)).toContain(
      ':\n  test:core/api#a: its post-return `cabi_post_test:core/api#a` is (i64) -> (), expected (i32) -> ()\n' +
        '  test:core/api#a: its realloc `cabi_realloc` is (i32, i32) -> (i32), expected (i32, i32, i32, i32) -> (i32)\n' +
        '  test:core/api#a: its memory `memory` is indexed by i64, expected i32',
    )
  })

  test('a module for WASI preview 1 needs an adapter: the command is there', async () => {
    const of = world([], [{ id: '', functions: { run: 'func()' } }])
    const text = `(module
      (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
      (func (export "_start")))`
    expect(await messageOf(text, of)).toBe(
      'WasmError: wasm module component error [5 InvalidModule]: expected a component, or a core module of the world ' +
        'test:core/w@1.0.0 with the exports run; got a core module with the exports _start:\n' +
        '  it does not export run\n' +
        '  it imports wasi_snapshot_preview1 (fd_write, proc_exit), which the world does not have\n' +
        'make a component of it with `wasm-tools component embed WIT --world WORLD guest.wasm -o embedded.wasm` (unless its ' +
        'build has done that) and `wasm-tools component new embedded.wasm ' +
        '--adapt wasi_snapshot_preview1=wasi_snapshot_preview1.reactor.wasm -o component.wasm`',
    )
  })

  test('memory and allocator are used', async () => {
    const of = world(
      [{ id: 'test:core/host', functions: { name: 'func() -> string' } }],
      [{ id: '', functions: { run: 'func()' } }],
    )
    const core = await wat(`(module
      (import "test:core/host" "name" (func $name (param i32)))
      ${ALLOCATOR}
      (func (export "run") (call $name (i32.const 8))))`)
    const plan = await compile(core, of)
    expect(() => instantiateWorld(of, plan, { imports: { 'test:core/host': { name: () => '' } } })).not.toThrow()
  })
})

test.each([
  'func()',
  'async func(a: stream, b: stream<u8>, c: future) -> future<string>',
  'func(a: bool, b-c: list<list<u8>, 3>) -> tuple<s8, option<option<char>>>',
  'func(r: record { a: u8, b-c: string }) -> variant { none, some(u32), list(list<f64>) }',
  'func(e: enum { a, b }, f: flags { x, y-z }) -> map<string, error-context>',
  'func() -> result',
  'func() -> result<u8>',
  'func() -> result<_, string>',
  'func() -> result<list<s64>, result<_, _>>',
  'func(a: own<ns:pkg/iface#thing>, b: borrow<#root>) -> option<own<local#thing>>',
])('%s is read as it is written', (text) => {
  const func = readSignature('f', text, (name) => {
    return {
      name,
      type: { kind: 'resource' },
      owner: {} as World,
      docs: undefined,
      stability: { level: 'unknown' },
      span: undefined,
    }
  })
  const written = funcSignature(func, { type: () => undefined, resource: (def) => def.name })
  // `result<_, _>` has a shorter form.
  expect(written).toBe(text.replace('result<_, _>', 'result'))
})

test.each(['func(', 'func(a: u7)', 'func(a u8)', 'func() -> list<>', 'func() -> tuple<_>', 'func() x'])(
  '%s is no signature',
  (text) => {
    expect(() => readSignature('f', text, () => ({}) as never)).toThrow(TypeError)
  },
)
