// The order in which a guest is let in, and what a policy can be given to.
import { describe, expect, test } from 'vitest'
import { addFuel, compile, instantiate, policyReport, sandbox, type SecurityPolicy } from 'witgen/runtime'
import { Pipeline } from '../../generated/pipeline.ts'
import { loadRust, rejectionOf, rustGuest, thrownBy, wrongGuest } from '../e2e/guests.ts'
import { componentOf, wat } from '../helpers/wat.ts'
import { hostileGuest, HostileHost, loadHostile } from './guests.ts'

const imports = { 'demo:pipeline/log': { log: () => {} } }

describe('sandbox', () => {
  test('gives an instance of the world class', async () => {
    const pipeline = await sandbox(Pipeline, rustGuest, { fuel: 1e9, maxMemoryPages: 100 }, { imports })
    expect(pipeline).toBeInstanceOf(Pipeline)
    expect(pipeline.analysis.shout('within')).toBe('WITHIN')
    const report = policyReport(pipeline)
    expect(report.fuelUsed).toBeGreaterThan(100)
    expect(report.fuelUsed + report.fuelLeft).toBe(1e9)
    expect(report).toMatchObject({ events: [], droppedEvents: 0 })
    expect(report.memoryPages).toBeGreaterThan(0)
    pipeline.dispose()
    expect(policyReport(pipeline).memoryPages).toBe(report.memoryPages)
  })

  test('a trap of the guest stays what it is', async () => {
    const pipeline = await sandbox(
      Pipeline,
      rustGuest,
      { fuel: 1e9, maxMemoryPages: 100, maxCallDepth: 500 },
      { imports },
    )
    const error = thrownBy(() => pipeline.analysis.crash('divide'))
    expect(error).toMatchObject({ codeName: 'ArithmeticTrap' })
    expect((error as { frames: { functionName?: string }[] }).frames[0]?.functionName).toMatch(/crash/)
  })

  test('an endless recursion of a real guest ends by the policy before the stack does', async () => {
    const pipeline = await sandbox(Pipeline, rustGuest, { maxCallDepth: 500 }, { imports })
    expect(thrownBy(() => pipeline.analysis.crash('stack'))).toMatchObject({ codeName: 'CallDepth' })
  })

  test('a guest of another world is refused before the policy is looked at', async () => {
    const error = await rejectionOf(() => sandbox(Pipeline, wrongGuest, { maxInstances: 0 }, { imports }))
    expect(error).toMatchObject({ codeName: 'WorldMismatch' })
  })
})

describe('what never runs', () => {
  const START = (rest: string): string => `
    (component
      (import "boom" (func $boom))
      (core func $low (canon lower (func $boom)))
      (core module $M (import "" "boom" (func $boom)) (memory 3) (table 5 funcref) (func $s (call $boom)) (start $s))
      (core instance $host (export "boom" (func $low)))
      (core instance (instantiate $M (with "" (instance $host))))
      ${rest})`

  const run = async (text: string, policy: SecurityPolicy): Promise<{ error: unknown; runs: number }> => {
    let runs = 0
    const boom = (): void => void runs++
    try {
      await instantiate(await wat(text), { imports: { boom }, policy })
    } catch (error) {
      return { error, runs }
    }
    return { error: undefined, runs }
  }

  test('the start function runs under a policy that it meets', async () => {
    expect(await run(START(''), { fuel: 100, maxMemoryPages: 3, maxCallDepth: 3 })).toEqual({
      error: undefined,
      runs: 1,
    })
  })

  test('no start function of a component whose last module is invalid', async () => {
    const invalid = START('(core module $Bad (func (result i32))) (core instance (instantiate $Bad))')
    const { error, runs } = await run(invalid, { fuel: 100 })
    expect(error).toMatchObject({ codeName: 'InvalidModule' })
    expect(runs).toBe(0)
  })

  test.each([
    [{ maxMemoryPages: 2 }, 'MemoryLimit'],
    [{ maxTableElements: 4 }, 'TableLimit'],
    [{ maxInstances: 0 }, 'InstanceLimit'],
  ] as const)('no start function of a guest that begins beyond %o', async (policy, codeName) => {
    const { error, runs } = await run(START(''), policy)
    expect(error).toMatchObject({ codeName })
    expect(runs).toBe(0)
  })

  test('limits hold for start functions', async () => {
    expect(await run(START(''), { fuel: 1 })).toMatchObject({ error: { codeName: 'FuelExhausted' } })
    expect(await run(START(''), { allowedImports: {} })).toMatchObject({
      error: { codeName: 'PermissionDenied' },
      runs: 0,
    })
  })

  test('instructions that cannot be held to the policy', async () => {
    const objects = START(
      '(core module $G (type $s (struct)) (func (drop (struct.new $s)))) (core instance (instantiate $G))',
    )
    const { error, runs } = await run(objects, { maxMemoryPages: 10 })
    expect(error).toMatchObject({
      code: 41,
      codeName: 'PolicyUnsupported',
      message:
        'wasm module component error [41 PolicyUnsupported]: the policy cannot be enforced on core module 1 of the ' +
        'component: struct.new, whose objects are in no memory that could be limited, cannot be held to it',
    })
    expect(runs).toBe(0)
  })
})

describe('compiled once', () => {
  const host = { 'test:hostile/host': new HostileHost() }

  test('the policy of compile holds for each instance', async () => {
    const compiled = await compile(await hostileGuest(), { policy: { fuel: 1000 } })
    const [first, second] = [instantiate(compiled, { imports: host }), instantiate(compiled, { imports: host })]
    const spin = (instance: typeof first): unknown => thrownBy(() => instance.exports['test:hostile/api']?.['spin']?.())
    expect(spin(first)).toMatchObject({ codeName: 'FuelExhausted' })
    expect(policyReport(second).fuelUsed).toBe(0)
    expect(spin(second)).toMatchObject({ codeName: 'FuelExhausted' })
  })

  test('an instance may have other numbers', async () => {
    const compiled = await Pipeline.compile(rustGuest, { policy: { fuel: 1000 } })
    const pipeline = Pipeline.instantiate(compiled, { imports, policy: { fuel: 5e6 } })
    expect(pipeline.analysis.shout('x')).toBe('X')
    expect(policyReport(pipeline).fuelLeft).toBeGreaterThan(1000)
  })
})

describe('fuel', () => {
  test('is for all of an instance’s life, and can be added to', async () => {
    const { api, instance } = await loadHostile({ fuel: 10_000 })
    api.count(100)
    const { fuelUsed } = policyReport(instance)
    api.count(100)
    expect(policyReport(instance).fuelUsed).toBe(2 * fuelUsed)
    addFuel(instance, 100_000)
    expect(api.count(10_000)).toBe(10_000)
    expect(thrownBy(() => addFuel(instance, -1))).toMatchObject({ codeName: 'InvalidParam' })
    expect(thrownBy(() => api.count(10_000))).toMatchObject({ codeName: 'FuelExhausted' })
  })

  test.each([{ fuel: 1000 }, { fuel: 1000, maxExecutionTimeMs: 10_000 }])(
    'no more than there is of it: %o',
    async (policy) => {
      const { api, instance } = await loadHostile(policy)
      expect(thrownBy(() => api.spin())).toMatchObject({ codeName: 'FuelExhausted' })
      expect(policyReport(instance)).toMatchObject({ fuelUsed: 1000, fuelLeft: 0 })
      addFuel(instance, 10)
      expect(policyReport(instance)).toMatchObject({ fuelLeft: 10 })
    },
  )

  test('the same number with and without a limit of time', async () => {
    const { instance: a, api: one } = await loadHostile({ fuel: 1e9 })
    const { instance: b, api: two } = await loadHostile({ fuel: 1e9, maxExecutionTimeMs: 10_000 })
    for (const api of [one, two]) api.count(300_000)
    expect(policyReport(b).fuelUsed).toBe(policyReport(a).fuelUsed)
  })

  test('without a policy there is no report', async () => {
    const { pipeline } = await loadRust()
    expect(thrownBy(() => policyReport(pipeline))).toMatchObject({
      code: 41,
      message: 'wasm module pipeline.wasm error [41 PolicyUnsupported]: the instance is under no policy',
    })
  })
})

describe('what is no policy', () => {
  test.each([
    [
      { maxMemoryPage: 1 },
      'policy: expected some of maxMemoryPages, fuel, maxCallDepth, maxTableElements, maxInstances, maxOutputBytes, maxExecutionTimeMs, allowedImports, memoryTracing, onEvent, got maxMemoryPage; did you mean maxMemoryPages?',
    ],
    [{ fuel: -1 }, 'policy.fuel: expected an integer from 0, got -1'],
    [{ fuel: '5' }, 'policy.fuel: expected an integer from 0, got "5"'],
    [{ fuel: Object.create(null) }, 'policy.fuel: expected an integer from 0, got an object'],
    [{ maxCallDepth: 1.5 }, 'policy.maxCallDepth: expected an integer from 0, got 1.5'],
    [{ maxExecutionTimeMs: Number.NaN }, 'policy.maxExecutionTimeMs: expected milliseconds, got NaN'],
    [{ maxMemoryPages: 65537 }, 'policy.maxMemoryPages: a memory has at most 65536 pages'],
    [{ maxTableElements: 2 ** 40 }, 'policy.maxTableElements: a table has at most 4294967295 elements'],
    [{ maxTableElements: 2 ** 32 }, 'policy.maxTableElements: a table has at most 4294967295 elements'],
    [
      { allowedImports: { 'wasi:clocks': true } },
      "policy.allowedImports['wasi:clocks']: expected names as in WIT: 'ns:pkg/iface', 'ns:pkg/iface#func', or that of a function of the world",
    ],
    [
      { allowedImports: { 'demo:pipeline/log#logAll': true } },
      "policy.allowedImports['demo:pipeline/log#logAll']: expected names as in WIT: 'ns:pkg/iface', 'ns:pkg/iface#func', or that of a function of the world; did you mean 'demo:pipeline/log#log-all'?",
    ],
    [
      { allowedImports: { 'demo:pipeline/Log': true } },
      "policy.allowedImports['demo:pipeline/Log']: expected names as in WIT: 'ns:pkg/iface', 'ns:pkg/iface#func', or that of a function of the world; did you mean 'demo:pipeline/log'?",
    ],
    [{ allowedImports: { 'a:b/c': 'yes' } }, "policy.allowedImports['a:b/c']: expected true or false"],
    [{ memoryTracing: 'yes' }, 'policy.memoryTracing: expected true or false, got "yes"'],
    [{ onEvent: [] }, 'policy.onEvent: expected a function, got an array of 0'],
    [null, 'policy: expected an object, got null'],
    [undefined, 'policy: expected an object, got null'],
  ])('%o', async (policy, text) => {
    const error = await rejectionOf(() => sandbox(Pipeline, rustGuest, policy as SecurityPolicy, { imports }))
    expect(error).toMatchObject({ message: `wasm module pipeline.wasm error [1 InvalidParam]: ${text}` })
  })
})

describe('events', () => {
  test('are told as they happen; a listener that throws changes nothing', async () => {
    const told: string[] = []
    const onEvent = ({ kind, code, message }: { kind: string; code: unknown; message: string }): never => {
      told.push(`${kind} ${String(code)}: ${message}`)
      throw new Error('never mind')
    }
    const { api } = await loadHostile({ maxMemoryPages: 2, onEvent })
    expect(api.grow(5)).toBe(-1)
    expect(told).toEqual([
      'denial MemoryLimit: 5 more pages of memory were not given, there are 1 and the policy permits 2',
    ])
  })

  test('of a flood only the first thousand are kept, and the end', async () => {
    const core = `(module (memory (export "memory") 1)
      (func (export "flood") (loop $l (drop (memory.grow (i32.const 9))) (br $l))))`
    const bytes = await componentOf(core, 'package t:t; world w { export flood: func(); }')
    const instance = await instantiate(bytes, { policy: { maxMemoryPages: 1, fuel: 100_000 } })
    expect(thrownBy(() => instance.exports['flood']?.())).toMatchObject({ codeName: 'FuelExhausted' })
    const { events, droppedEvents } = policyReport(instance)
    expect(events).toHaveLength(1001)
    expect(events.at(-1)).toMatchObject({ kind: 'kill', code: 'FuelExhausted', function: 'flood' })
    expect(droppedEvents).toBeGreaterThan(1000)
  })
})

test('a component may call a module of its own what the checks are called, where no code is changed', async () => {
  const bytes = await wat(`(component
    (core module $A (func (export "f") (result i32) (i32.const 7)))
    (core instance $a (instantiate $A))
    (core module $M (import "witgen:guard" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)))
    (core instance $m (instantiate $M (with "witgen:guard" (instance $a))))
    (func (export "g") (result u32) (canon lift (core func $m "g"))))`)
  const { exports } = await instantiate<{ g(): number }>(bytes, { policy: { maxInstances: 5 } })
  expect(exports.g()).toBe(7)
})
