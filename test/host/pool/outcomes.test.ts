// What a pool does with calls, seen from outside: by memory that imports in all workers count in.
import { setEnvironmentData } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GuestError, isWasmError, liveReport, type WasmError } from 'witgen/runtime'
import type { PoolOf } from 'witgen/host'
import type { Pipeline } from '../../../generated/pipeline.ts'
import { pipelinePool, untilEnd } from './pools.ts'
import { Shared } from './shared.ts'

const importsModule = new URL('./counting-module.ts', import.meta.url)
const shared = new Shared()
setEnvironmentData('witgen test', shared.buffer)
/** What the pool of a test leaves when it is disposed of. */
const expectNoWorkers = (): void => expect(liveReport().workers).toEqual([])
beforeEach(() => {
  expectNoWorkers()
  shared.reset()
})
afterAll(() => {
  setEnvironmentData('witgen test', undefined)
  expectNoWorkers()
})

describe('concurrency', () => {
  test.each([1, 2, 3, 5])('of %i workers: that many calls run at once, and never more', async (size) => {
    const pool = await untilEnd(pipelinePool({ size, importsModule }))
    // None of the first calls goes on before all are there.
    shared.hold(size, false)
    const items = Array.from({ length: 40 }, (_, i) => 1 + (i % 7))
    expect(await pool.map('analysis.callBack', items)).toEqual(items)
    expect(await Promise.all(items.map((n) => pool.analysis.callBack(n)))).toEqual(items)
    expect(shared.most).toBe(size)
    expect(pool.stats().maxBusy).toBe(size)
  })

  test('workers that are ended and replaced in between do not add to it', async () => {
    const pool = await untilEnd(pipelinePool({ size: 2, importsModule, policy: { maxExecutionTimeMs: 60 } }))
    const loops = Array.from({ length: 6 }, () =>
      pool.analysis.crash('loop').catch((error: WasmError) => error.codeName),
    )
    const items = Array.from({ length: 200 }, (_, i) => 1 + (i % 3))
    expect(await pool.map('analysis.callBack', items)).toEqual(items)
    expect(await Promise.all(loops)).toEqual(Array.from({ length: 6 }, () => 'ExecutionTimeout'))
    expect(shared.most).toBeGreaterThan(0)
    expect(shared.most).toBeLessThanOrEqual(2)
  })
})

test('calls that end in the reverse order give their results in the order of the items', async () => {
  const pool = await untilEnd(pipelinePool({ size: 4, importsModule }))
  // The last item ends first, then the one before it …
  shared.hold(4, true)
  expect(await pool.map('analysis.callBack', [4, 3, 2, 1])).toEqual([4, 3, 2, 1])
  expect(shared.order).toEqual([1, 2, 3, 4])
})

test('direct calls that keep coming do not starve a map', async () => {
  const pool = await untilEnd(pipelinePool({ size: 1, maxChunk: 1 }))
  const state = { isOver: false, direct: 0 }
  const again = async (): Promise<void> => {
    for (; !state.isOver && state.direct < 5000; state.direct++) await pool.analysis.shout('a')
  }
  // Two callers: whenever a worker is free, one of them has a call that waits.
  const callers = [again(), again()]
  expect(
    await pool.map(
      'analysis.isUpper',
      Array.from({ length: 20 }, () => 'A'),
    ),
  ).toEqual(Array.from({ length: 20 }, () => true))
  state.isOver = true
  await Promise.all(callers)
  expect(state.direct).toBeLessThan(200)
})

/** What is done with a call, and what has to come of it; `id` tells calls apart. */
type Plan =
  | { readonly kind: 'fine' | 'guest error' | 'host error' | 'counted' | 'exit'; readonly id: number }
  | { readonly kind: 'trap'; readonly how: 'panic' | 'divide' | 'memory' | 'table' | 'stack' }
  | { readonly kind: 'killed' | 'cancelled' | 'given up' }

type Outcome = { readonly value: unknown } | { readonly error: unknown }

const TRAPS = {
  panic: 'Unreachable',
  divide: 'ArithmeticTrap',
  memory: 'MemoryAccessViolation',
  table: 'IndirectCallTrap',
  stack: 'StackExhausted',
} as const

async function run(pool: PoolOf<typeof Pipeline>, plan: Plan): Promise<unknown> {
  switch (plan.kind) {
    case 'fine':
      return pool.analysis.shout(`text ${plan.id}`)
    case 'guest error':
      return pool.analysis.preprocess([{ id: plan.id, weight: -1, label: 'a' }])
    case 'counted':
    case 'host error':
    case 'exit':
      return pool.analysis.callBack(plan.id)
    case 'trap':
      return pool.analysis.crash(plan.how)
    case 'killed':
      return pool.call('analysis.crash', ['loop'], { timeoutMs: 30 })
    case 'cancelled':
      return pool.call('analysis.crash', ['loop'], { signal: AbortSignal.timeout(30) })
    case 'given up': {
      const controller = new AbortController()
      const call = pool.call('analysis.shout', ['a'], { signal: controller.signal })
      controller.abort()
      return call
    }
  }
}

/** The outcome as what tells it from all others. */
function told(outcome: Outcome): unknown {
  if ('value' in outcome) return outcome.value
  const { error } = outcome
  if (error instanceof GuestError) return error.payload
  if (isWasmError(error, 'HostError')) return `host: ${error.cause instanceof Error ? error.cause.message : ''}`
  return isWasmError(error) ? error.codeName : error
}

function expected(plan: Plan): unknown {
  switch (plan.kind) {
    case 'fine':
      return `TEXT ${plan.id}`
    case 'guest error':
      return { tag: 'bad-sample', val: plan.id }
    case 'counted':
      return plan.id
    case 'host error':
      return `host: refused ${plan.id}`
    case 'exit':
      return 'WorkerCrashed'
    case 'trap':
      return TRAPS[plan.how]
    case 'killed':
      return 'ExecutionTimeout'
    case 'cancelled':
    case 'given up':
      return 'Cancelled'
  }
}

/** Plans with an id of its own each: calls that count themselves below 10,000, then those that are refused, and that exit. */
const plans: fc.Arbitrary<Plan[]> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constant('fine' as const) },
      { weight: 4, arbitrary: fc.constant('counted' as const) },
      { weight: 3, arbitrary: fc.constantFrom('guest error' as const, 'host error' as const) },
      { weight: 2, arbitrary: fc.constantFrom('panic', 'divide', 'memory', 'table', 'stack').map((how) => ({ how })) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('killed' as const, 'cancelled' as const, 'given up' as const, 'exit' as const),
      },
    ),
    { maxLength: 40 },
  )
  .map((kinds) =>
    kinds.map((kind, i): Plan => {
      if (typeof kind === 'object') return { kind: 'trap', how: kind.how as keyof typeof TRAPS }
      const id = 1 + i + (kind === 'host error' ? 10_000 : kind === 'exit' ? 20_000 : 0)
      if (kind === 'killed' || kind === 'cancelled' || kind === 'given up') return { kind }
      return { kind, id }
    }),
  )

describe('random calls that fail in every way', () => {
  // With a lot of one call each, none is ever made twice.
  test.each([
    { maxChunk: 1, runs: 8 },
    { maxChunk: undefined, runs: 8 },
  ])(
    'each has exactly its own outcome, and no worker is left: %o',
    { timeout: 120_000 },
    async ({ maxChunk, runs }) => {
      const property = fc.asyncProperty(plans, fc.integer({ min: 1, max: 3 }), async (all, size) => {
        shared.reset()
        const pool = await pipelinePool({ size, maxChunk, importsModule })
        const settled: number[] = []
        const outcomes = await Promise.all(
          all.map((plan, i) =>
            run(pool, plan).then(
              (value): Outcome => (settled.push(i), { value }),
              (error): Outcome => (settled.push(i), { error }),
            ),
          ),
        )
        expect(outcomes.map(told)).toEqual(all.map(expected))
        expect(settled.toSorted((a, b) => a - b)).toEqual([...all.keys()])
        for (const plan of all) {
          if (!('id' in plan) || plan.kind === 'fine' || plan.kind === 'guest error') continue
          if (maxChunk === 1) expect(shared.begun(plan.id)).toBe(1)
          else expect(shared.begun(plan.id)).toBeGreaterThanOrEqual(1)
        }
        await pool.drain()
        // A call that was cancelled is given some time to come back by itself.
        await vi.waitFor(() => expect(pool.stats().busy).toBe(0))
        const { completed, waiting } = pool.stats()
        const cancelled = all.filter(({ kind }) => kind === 'cancelled' || kind === 'given up').length
        expect(waiting).toBe(0)
        expect(completed).toBeGreaterThanOrEqual(all.length - cancelled)
        expect(completed).toBeLessThanOrEqual(all.length)
        // It is as good as new.
        expect(await pool.map('analysis.shout', ['a', 'b', 'c', 'd'])).toEqual(['A', 'B', 'C', 'D'])
        await pool[Symbol.asyncDispose]()
        expect(liveReport().workers).toEqual([])
      })
      await fc.assert(property, { numRuns: runs, endOnFailure: true })
    },
  )

  test('one trap among N items leaves the other N − 1 results, each with its value', async () => {
    const pool = await untilEnd(pipelinePool({ size: 3, importsModule }))
    const items = Array.from({ length: 101 }, (_, i) => 1 + i)
    const bad = items.with(50, 10_051)
    const settled = await pool.map('analysis.callBack', bad, { onError: 'settle' })
    expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : told({ error: one.reason })))).toEqual(
      (items as unknown[]).with(50, 'host: refused 10051'),
    )
    expect(
      pool
        .stats()
        .workers.map(({ renewed }) => renewed)
        .reduce((a, b) => a + b),
    ).toBe(1)
  })

  test('maps with random failures side by side keep their results apart', { timeout: 60_000 }, async () => {
    const pool = await untilEnd(pipelinePool({ size: 3, importsModule }))
    const item = fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 60 }) },
      { weight: 1, arbitrary: fc.integer({ min: 10_000, max: 10_100 }) },
    )
    const lists = fc.array(fc.array(item, { maxLength: 50 }), { minLength: 1, maxLength: 4 })
    const property = fc.asyncProperty(lists, async (all) => {
      const results = await Promise.all(all.map((list) => pool.map('analysis.callBack', list, { onError: 'settle' })))
      const values = results.map((list) =>
        list.map((one) => (one.status === 'fulfilled' ? one.value : told({ error: one.reason }))),
      )
      expect(values).toEqual(all.map((list) => list.map((n) => (n < 10_000 ? n : `host: refused ${n}`))))
    })
    await fc.assert(property, { numRuns: 30 })
  })
})
