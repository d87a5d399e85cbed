import type { CallMetrics } from 'witgen/runtime'

/** The metrics of all functions as lines of at most 77 columns. */
export function metricsTable(metrics: readonly CallMetrics[]): readonly string[] {
  const rows = metrics.map((m) => [
    `${m.direction === 'import' ? '→ ' : ''}${m.function}`,
    String(m.count),
    String(m.errors),
    duration(m.p50Ns),
    duration(m.maxNs),
    bytes(m.bytesIn),
    bytes(m.bytesOut),
  ])
  const head = ['function', 'calls', 'errors', 'p50', 'max', 'bytes in', 'bytes out']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)))
  return [head, ...rows].map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  )
}

function duration(ns: number): string {
  if (ns < 1e3) return `${ns.toFixed(0)} ns`
  return ns < 1e6 ? `${(ns / 1e3).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`
}

function bytes(n: number): string {
  return n < 1e4 ? `${n} B` : `${(n / 1024).toFixed(1)} KiB`
}
