import { refuseUnknownKeys } from '../runtime/known-keys.ts'
import type { CallMetrics, MetricsCollector } from '../runtime/metrics.ts'
import type { ObservedPool } from '../runtime/pool-numbers.ts'
import { poolFamilies } from './pool-families.ts'
import { familyText, type Family, type Labels, type PrometheusSample } from './family.ts'

/** The `content-type` of the page. */
export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** How the page is written. */
export interface PrometheusOptions {
  /** What all names begin with; default: `witgen`. Letters, digits and `_`, no digit first. */
  readonly prefix?: string
  /** Labels for every sample, such as `{ plugin_host: 'eu-1' }`. */
  readonly labels?: Labels
  /** Pools whose numbers stand on the page too. */
  readonly pools?: readonly ObservedPool[]
}

const OPTIONS: ReadonlySet<string> = new Set<keyof PrometheusOptions>(['prefix', 'labels', 'pools'])

/** 256 ns to 17 s, four times as long from one to the next: powers of two, which the collector counts exactly. */
const BOUNDS_NS: readonly number[] = Array.from({ length: 14 }, (_, i) => 4 ** (i + 4))
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/u
/** What witgen's own samples are told apart by. */
const OWN_LABELS: ReadonlySet<string> = new Set([
  'module',
  'interface',
  'function',
  'direction',
  'code',
  'le',
  'quantile',
])

/**
 * What a collector has counted, in the text format of Prometheus (0.0.4): counters of calls, errors by code, seconds in
 * imports and bytes, a histogram of durations, and how many instances there are with how many pages of memory; of `pools`, how
 * many workers and calls there are, how many workers were replaced, and how long calls waited and workers were busy.
 *
 * ```ts
 * response.setHeader('content-type', PROMETHEUS_CONTENT_TYPE).end(prometheusText(collector))
 * ```
 *
 * @throws TypeError for options that are none, and for a prefix or a label that Prometheus does not take
 */
export function prometheusText(collector: MetricsCollector, options: PrometheusOptions = {}): string {
  refuseUnknownKeys(options, OPTIONS, 'prometheusText')
  const { prefix = 'witgen', labels: common = {}, pools = [] } = options
  if (!NAME.test(prefix))
    throw new TypeError(`the prefix has to be letters, digits and _, got ${JSON.stringify(prefix)}`)
  for (const name of Object.keys(common)) checkLabel(name)
  const calls = collector.snapshot({ boundsNs: BOUNDS_NS })
  const modules = collector.modules()
  const site = (m: CallMetrics): Labels => ({
    ...common,
    module: m.module,
    interface: m.interface,
    function: m.function,
    direction: m.direction,
  })
  const families: readonly Family[] = [
    {
      name: `${prefix}_calls_total`,
      type: 'counter',
      help: 'Calls, failed ones included.',
      samples: calls.map((m) => ({ labels: site(m), value: m.count })),
    },
    {
      name: `${prefix}_call_errors_total`,
      type: 'counter',
      help: 'Calls that failed, by the name of the error code.',
      samples: calls.flatMap((m) =>
        Object.entries(m.errorCodes).map(([code, value]) => ({ labels: { ...site(m), code }, value })),
      ),
    },
    {
      name: `${prefix}_call_duration_seconds`,
      type: 'histogram',
      help: 'How long calls took, the imports that they called included.',
      samples: collector.isTimed ? calls.flatMap((m) => histogram(m, site(m))) : [],
    },
    {
      name: `${prefix}_call_import_seconds_total`,
      type: 'counter',
      help: 'How much of the durations of exports was spent in imports.',
      samples: (collector.isTimed ? calls : [])
        .filter((m) => m.direction === 'export')
        .map((m) => ({ labels: site(m), value: m.importNs / 1e9 })),
    },
    {
      name: `${prefix}_call_bytes_in_total`,
      type: 'counter',
      help: 'Bytes of strings and lists on their way into guests.',
      samples: calls.map((m) => ({ labels: site(m), value: m.bytesIn })),
    },
    {
      name: `${prefix}_call_bytes_out_total`,
      type: 'counter',
      help: 'Bytes of strings and lists on their way out of guests.',
      samples: calls.map((m) => ({ labels: site(m), value: m.bytesOut })),
    },
    {
      name: `${prefix}_instances`,
      type: 'gauge',
      help: 'Instances that are alive.',
      samples: modules.map((m) => ({ labels: { ...common, module: m.module }, value: m.instances })),
    },
    {
      name: `${prefix}_memory_pages`,
      type: 'gauge',
      help: 'Pages of 64 KiB of the memories of instances that are alive.',
      samples: modules.map((m) => ({ labels: { ...common, module: m.module }, value: m.memoryPages })),
    },
  ]
  return [...families, ...poolFamilies(pools, prefix, common)].map(familyText).join('')
}

function histogram(m: CallMetrics, labels: Labels): readonly PrometheusSample[] {
  const buckets = BOUNDS_NS.map((ns, i) => ({
    suffix: '_bucket',
    labels: { ...labels, le: String(ns / 1e9) },
    value: m.callsBelow[i] ?? 0,
  }))
  return [
    ...buckets,
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: m.count },
    { suffix: '_sum', labels, value: m.totalNs / 1e9 },
    { suffix: '_count', labels, value: m.count },
  ]
}

function checkLabel(name: string): void {
  if (!NAME.test(name) || name.startsWith('__'))
    throw new TypeError(`a label has to be letters, digits and _, got ${JSON.stringify(name)}`)
  if (OWN_LABELS.has(name)) throw new TypeError(`the label ${name} is one of witgen's own`)
}
