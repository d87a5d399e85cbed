// What hostile guests do to a host, each in the host's own thread and in a pool: it is ended with the right code, the host
// goes on, and so do others.
import { beforeAll, describe, expect, test } from 'vitest'
import { Pool, type PoolOf } from 'witgen/host'
import {
  compile,
  isWasmError,
  policyReport,
  type CompiledComponent,
  type PolicyEvent,
  type SecurityPolicy,
} from 'witgen/runtime'
import { thrownBy } from '../e2e/guests.ts'
import { rejection, untilEnd, worker } from '../host/pool/pools.ts'
import { hostileGuest, loadHostile, type Hostile } from './guests.ts'
import { hostileWorld, type HostileClass } from './hostile-world.ts'

interface Case {
  readonly what: string
  readonly policy: SecurityPolicy
  readonly call: readonly [name: keyof Hostile, ...args: readonly unknown[]]
  readonly attack: (api: Hostile) => unknown
  readonly codeName: string
}

const CASES: readonly Case[] = (
  [
    ['an endless loop', { maxExecutionTimeMs: 400 }, ['spin'], 'ExecutionTimeout'],
    ['an endless loop, by fuel', { fuel: 5_000_000 }, ['spin'], 'FuelExhausted'],
    ['a memory bomb', { maxMemoryPages: 200 }, ['memoryBomb'], 'MemoryLimit'],
    ['a stack bomb', { maxCallDepth: 1000 }, ['recurse', 4_000_000_000], 'CallDepth'],
    ['a flood of imports', { maxExecutionTimeMs: 400 }, ['flood', 4_000_000_000], 'ExecutionTimeout'],
    ['a flood of output', { maxOutputBytes: 100_000 }, ['write', 4_000_000_000, 1000], 'OutputLimit'],
    ['growth of tables', { maxTableElements: 5000 }, ['tableBomb'], 'TableLimit'],
    ['sleep in a function of the host', { maxExecutionTimeMs: 400 }, ['sleep', 1000], 'ExecutionTimeout'],
    ['a trap', { maxCallDepth: 1000 }, ['crash'], 'ArithmeticTrap'],
    ['a forbidden import', { allowedImports: { 'test:hostile/host': false } }, ['flood', 1], 'PermissionDenied'],
  ] as const
).map(([what, policy, call, codeName]) => ({
  what,
  policy,
  call,
  codeName,
  attack: (api) => Reflect.apply(Reflect.get(api, call[0]) as (...args: unknown[]) => unknown, api, call.slice(1)),
}))

describe('in the thread of the host', () => {
  test.each(CASES)('$what', async ({ policy, attack, codeName }) => {
    const { api, instance } = await loadHostile(policy)
    const { api: other } = await loadHostile(policy)
    const error = thrownBy(() => attack(api))
    expect(error).toMatchObject({ codeName, module: 'hostile' })
    const isKill = codeName !== 'ArithmeticTrap'
    expect(policyReport(instance).events.filter(({ kind }) => kind === 'kill')).toHaveLength(isKill ? 1 : 0)
    // The host goes on, that instance does not, others do.
    await new Promise((resolve) => setImmediate(resolve))
    expect(thrownBy(() => api.count(1))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
    expect(other.count(1000)).toBe(1000)
  })
})

describe('in a pool', () => {
  let World: HostileClass
  let compiled: CompiledComponent
  beforeAll(async () => {
    World = await hostileWorld('hostile')
    compiled = await compile(await hostileGuest())
  })
  const importsModule = new URL('./hostile-host.ts', import.meta.url)
  const start = (policy: SecurityPolicy, size: number): Promise<PoolOf<HostileClass>> =>
    untilEnd(Pool.create(World, compiled, { size, worker, importsModule, policy, name: 'hostile' }))

  test.each(CASES)('$what', async ({ policy, call: [name, ...args], codeName }) => {
    const events: PolicyEvent[] = []
    const pool = await start({ ...policy, onEvent: (event) => events.push(event) }, 2)
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    try {
      const items = Array.from({ length: 40 }, (_, i) => i)
      const attacked = rejection(pool.call(`api.${name}` as 'api.spin', args as []))
      expect(
        await pool.map(
          'api.count',
          items.map((n) => n + 1),
        ),
      ).toEqual(items.map((n) => n + 1))
      const error = await attacked
      expect(error).toMatchObject({ codeName, module: 'hostile' })
      if (!isWasmError(error)) throw error
      expect(error.function).toMatch(/^test:hostile\/(?:api|host)#/)
      expect(ticks).toBeGreaterThan(0)
      const kills = events.filter(({ kind }) => kind === 'kill')
      expect(kills.map(({ code, module }) => [code, module])).toEqual(
        codeName === 'ArithmeticTrap' ? [] : [[codeName, 'hostile']],
      )
      // The guest is replaced: a second attack fares as the first.
      expect(await rejection(pool.call(`api.${name}` as 'api.spin', args as []))).toMatchObject({ codeName })
      expect(await pool.call('api.count', [7])).toBe(7)
      const { workers, replaced } = pool.stats()
      const renewed = workers.reduce((sum, one) => sum + one.renewed, 0)
      expect(workers).toHaveLength(2)
      expect([renewed, replaced]).toEqual(codeName === 'ExecutionTimeout' ? [0, 2] : [2, 0])
    } finally {
      clearInterval(timer)
    }
  })

  test('fuel is counted as without a pool, instance by instance', async () => {
    const policy = { fuel: 1_000_000 }
    const { api, instance } = await loadHostile(policy)
    const pool = await start(policy, 1)
    api.count(1000)
    await pool.call('api.count', [1000])
    const { fuelUsed } = policyReport(instance)
    expect(fuelUsed).toBeGreaterThan(1000)
    expect(pool.stats().workers[0]?.fuelUsed).toBe(fuelUsed)
    await rejection(pool.call('api.spin', []))
    await pool.call('api.count', [1000])
    expect(pool.stats().workers[0]?.fuelUsed).toBe(1_000_000 + fuelUsed)
  })

  test('frames say where the guest was in its own code', async () => {
    const free = await start({}, 1)
    const held = await start({ fuel: 1e9, maxCallDepth: 100 }, 1)
    const errors = await Promise.all([free, held].map((pool) => rejection(pool.call('api.crash', []))))
    const [before, after] = errors.map((error) => (isWasmError(error) ? error.frames : []))
    expect(before).toHaveLength(1)
    expect(after?.map(({ functionIndex, offset }) => [functionIndex, offset])).toEqual(
      before?.map(({ functionIndex, offset }) => [functionIndex, offset]),
    )
  })

  test('a policy that a guest was compiled for holds in a pool that has none', async () => {
    const events: PolicyEvent[] = []
    const policy = { maxCallDepth: 5, onEvent: (event: PolicyEvent) => void events.push(event) }
    const held = await compile(await hostileGuest(), { policy })
    const options = { size: 1, worker, importsModule }
    const pool = await untilEnd(Pool.create(World, held, options))
    expect(await rejection(pool.call('api.recurse', [5]))).toMatchObject({ codeName: 'CallDepth' })
    expect(events).toMatchObject([{ kind: 'kill', code: 'CallDepth' }])
    const other = await untilEnd(Pool.create(World, held, { ...options, policy: { maxExecutionTimeMs: 5000 } }))
    expect(await other.call('api.recurse', [5])).toBe(5)
  })

  test('so does its limit of time, also while the guest sleeps in the host', async () => {
    const events: PolicyEvent[] = []
    const policy = { maxExecutionTimeMs: 300, onEvent: (event: PolicyEvent) => void events.push(event) }
    const held = await compile(await hostileGuest(), { policy })
    const pool = await untilEnd(Pool.create(World, [held, compiled], { size: 2, worker, importsModule, name: 'h' }))
    const slow = rejection(pool.call('api.sleep' as 'api.spin', [60_000] as unknown as [], { source: 0 }))
    const free = pool.call('api.sleep' as 'api.spin', [700] as unknown as [], { source: 1 })
    expect(await slow).toMatchObject({ codeName: 'ExecutionTimeout', function: 'test:hostile/api#sleep' })
    expect(events).toMatchObject([{ kind: 'kill', code: 'ExecutionTimeout', module: 'h' }])
    expect(await rejection(pool.call('api.spin', [], { source: 0 }))).toMatchObject({ codeName: 'ExecutionTimeout' })
    // Of the other source nothing was limited.
    await free
    expect(await pool.call('api.count', [7], { source: 0 })).toBe(7)
    expect(pool.stats()).toMatchObject({ replaced: 2 })
  })

  test('what is no policy, and what cannot be enforced', async () => {
    expect(await rejection(start({ fuel: -1 }, 1))).toMatchObject({ codeName: 'InvalidParam' })
    expect(await rejection(start({ maxMemoryPages: 0 }, 1))).toMatchObject({ codeName: 'MemoryLimit' })
  })
})
