import { metrics, type Meter } from '@opentelemetry/api'
import type { ObservedPool } from '../runtime/pool-numbers.ts'

/**
 * Makes the numbers of a pool observable, each with its `witgen.module`: `witgen.pool.size`, `witgen.pool.busy` and
 * `witgen.pool.waiting` (workers, workers that run calls, calls that wait), `witgen.pool.calls`, `witgen.pool.call.errors` and
 * `witgen.pool.restarts` (counters), `witgen.pool.queue.time` and `witgen.pool.busy.time` (seconds in all),
 * `witgen.pool.queue.duration` and `witgen.pool.busy.duration` (seconds; 50th and 99th percentile and maximum, by `quantile`). The
 * pool is asked when a reader of OpenTelemetry collects.
 *
 * @param meter default: the meter `witgen` of the global provider
 * @returns ends the observation
 */
export function observePool(pool: ObservedPool, meter: Meter = metrics.getMeter('witgen')): () => void {
  const level = (name: string, description: string): ReturnType<Meter['createObservableUpDownCounter']> =>
    meter.createObservableUpDownCounter(`witgen.pool.${name}`, { description })
  const counter = (name: string, description: string, unit?: string): ReturnType<Meter['createObservableCounter']> =>
    meter.createObservableCounter(`witgen.pool.${name}`, { description, ...(unit === undefined ? {} : { unit }) })
  const gauge = (name: string, description: string): ReturnType<Meter['createObservableGauge']> =>
    meter.createObservableGauge(`witgen.pool.${name}`, { description, unit: 's' })
  const size = level('size', 'Workers that the pool is made of.')
  const busy = level('busy', 'Workers that run calls.')
  const waiting = level('waiting', 'Calls that wait for a worker.')
  const calls = counter('calls', 'Calls that have their outcome, failed ones included.')
  const errors = counter('call.errors', 'Calls that failed.')
  const restarts = counter('restarts', 'Workers that were started in place of others.')
  const queueTime = counter('queue.time', 'Time that calls waited for a worker.', 's')
  const busyTime = counter('busy.time', 'Time that workers were busy.', 's')
  const queueDuration = gauge('queue.duration', 'How long calls waited for a worker.')
  const busyDuration = gauge('busy.duration', 'How long workers were busy, per lot of calls.')
  const all = [size, busy, waiting, calls, errors, restarts, queueTime, busyTime, queueDuration, busyDuration]
  const read: Parameters<Meter['addBatchObservableCallback']>[0] = (result) => {
    const stats = pool.stats()
    const site = { 'witgen.module': stats.module }
    result.observe(size, stats.size, site)
    result.observe(busy, stats.busy, site)
    result.observe(waiting, stats.waiting, site)
    result.observe(calls, stats.completed, site)
    result.observe(errors, stats.failed, site)
    result.observe(restarts, stats.replaced, site)
    for (const { time, duration, of } of [
      { time: queueTime, duration: queueDuration, of: stats.queue },
      { time: busyTime, duration: busyDuration, of: stats.busyTime },
    ]) {
      result.observe(time, of.totalMs / 1000, site)
      if (of.count === 0) continue
      result.observe(duration, of.p50Ms / 1000, { ...site, quantile: 0.5 })
      result.observe(duration, of.p99Ms / 1000, { ...site, quantile: 0.99 })
      result.observe(duration, of.maxMs / 1000, { ...site, quantile: 1 })
    }
  }
  meter.addBatchObservableCallback(read, all)
  return () => meter.removeBatchObservableCallback(read, all)
}
