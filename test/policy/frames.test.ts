// Under a policy other code runs than the guest's own: where it trapped is told in terms of its own all the same.
import { describe, expect, test } from 'vitest'
import {
  compile,
  instantiate,
  isWasmError,
  packError,
  resolveFrames,
  unpackError,
  type SecurityPolicy,
  type WasmError,
} from 'witgen/runtime'
import { thrownBy } from '../e2e/guests.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'
import { componentOf, wat } from '../helpers/wat.ts'
import { hostileGuest, loadHostile } from './guests.ts'

const POLICIES: readonly SecurityPolicy[] = [
  { fuel: 1e9 },
  { maxCallDepth: 100 },
  { maxMemoryPages: 1000 },
  { maxTableElements: 1000 },
  { fuel: 1e9, maxExecutionTimeMs: 1e4, maxCallDepth: 100, maxMemoryPages: 1000, maxTableElements: 1000 },
  { maxOutputBytes: 1000 },
]

/** The error of a call. */
function errorOf(call: () => unknown): WasmError {
  const error = thrownBy(call)
  if (!isWasmError(error)) throw error
  return error
}

const pathOf = (guest: string): string => guestFiles(`debug/${guest}.wasm`)[0]?.path ?? ''

async function trapOf(path: string, policy?: SecurityPolicy): Promise<WasmError> {
  const { exports } = await instantiate<{ 'test:faults/faults': { divide(a: number, b: number): number } }>(path, {
    policy,
  })
  return errorOf(() => exports['test:faults/faults'].divide(1, 0))
}

describe.skipIf(isSkipped('c')).each(POLICIES)('under %o', (policy) => {
  test.each(['debug', 'dwarf5', 'stripped'])('%s: the frames are those without a policy', async (guest) => {
    const [free, held] = [await trapOf(pathOf(guest)), await trapOf(pathOf(guest), policy)]
    expect(free.frames).toHaveLength(2)
    // The engine calls a module that has no name by a hash of its bytes.
    const anyModule = { module: expect.any(String) }
    expect(held.frames).toEqual(free.frames.map((frame) => ({ ...frame, ...anyModule })))
    const [before, after] = await Promise.all([free, held].map((error) => resolveFrames(error, pathOf(guest))))
    expect(after?.map(({ file, line, column }) => [file, line, column])).toEqual(
      before?.map(({ file, line, column }) => [file, line, column]),
    )
  })

  test('in JSON and on other threads, too', async () => {
    const error = await trapOf(pathOf('debug'), policy)
    const { frames } = await trapOf(pathOf('debug'))
    const offsets = frames.map(({ offset }) => offset)
    expect(error.toJSON().frames?.map(({ offset }) => offset)).toEqual(offsets)
    const unpacked = unpackError(structuredClone(packError(error))) as WasmError
    expect(unpacked.frames.map(({ offset }) => offset)).toEqual(offsets)
  })
})

test('the code that ends a guest is none of its frames', async () => {
  const offsets: (number | undefined)[] = []
  for (const policy of [{ fuel: 1000 }, { maxExecutionTimeMs: 20 }]) {
    const { api } = await loadHostile(policy)
    const { frames } = errorOf(() => api.spin())
    expect(frames).toHaveLength(1)
    offsets.push(frames[0]?.offset)
  }
  expect(offsets[0]).toBeGreaterThan(0)
  expect(offsets[1]).toBe(offsets[0])
  const { api } = await loadHostile({ maxCallDepth: 3 })
  const deep = errorOf(() => api.recurse(9)).frames
  expect(new Set(deep.map(({ functionName }) => functionName))).toEqual(new Set(['recurse']))
  expect(deep).toHaveLength(4)
})

test('every kind of instruction, by what it traps at', async () => {
  const core = `(module (memory (export "memory") 1) (table 2 funcref) (global $g (mut i32) (i32.const 0))
    (type $t (func (param i32) (result i32)))
    (func $deep (param i32) (result i32)
      (global.set $g (i32.add (global.get $g) (i32.const 1)))
      (if (i32.eq (local.get 0) (i32.const 1)) (then (drop (memory.grow (i32.const 1))) (unreachable)))
      (if (i32.eq (local.get 0) (i32.const 2)) (then (drop (table.get (i32.const 9)))))
      (if (i32.eq (local.get 0) (i32.const 3)) (then (drop (call_indirect (type $t) (i32.const 0) (i32.const 1)))))
      (if (i32.eq (local.get 0) (i32.const 4)) (then (memory.fill (i32.const 65535) (i32.const 0) (i32.const 9))))
      (loop $l (br_if $l (i32.lt_u (global.get $g) (i32.const 5))
        (global.set $g (i32.add (global.get $g) (i32.const 1))) ))
      (i32.div_u (local.get 0) (i32.const 0)))
    (func (export "f") (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0)))))`
  const bytes = await componentOf(core, 'package t:t; world w { export f: func(n: s32) -> s32; }')
  const framesOf = (policy: SecurityPolicy | undefined, n: number) => async () => {
    const { exports } = await instantiate<{ f(n: number): number }>(bytes, { policy })
    return errorOf(() => exports.f(n)).frames.map(({ offset, functionIndex }) => [functionIndex, offset])
  }
  for (let n = 0; n <= 4; n++) {
    const free = await framesOf(undefined, n)()
    expect(free).toHaveLength(2)
    for (const policy of POLICIES) expect(await framesOf(policy, n)()).toEqual(free)
  }
})

test('a trap while it is instantiated', async () => {
  const bytes = await wat(`(component
    (core module $M (memory 1) (func $s (drop (i32.div_u (i32.const 1) (i32.const 0)))) (start $s))
    (core instance (instantiate $M)))`)
  const offsetOf = async (policy?: SecurityPolicy): Promise<unknown> => {
    const error: unknown = await instantiate(bytes, { policy }).catch((thrown: unknown) => thrown)
    return isWasmError(error, 'ArithmeticTrap') && error.frames[0]?.offset
  }
  expect(await offsetOf({ fuel: 1e6 })).toBe(await offsetOf())
})

test('of two core modules the one that trapped, where they can be told apart', async () => {
  const module = (n: number, name: string, filler: string): string => `
    (core module $M${n} (func $${name} (param i32) (result i32) ${filler}
      (i32.div_u (i32.const 1) (local.get 0))) (export "f" (func $${name})))
    (core instance $m${n} (instantiate $M${n}))
    (func (export "f${n}") (param "n" u32) (result u32) (canon lift (core func $m${n} "f")))`
  const offsetsOf = async (names: readonly [string, string], policy?: SecurityPolicy) => {
    const text = `(component ${module(0, names[0], '')} ${module(1, names[1], 'nop nop nop')})`
    const compiled = await compile(await wat(text))
    const start = () => instantiate<{ f0(n: number): number; f1(n: number): number }>(compiled, { policy }).exports
    return [() => start().f0(0), () => start().f1(0)].map((call) => errorOf(call).frames[0]?.offset)
  }
  const free = await offsetsOf(['one', 'two'])
  expect(free[0]).toBeLessThan(free[1] ?? 0)
  expect(await offsetsOf(['one', 'two'], { fuel: 1e6 })).toEqual(free)
  // Both have a function of that number and name around the offset: none is better than a wrong one.
  expect(await offsetsOf(['same', 'same'], { fuel: 1e6 })).toEqual([undefined, undefined])
})

test('bytes that have been changed since give no offsets', async () => {
  const bytes = Uint8Array.from(await hostileGuest())
  const compiled = await compile(bytes, { policy: { maxCallDepth: 2 } })
  const instance = instantiate<{ 'test:hostile/api': { recurse(n: number): number } }>(compiled, {
    imports: { 'test:hostile/host': { ping() {}, sleep() {}, write() {} } },
  })
  const error = errorOf(() => instance.exports['test:hostile/api'].recurse(5))
  bytes.fill(0x80)
  expect(error.frames.length).toBeGreaterThan(2)
  expect(error.frames.map(({ offset }) => offset)).toEqual(error.frames.map(() => undefined))
})
