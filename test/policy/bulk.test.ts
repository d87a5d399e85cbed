// One instruction may write all of a memory: under a limit of time it does so in steps.
import { describe, expect, test } from 'vitest'
import { compile, instantiate, policyReport, type SecurityPolicy, type WasmError } from 'witgen/runtime'
import { thrownBy } from '../e2e/guests.ts'
import { componentOf } from '../helpers/wat.ts'

const WIT = `package t:bulk;
world w {
  import done: func();
  export fill: func(to: u32, value: u32, length: u32);
  export copy: func(to: u32, source: u32, length: u32);
  export word: func(at: u32) -> u32;
  export set: func(at: u32, value: u32);
  export fill-and-tell: func(length: u32);
  export copy-and-tell: func(length: u32);
}`

/** A memory of 128 MiB. */
const CORE = `(module
  (import "$root" "done" (func $done))
  (memory (export "memory") 2048)
  (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "word") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "set") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "fill-and-tell") (param i32)
    (memory.fill (i32.const 0) (i32.const 1) (local.get 0)) (call $done))
  (func (export "copy-and-tell") (param i32)
    (memory.copy (i32.const 1) (i32.const 0) (local.get 0)) (call $done)))`

interface Bulk {
  fill(to: number, value: number, length: number): void
  copy(to: number, source: number, length: number): void
  word(at: number): number
  set(at: number, value: number): void
  fillAndTell(length: number): void
  copyAndTell(length: number): void
}

const MIB = 2 ** 20
const component = componentOf(CORE, WIT)

async function load(policy: SecurityPolicy): Promise<{ exports: Bulk; tells: () => number; fuelUsed: () => number }> {
  let tells = 0
  const imports = { done: () => void tells++ }
  const instance = instantiate<Bulk>(await compile(await component, { policy }), { imports, name: 'bulk' })
  return { exports: instance.exports, tells: () => tells, fuelUsed: () => policyReport(instance).fuelUsed }
}

const timed = (): ReturnType<typeof load> => load({ maxExecutionTimeMs: 60_000, fuel: 1e12 })

describe('a limit of time', () => {
  test.each(['fillAndTell', 'copyAndTell'] as const)('ends a guest in the middle of %s', async (name) => {
    const { exports, tells } = await load({ maxExecutionTimeMs: 1 })
    expect(thrownBy(() => exports[name](127 * MIB))).toMatchObject({ codeName: 'ExecutionTimeout' })
    // Had the instruction run to its end, the host would have been called before the clock was looked at.
    expect(tells()).toBe(0)
  })

  test('does not change what fuel such an instruction takes', async () => {
    const one = await timed()
    const other = await load({ fuel: 1e12 })
    for (const { exports } of [one, other]) {
      exports.fill(3, 7, 50 * MIB)
      exports.copy(5, 0, 50 * MIB)
      exports.fill(0, 0, 10)
    }
    expect(one.fuelUsed()).toBe(other.fuelUsed())
  })
})

describe('in steps as at once', () => {
  const marks = [0, 4, 15 * MIB, 16 * MIB - 2, 16 * MIB, 31 * MIB + 1, 32 * MIB, 33 * MIB]

  test.each([
    [0, 0],
    [1, 0],
    [0, 1],
    [5 * MIB, 0],
    [0, 5 * MIB],
    [60 * MIB, 0],
  ])('copy to %d from %d', async (to, source) => {
    const { exports } = await timed()
    marks.forEach((at, i) => exports.set(source + at, 1000 + i))
    const before = marks.map((at) => exports.word(source + at))
    exports.copy(to, source, 34 * MIB)
    expect(marks.map((at) => exports.word(to + at))).toEqual(before)
    expect(exports.word(to + 34 * MIB + 8)).toBe(0)
  })

  test('fill', async () => {
    const { exports } = await timed()
    exports.fill(4, 1, 40 * MIB)
    const words = [0, 4, 16 * MIB + 2, 40 * MIB, 40 * MIB + 4].map((at) => exports.word(at))
    expect(words).toEqual([0, 0x01010101, 0x01010101, 0x01010101, 0])
  })

  test.each([
    ['fill', [128 * MIB - 5, 1, 10]],
    ['fill', [100 * MIB, 1, 50 * MIB]],
    ['fill', [16, 1, 2 ** 32 - 8]],
    ['copy', [100 * MIB, 0, 50 * MIB]],
    ['copy', [0, 100 * MIB, 50 * MIB]],
    ['copy', [16, 0, 2 ** 32 - 8]],
    ['copy', [0, 16, 2 ** 32 - 8]],
  ] as const)('%s beyond the end: %o', async (name, args) => {
    const errors = [await timed(), await load({ maxInstances: 9 })].map(({ exports }) => {
      return thrownBy(() => Reflect.apply(exports[name], undefined, args)) as WasmError
    })
    const [mine, plain] = errors.map(({ codeName, frames }) => ({
      codeName,
      places: frames.map(({ functionIndex, offset }) => [functionIndex, offset]),
    }))
    expect(mine?.codeName).toBe('MemoryAccessViolation')
    expect(mine).toEqual(plain)
  })
})
