// How long after its limit a guest is ended. Machines pause, so the fastest of a few attempts counts.
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { Pool } from 'witgen/host'
import { compile, type CompiledComponent } from 'witgen/runtime'
import { rejection, untilEnd, worker } from '../host/pool/pools.ts'
import { thrownBy } from '../e2e/guests.ts'
import { hostileGuest, loadHostile } from './guests.ts'
import { hostileWorld, type HostileClass } from './hostile-world.ts'

const LIMIT = 60
const MOST = 50
const ATTEMPTS = 8

/** Milliseconds beyond the limit, of the fastest attempt; one that is too early is an error. */
async function leastDelay(attempt: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < ATTEMPTS && least > MOST; i++) {
    const start = performance.now()
    expect(await attempt()).toMatchObject({ codeName: 'ExecutionTimeout' })
    const delay = performance.now() - start - LIMIT
    expect(delay).toBeGreaterThanOrEqual(-1)
    least = Math.min(least, delay)
  }
  return least
}

const policy = { maxExecutionTimeMs: LIMIT }

describe('in the thread of the host', () => {
  test.each([
    ['an endless loop', 'spin', []],
    ['one that catches everything', 'spinAndCatch', []],
    ['a flood of imports', 'flood', [4_000_000_000]],
    ['long instructions', 'fill', [1_000_000_000]],
  ] as const)('%s', async (_what, name, args) => {
    const guests = await Promise.all(Array.from({ length: ATTEMPTS }, () => loadHostile(policy)))
    const attack = (): unknown => {
      const api = guests.pop()?.api
      return thrownBy(() => Reflect.apply(Reflect.get(api ?? {}, name) as () => unknown, api, args))
    }
    expect(await leastDelay(attack)).toBeLessThan(MOST)
  })
})

describe('in a pool', () => {
  let World: HostileClass
  let compiled: CompiledComponent
  beforeAll(async () => {
    World = await hostileWorld('delay')
    compiled = await compile(await hostileGuest())
  })
  const importsModule = new URL('./hostile-host.ts', import.meta.url)

  test.each([
    ['an endless loop', 'spin', []],
    ['a flood of imports', 'flood', [4_000_000_000]],
    ['sleep in a function of the host', 'sleep', [60_000]],
  ] as const)('%s', { timeout: 60_000 }, async (_what, name, args) => {
    const pool = await untilEnd(Pool.create(World, compiled, { size: 1, worker, importsModule, policy }))
    const attack = async (): Promise<unknown> => {
      // A worker that is yet to start would count.
      await vi.waitFor(() => expect(pool.stats().workers).toMatchObject([{ state: 'idle' }]), { timeout: 10_000 })
      return rejection(pool.call(`api.${name}` as 'api.spin', [...args] as []))
    }
    expect(await leastDelay(attack)).toBeLessThan(MOST)
  })
})
