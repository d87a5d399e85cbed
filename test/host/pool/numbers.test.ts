// The numbers of a pool as others read them: by a parser of Prometheus' format, and by a reader of OpenTelemetry.
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import parse from 'parse-prometheus-text-format'
import { expect, test } from 'vitest'
import { MetricsCollector } from 'witgen/runtime'
import type { PoolOf } from 'witgen/host'
import { observePool } from 'witgen/otel'
import { prometheusText } from 'witgen/prometheus'
import type { Pipeline } from '../../../generated/pipeline.ts'
import { pipelinePool, rejection, untilEnd } from './pools.ts'

/** A pool that has done something of everything. */
async function usedPool(name: string): Promise<PoolOf<typeof Pipeline>> {
  const pool = await untilEnd(pipelinePool({ name, size: 2 }))
  await pool.map('analysis.shout', ['a', 'b', 'c', 'd', 'e'])
  await rejection(pool.analysis.crash('divide'))
  await rejection(pool.call('analysis.crash', ['loop'], { timeoutMs: 30 }))
  return pool
}

test('a parser of the format reads them: pools beside what a collector counts', async () => {
  const [first, second] = [await usedPool('first'), await untilEnd(pipelinePool({ name: 'second', size: 1 }))]
  const [a, b] = [first.stats(), second.stats()]
  expect(a).toMatchObject({ completed: 7, failed: 2, replaced: 1 })
  const text = prometheusText(new MetricsCollector(), { labels: { zone: 'eu' }, pools: [first, second] })
  const families = parse(text)
  expect(families.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'witgen_pool_size GAUGE',
    'witgen_pool_busy_workers GAUGE',
    'witgen_pool_waiting_calls GAUGE',
    'witgen_pool_calls_total COUNTER',
    'witgen_pool_call_errors_total COUNTER',
    'witgen_pool_restarts_total COUNTER',
    'witgen_pool_queue_seconds SUMMARY',
    'witgen_pool_busy_seconds SUMMARY',
  ])
  const values = (name: string): unknown[] =>
    (families.find((family) => family.name === `witgen_pool_${name}`)?.metrics ?? []).map(({ labels, value }) => [
      labels,
      Number(value),
    ])
  const [one, other] = [
    { zone: 'eu', module: 'first' },
    { zone: 'eu', module: 'second' },
  ]
  const both = (read: (stats: typeof a) => number): unknown[] => [
    [one, read(a)],
    [other, read(b)],
  ]
  expect(values('size')).toEqual(both((s) => s.size))
  expect(values('busy_workers')).toEqual(both((s) => s.busy))
  expect(values('waiting_calls')).toEqual(both((s) => s.waiting))
  expect(values('calls_total')).toEqual(both((s) => s.completed))
  expect(values('call_errors_total')).toEqual(both((s) => s.failed))
  expect(values('restarts_total')).toEqual(both((s) => s.replaced))
  for (const [name, stats] of [
    ['queue', a.queue],
    ['busy', a.busyTime],
  ] as const) {
    const line = (rest: string, value: number): string => `witgen_pool_${name}_seconds${rest} ${value}`
    const label = 'zone="eu",module="first"'
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        line(`{${label},quantile="0.5"}`, stats.p50Ms / 1000),
        line(`{${label},quantile="0.99"}`, stats.p99Ms / 1000),
        line(`_sum{${label}}`, stats.totalMs / 1000),
        line(`_count{${label}}`, stats.count),
      ]),
    )
  }
  expect(text).toContain('witgen_pool_queue_seconds{zone="eu",module="second",quantile="0.5"} NaN\n')
  expect(() => prometheusText(new MetricsCollector(), { labels: { quantile: '' } })).toThrow(
    "the label quantile is one of witgen's own",
  )
})

/** A reader that collects when it is told to. */
class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

test('a reader of OpenTelemetry reads them, until it is ended', async () => {
  const pool = await usedPool('observed')
  const reader = new Reader()
  const meters = new MeterProvider({ readers: [reader] })
  const end = observePool(pool, meters.getMeter('test'))
  const stats = pool.stats()
  const { resourceMetrics } = await reader.collect()
  const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
  const points = all.map(({ descriptor, dataPoints }) => [
    descriptor.name.replace('witgen.pool.', ''),
    dataPoints.map(({ attributes, value }) => [attributes['quantile'], value]),
  ])
  const single = (value: number): unknown => [[undefined, value]]
  const durations = ({ p50Ms, p99Ms, maxMs }: typeof stats.queue): unknown => [
    [0.5, p50Ms / 1000],
    [0.99, p99Ms / 1000],
    [1, maxMs / 1000],
  ]
  expect(Object.fromEntries(points)).toEqual({
    size: single(2),
    busy: single(0),
    waiting: single(0),
    calls: single(7),
    'call.errors': single(2),
    restarts: single(1),
    'queue.time': single(stats.queue.totalMs / 1000),
    'busy.time': single(stats.busyTime.totalMs / 1000),
    'queue.duration': durations(stats.queue),
    'busy.duration': durations(stats.busyTime),
  })
  for (const { dataPoints } of all)
    for (const { attributes } of dataPoints) expect(attributes['witgen.module']).toBe('observed')
  end()
  await pool.analysis.shout('late')
  const later = await reader.collect()
  const calls = later.resourceMetrics.scopeMetrics[0]?.metrics.find(({ descriptor }) =>
    descriptor.name.endsWith('calls'),
  )
  expect(calls?.dataPoints.map(({ value }) => value)).toEqual([7])
  await meters.shutdown()
})

test('two pools of one name cannot be told apart', async () => {
  const pools = [await untilEnd(pipelinePool({ size: 1 })), await untilEnd(pipelinePool({ size: 1 }))]
  expect(() => prometheusText(new MetricsCollector(), { pools })).toThrow(
    'two pools are called pipeline.wasm: give each a `name`, so that their numbers can be told apart',
  )
})
