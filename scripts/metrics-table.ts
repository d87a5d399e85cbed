import type { CallMetrics } from 'witgen/runtime'
import { columns } from './columns.ts'

/** The metrics of all functions as lines of at most 77 columns, where no name has more than 10 letters. */
export function metricsTable(metrics: readonly CallMetrics[]): readonly string[] {
  const rows = metrics.map((m) => [
    m.module,
    `${m.direction === 'import' ? '→ ' : ''}${m.function}`,
    String(m.count),
    String(m.errors),
    duration(m.p50Ns),
    duration(m.maxNs),
    bytes(m.bytesIn),
    bytes(m.bytesOut),
  ])
  const titles = ['module', 'function', 'calls', 'errors', 'p50', 'max', 'bytes in', 'bytes out']
  return columns([titles, ...rows], [0, 1])
}

function duration(ns: number): string {
  if (ns < 1e3) return `${ns.toFixed(0)} ns`
  return ns < 1e6 ? `${(ns / 1e3).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`
}

function bytes(n: number): string {
  return n < 1e4 ? `${n} B` : `${(n / 1024).toFixed(1)} KiB`
}
