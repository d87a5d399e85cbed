// Several instances of a world: their calls go through functions that they share, and reach the right instance.
import { afterEach, expect, test } from 'vitest'
import { isWasmError } from 'witgen/runtime'
import type { Pipeline } from '../../generated/pipeline.ts'
import { dispatchModule, type CoreSignature } from '../../src/runtime/dispatch-module.ts'
import { dispatchOf } from '../../src/runtime/dispatch.ts'
import { emptySeat, fillSeat, SEATS } from '../../src/runtime/dispatch-table.ts'
import { ALONE, Context, STANDS } from '../../src/runtime/context.ts'
import type { CoreExports, CoreFunction } from '../../src/runtime/descriptor.ts'
import { settle, unseat } from '../../src/runtime/seats.ts'
import { loadWithLog } from '../e2e/guests.ts'
import { wat } from '../helpers/wat.ts'

const open: Pipeline[] = []
const { Module } = WebAssembly
afterEach(() => {
  WebAssembly.Module = Module
  for (const pipeline of open.splice(0)) pipeline.dispose()
})

/** What an instance has logged, which tells it from the others. */
interface Logged {
  readonly pipeline: Pipeline
  readonly lines: string[]
}

async function load(n: number): Promise<readonly Logged[]> {
  const made: Logged[] = []
  for (let i = 0; i < n; i++) {
    const lines: string[] = []
    const pipeline = await loadWithLog((_, message) => void lines.push(message))
    open.push(pipeline)
    made.push({ pipeline, lines })
  }
  return made
}

/** Calls that take and give strings, lists, i64 and f64, and call the host. */
function use({ pipeline: { analysis }, lines }: Logged): void {
  lines.length = 0
  const samples = [{ id: 1, weight: 2, label: 'é' }]
  expect(analysis.preprocess(samples)).toEqual([{ id: 1, weight: 1, label: 'é' }])
  expect(lines).toHaveLength(1)
  expect(analysis.shout('straße')).toBe('STRASSE')
  expect(analysis.advance(2n ** 40n, -1n)).toBe(2n ** 40n - 1n)
  expect([...analysis.scale([1.5, 2], 2)]).toEqual([3, 4])
  expect(() => analysis.summarise([])).toThrow('empty-input')
}

// The first test: afterwards the modules are there.
test('who looks on while guests are instantiated sees guests only', async () => {
  const { Instance } = WebAssembly
  const seen: string[][] = []
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args: ConstructorParameters<typeof Instance>) {
      const instance = new target(...args)
      seen.push(Object.keys(instance.exports))
      return instance
    },
  })
  try {
    await load(1)
    const alone = seen.splice(0)
    await load(1)
    expect(seen).toEqual(alone)
  } finally {
    WebAssembly.Instance = Instance
  }
})

test.each([1, 2, SEATS, SEATS + 5])('%d instances in turn', async (n) => {
  const all = await load(n)
  for (let round = 0; round < 3; round++) for (const one of all) use(one)
})

test('seats go from one instance to the next', async () => {
  for (let round = 0; round < 3; round++) {
    const all = await load(5)
    for (const one of all) use(one)
    const [first, ...rest] = all
    first?.pipeline.dispose()
    expect(() => first?.pipeline.analysis.shout('a')).toThrow(expect.objectContaining({ codeName: 'Disposed' }))
    for (const one of rest) use(one)
    for (const { pipeline } of rest.slice(1)) pipeline.dispose()
  }
})

test('a trap poisons the instance that it happened in, and no stack shows what lies between', async () => {
  const [one, other] = await load(2)
  if (one === undefined || other === undefined) throw new Error('two were loaded')
  let error: unknown
  try {
    one.pipeline.analysis.crash('unreachable')
  } catch (thrown) {
    error = thrown
  }
  if (!isWasmError(error)) throw error
  expect(error.codeName).toBe('Unreachable')
  expect(error.frames.at(-1)?.functionName).toMatch(/#crash$/u)
  expect(() => one.pipeline.analysis.shout('a')).toThrow(expect.objectContaining({ codeName: 'InstancePoisoned' }))
  use(other)
})

test('where the engine has no tail calls, instances are called as if each were alone', async () => {
  WebAssembly.Module = new Proxy(Module, {
    construct(target, [bytes]: [Uint8Array<ArrayBuffer>]) {
      // Modules for dispatch import the table `t.t`.
      if (bytes.length < 4096 && Module.imports(new target(bytes)).some(({ kind }) => kind === 'table'))
        throw new WebAssembly.CompileError('no tail calls')
      return new target(bytes)
    },
  })
  const dispatch = dispatchOf({ f: 'i:i' })
  expect(() => fillSeat(dispatch, 0, () => () => 1)).toThrow(WebAssembly.CompileError)
  for (const one of await load(2)) use(one)
})

test('who sits where', () => {
  const dispatch = dispatchOf({})
  const exports: CoreExports = { core: unused, postReturn: unused, resource: unused, drop: unused }
  const come = (): Context => {
    const cx = new Context('guest')
    settle(cx, dispatch, exports, {})
    return cx
  }
  const alone = come()
  const others = Array.from({ length: SEATS }, come)
  expect([alone, ...others].map(({ seat }) => seat)).toEqual([ALONE, ...Array.from({ length: SEATS }, (_, i) => i)])
  // All seats are taken: the one that has sat longest gives way, and stands from then on.
  const [first, second] = others
  const late = come()
  expect([first?.seat, second?.seat, late.seat]).toEqual([STANDS, 1, 0])
  if (first !== undefined) settle(first, dispatch, exports, {})
  expect(first?.seat).toBe(STANDS)
  // Who has left leaves the place to the next, that of the one without a seat first.
  unseat(alone)
  if (second !== undefined) unseat(second)
  const [again, after] = [come(), come()]
  expect([again.seat, after.seat]).toEqual([ALONE, 1])
  for (const cx of [...others, late, again, after]) unseat(cx)
  expect(come().seat).toBe(ALONE)
})

function unused(): never {
  throw new Error('there are no functions')
}

/** Makes functions of WebAssembly of the signatures, which call one of the host. */
async function relays(signatures: readonly CoreSignature[]): Promise<readonly Relay[]> {
  const types: Readonly<Record<string, string>> = { i: 'i32', l: 'i64', f: 'f32', d: 'f64' }
  const list = (keyword: string, letters: string): string =>
    letters === '' ? '' : `(${keyword} ${[...letters].map((letter) => types[letter]).join(' ')})`
  const functions = signatures.map((signature, i) => {
    const [params = '', result = ''] = signature.split(':')
    return `(import "f" "${i}" (func $f${i} ${list('param', params)} ${list('result', result)})) (export "${i}" (func $f${i}))`
  })
  const module = new Module((await wat(`(module ${functions.join(' ')})`)) as Uint8Array<ArrayBuffer>)
  return signatures.map((_, i) => (f) => {
    const all = Object.fromEntries(signatures.map((__, at) => [at, at === i ? f : (): void => {}]))
    return new WebAssembly.Instance(module, { f: all as never }).exports[i] as CoreFunction
  })
}
type Relay = (f: (...args: unknown[]) => unknown) => CoreFunction

test('every signature, in modules with many functions', async () => {
  const signatures: CoreSignature[] = ['', 'i', 'l', 'f', 'd', 'ilfd', 'i'.repeat(16)].flatMap((params) =>
    ['', 'i', 'l', 'f', 'd'].map((result): CoreSignature => `${params}:${result}`),
  )
  const value = (letter: string, n: number): unknown => (letter === 'l' ? BigInt(n) : n)
  const names = Array.from({ length: 200 }, (_, i) => [`f${i}`, signatures[i % signatures.length] ?? ':'] as const)
  expect(
    WebAssembly.validate(
      dispatchModule(
        names.map(([, s]) => s),
        SEATS,
      ),
    ),
  ).toBe(true)
  const dispatch = dispatchOf(Object.fromEntries(names)) as Record<string, (...args: unknown[]) => unknown>
  const relay = await relays(signatures)
  const seen: unknown[] = []
  for (const seat of [0, 3, SEATS - 1]) {
    fillSeat(dispatch, seat, (name) => {
      const signature = new Map<string, CoreSignature>(names).get(name) ?? ':'
      const wrap = relay[signatures.indexOf(signature)]
      if (wrap === undefined) throw new Error(`no function of ${signature}`)
      return wrap((...args) => {
        seen.push([seat, name, args])
        return signature.endsWith(':') ? undefined : value(signature.at(-1) ?? '', seat)
      })
    })
  }
  for (const seat of [0, 3, SEATS - 1]) {
    for (const [name, signature] of names) {
      const [params = '', result = ''] = signature.split(':')
      const args = [...params].map((letter, i) => value(letter, i + 1))
      seen.length = 0
      expect(dispatch[name]?.(seat, ...args)).toEqual(result === '' ? undefined : value(result, seat))
      expect(seen).toEqual([[seat, name, args]])
    }
  }
  emptySeat(dispatch, 3)
  expect(() => dispatch['f0']?.(3)).toThrow(WebAssembly.RuntimeError)
  expect(dispatch['f1']?.(0)).toBe(0)
  // What is no function of WebAssembly cannot sit.
  expect(() => fillSeat(dispatch, 3, () => () => 1)).toThrow(TypeError)
})
