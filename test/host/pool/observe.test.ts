import { expect, test } from 'vitest'
import { type CallHooks, type CallSite, type Logger, MetricsCollector } from 'witgen/runtime'
import { Pool } from 'witgen/host'
import { loggingWorld } from './logging-world.ts'
import { pipelinePool, rejection, untilEnd, worker } from './pools.ts'

test('metrics: the counts of all workers together, killed calls included', async () => {
  const metrics = new MetricsCollector()
  const pool = await untilEnd(pipelinePool({ metrics }))
  await pool.map(
    'analysis.shout',
    Array.from({ length: 500 }, (_, i) => `text ${i}`),
  )
  await rejection(pool.analysis.preprocess([]))
  await rejection(pool.call('analysis.crash', ['loop'], { timeoutMs: 60 }))
  const snapshot = metrics.snapshot()
  const of = (name: string): unknown => snapshot.find((one) => one.function === name && one.direction === 'export')
  expect(of('shout')).toMatchObject({
    module: 'pipeline.wasm',
    interface: 'demo:pipeline/analysis@0.1.0',
    count: 500,
    errors: 0,
  })
  expect(of('shout')).toMatchObject({ p50Ns: expect.any(Number), bytesIn: expect.any(Number) })
  expect(Object(of('shout')).totalNs).toBeGreaterThan(0)
  expect(of('preprocess')).toMatchObject({ count: 1, errors: 1 })
  expect(of('crash')).toMatchObject({ count: 1, errors: 1 })
  expect(snapshot.find((one) => one.direction === 'import')).toBeUndefined()
})

test('stats: what waited, what was busy', async () => {
  const pool = await untilEnd(pipelinePool())
  await pool.map(
    'analysis.shout',
    Array.from({ length: 100 }, () => 'x'.repeat(10_000)),
  )
  const stats = pool.stats()
  expect(stats).toMatchObject({ size: 2, busy: 0, waiting: 0, completed: 100, failed: 0, replaced: 0 })
  expect(stats.queue.count).toBe(100)
  expect(stats.busyTime.count).toBeGreaterThan(1)
  expect(stats.busyTime.totalMs).toBeGreaterThan(0)
  expect(stats.workers.reduce((sum, { calls }) => sum + calls, 0)).toBe(100)
})

test('hooks: each call is told of on the main thread, with one site per function', async () => {
  const events: [string, string, string][] = []
  const sites = new Set<CallSite>()
  const tell = (what: string) => (site: CallSite) => {
    sites.add(site)
    events.push([what, site.direction, site.function])
  }
  const hooks: CallHooks = { onCall: tell('call'), onReturn: tell('return'), onError: tell('error') }
  const pool = await untilEnd(pipelinePool({ hooks }))
  await pool.analysis.callBack(1)
  expect(events).toEqual([
    ['call', 'export', 'call-back'],
    ['call', 'import', 'log'],
    ['return', 'import', 'log'],
    ['return', 'export', 'call-back'],
  ])
  await pool.map('analysis.callBack', [1, 1, 1, 1])
  expect(sites.size).toBe(2)
  events.length = 0
  await rejection(pool.analysis.crash('divide'))
  expect(events).toEqual([
    ['call', 'export', 'crash'],
    ['error', 'export', 'crash'],
  ])
})

test('a hook that throws is logged; the call goes on', async () => {
  const lines: unknown[] = []
  const hooks: CallHooks = {
    onCall() {
      throw new Error('no')
    },
  }
  const pool = await untilEnd(pipelinePool({ hooks, logger: recorder(lines) }))
  expect(await pool.analysis.shout('a')).toBe('A')
  expect(lines).toEqual([[{ err: expect.objectContaining({ message: 'no' }), hook: 'onCall' }, expect.any(String)]])
})

test('what guests log reaches the logger whole, line by line, with module, worker and call', async () => {
  const { Logging, bytes } = await loggingWorld()
  const lines: [Record<string, unknown>, string][] = []
  const pool = await untilEnd(
    Pool.create(Logging, bytes, { size: 2, worker, name: 'printer', logger: recorder(lines) }),
  )
  await pool.map(
    'say',
    Array.from({ length: 50 }, (_, i) => i),
  )
  expect(lines.map(([, message]) => message).toSorted()).toEqual(
    Array.from({ length: 50 }, (_, i) => `line ${String(i).padStart(2, '0')} of a guest`),
  )
  for (const [fields] of lines) {
    const numbers = { worker: expect.any(Number), instance: expect.any(Number), call: expect.any(Number) }
    expect(fields).toEqual({ module: 'printer', function: 'say', context: 'test', ...numbers })
  }
  expect(new Set(lines.map(([{ call }]) => call)).size).toBe(50)
})

/** Without what instances tell of themselves at the level debug. */
function recorder(lines: unknown[]): Logger {
  const log = (fields: object, message: string): void => void lines.push([fields, message])
  return { trace: log, debug() {}, info: log, warn: log, error: log, fatal: log }
}
