import type { DurationStats, ObservedPool, PoolNumbers } from '../runtime/pool-numbers.ts'
import type { Family, Labels, PrometheusSample } from './family.ts'

/**
 * The numbers of pools, each told apart by the name of its instances.
 *
 * @throws TypeError for two pools of one name
 */
export function poolFamilies(pools: readonly ObservedPool[], prefix: string, common: Labels): readonly Family[] {
  const all = pools.map((pool) => {
    const stats = pool.stats()
    return { stats, labels: { ...common, module: stats.module } }
  })
  const twice = all.find(({ stats }, i) => all.findIndex((other) => other.stats.module === stats.module) < i)
  if (twice !== undefined) {
    throw new TypeError(
      `two pools are called ${twice.stats.module}: give each a \`name\`, so that their numbers can be told apart`,
    )
  }
  const single = (name: string, type: Family['type'], help: string, value: (stats: PoolNumbers) => number): Family => ({
    name: `${prefix}_pool_${name}`,
    type,
    help,
    samples: all.map(({ stats, labels }) => ({ labels, value: value(stats) })),
  })
  const summary = (name: string, help: string, durations: (stats: PoolNumbers) => DurationStats): Family => ({
    name: `${prefix}_pool_${name}`,
    type: 'summary',
    help,
    samples: all.flatMap(({ stats, labels }) => samplesOf(durations(stats), labels)),
  })
  return [
    single('size', 'gauge', 'Workers that a pool is made of.', (s) => s.size),
    single('busy_workers', 'gauge', 'Workers that run calls.', (s) => s.busy),
    single('waiting_calls', 'gauge', 'Calls that wait for a worker.', (s) => s.waiting),
    single('calls_total', 'counter', 'Calls that have their outcome, failed ones included.', (s) => s.completed),
    single('call_errors_total', 'counter', 'Calls that failed.', (s) => s.failed),
    single('restarts_total', 'counter', 'Workers that were started in place of others.', (s) => s.replaced),
    summary('queue_seconds', 'How long calls waited for a worker.', (s) => s.queue),
    summary('busy_seconds', 'How long workers were busy, per lot of calls.', (s) => s.busyTime),
  ]
}

function samplesOf(durations: DurationStats, labels: Labels): readonly PrometheusSample[] {
  const { count, totalMs, p50Ms, p99Ms } = durations
  // Of nothing there is no quantile.
  const quantile = (q: number, ms: number): PrometheusSample => ({
    labels: { ...labels, quantile: String(q) },
    value: count === 0 ? Number.NaN : ms / 1000,
  })
  return [
    quantile(0.5, p50Ms),
    quantile(0.99, p99Ms),
    { suffix: '_sum', labels, value: totalMs / 1000 },
    { suffix: '_count', labels, value: count },
  ]
}
