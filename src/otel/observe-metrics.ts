import { type Attributes, metrics, type Meter } from '@opentelemetry/api'
import type { CallMetrics, MetricsCollector } from '../runtime/metrics.ts'

/**
 * Makes what a collector counts observable: `witgen.calls`, `witgen.call.errors` (by `error.type`), `witgen.call.time` and
 * `witgen.call.import_time` (seconds), `witgen.call.duration` (seconds; 50th and 99th percentile and maximum, by `quantile`),
 * `witgen.call.bytes` (by `flow`, `in` or `out`), `witgen.instances` and `witgen.memory.pages`. Calls cost nothing more: the
 * collector is read when a reader of OpenTelemetry collects.
 *
 * @param meter default: the meter `witgen` of the global provider
 * @returns ends the observation
 */
export function observeMetrics(collector: MetricsCollector, meter: Meter = metrics.getMeter('witgen')): () => void {
  const calls = meter.createObservableCounter('witgen.calls', { description: 'Calls, failed ones included.' })
  const errors = meter.createObservableCounter('witgen.call.errors', { description: 'Calls that failed.' })
  const time = meter.createObservableCounter('witgen.call.time', { description: 'Time in calls.', unit: 's' })
  const importTime = meter.createObservableCounter('witgen.call.import_time', {
    description: 'How much of the time in exports was spent in imports.',
    unit: 's',
  })
  const duration = meter.createObservableGauge('witgen.call.duration', {
    description: 'How long calls took.',
    unit: 's',
  })
  const bytes = meter.createObservableCounter('witgen.call.bytes', {
    description: 'Bytes of strings and lists on their way into guests and out of them.',
    unit: 'By',
  })
  const instances = meter.createObservableUpDownCounter('witgen.instances', {
    description: 'Instances that are alive.',
  })
  const pages = meter.createObservableUpDownCounter('witgen.memory.pages', {
    description: 'Pages of 64 KiB of the memories of instances that are alive.',
  })
  const all = [calls, errors, time, importTime, duration, bytes, instances, pages]
  const read: Parameters<Meter['addBatchObservableCallback']>[0] = (result) => {
    for (const m of collector.snapshot()) {
      const site = attributesOf(m)
      result.observe(calls, m.count, site)
      for (const [code, count] of Object.entries(m.errorCodes)) {
        result.observe(errors, count, { ...site, 'error.type': code })
      }
      result.observe(bytes, m.bytesIn, { ...site, flow: 'in' })
      result.observe(bytes, m.bytesOut, { ...site, flow: 'out' })
      if (!collector.isTimed) continue
      result.observe(time, m.totalNs / 1e9, site)
      if (m.direction === 'export') result.observe(importTime, m.importNs / 1e9, site)
      result.observe(duration, m.p50Ns / 1e9, { ...site, quantile: 0.5 })
      result.observe(duration, m.p99Ns / 1e9, { ...site, quantile: 0.99 })
      result.observe(duration, m.maxNs / 1e9, { ...site, quantile: 1 })
    }
    for (const m of collector.modules()) {
      result.observe(instances, m.instances, { 'witgen.module': m.module })
      result.observe(pages, m.memoryPages, { 'witgen.module': m.module })
    }
  }
  meter.addBatchObservableCallback(read, all)
  return () => meter.removeBatchObservableCallback(read, all)
}

function attributesOf(m: CallMetrics): Attributes {
  return {
    'witgen.module': m.module,
    'witgen.interface': m.interface,
    'witgen.function': m.function,
    'witgen.direction': m.direction,
  }
}
