// The page, read by a parser of others and compared with what the collector says.
import parse from 'parse-prometheus-text-format'
import { beforeAll, expect, test } from 'vitest'
import { compile, instantiate, MetricsCollector, withMetrics, type CompiledComponent } from 'witgen/runtime'
import { PROMETHEUS_CONTENT_TYPE, prometheusText } from 'witgen/prometheus'
import { demoGuest } from '../runtime/guests.ts'

type Analysis = { shout(text: string): string; fail(): void; add(a: number, b: number): number }

let compiled: CompiledComponent
beforeAll(async () => {
  compiled = await compile(demoGuest())
})

const imports = { 'demo:algo/log': { log: () => {}, threshold: () => 'quiet' }, tick: () => 1 }

function run(metrics: MetricsCollector, name: string): { dispose(): void } {
  const guest = instantiate<{ 'demo:algo/analysis': Analysis }>(compiled, { name, imports, hooks: metrics })
  guest.exports['demo:algo/analysis'].shout('four')
  guest.exports['demo:algo/analysis'].shout('four')
  return guest
}

test('a parser of the format reads what the collector counted', () => {
  const metrics = new MetricsCollector()
  const name = 'a "quoted" \\ name\nin two lines'
  const guest = instantiate<{ 'demo:algo/analysis': Analysis }>(compiled, { name, imports, hooks: metrics })
  guest.exports['demo:algo/analysis'].shout('four')
  expect(() => guest.exports['demo:algo/analysis'].fail()).toThrow('unreachable')
  expect(() => guest.exports['demo:algo/analysis'].fail()).toThrow('InstancePoisoned')

  const families = new Map(parse(prometheusText(metrics)).map((family) => [family.name, family]))
  const snapshot = metrics.snapshot()
  const values = (family: string): unknown[] =>
    (families.get(family)?.metrics ?? []).map(({ labels, value }) => [labels?.['function'], Number(value)])
  expect([...families].map(([family, { type }]) => `${family} ${type}`)).toEqual([
    'witgen_calls_total COUNTER',
    'witgen_call_errors_total COUNTER',
    'witgen_call_duration_seconds HISTOGRAM',
    'witgen_call_import_seconds_total COUNTER',
    'witgen_call_bytes_in_total COUNTER',
    'witgen_call_bytes_out_total COUNTER',
    'witgen_instances GAUGE',
    'witgen_memory_pages GAUGE',
  ])
  expect(values('witgen_calls_total')).toEqual(snapshot.map((m) => [m.function, m.count]))
  expect(values('witgen_call_bytes_in_total')).toEqual(snapshot.map((m) => [m.function, m.bytesIn]))
  expect(values('witgen_call_bytes_out_total')).toEqual(snapshot.map((m) => [m.function, m.bytesOut]))
  const failed = families.get('witgen_call_errors_total')?.metrics.map(({ labels, value }) => [labels, value])
  const site = { interface: 'demo:algo/analysis@1.2.0', function: 'fail', direction: 'export' }
  expect(failed?.map(([labels, value]) => [{ ...(labels as object), module: '' }, value])).toEqual([
    [{ module: '', ...site, code: 'InstancePoisoned' }, '1'],
    [{ module: '', ...site, code: 'Unreachable' }, '1'],
  ])
  // The parser takes a histogram for one that has no labels of its own: its samples are read as metrics of their own.
  const text = prometheusText(metrics).replaceAll(/^# [A-Z]+ witgen_call_duration_seconds .*\n/gmu, '')
  const samples = (suffix: string): readonly (readonly [func: string, le: number, value: number])[] => {
    const families = parse(text).filter(({ name }) => name === `witgen_call_duration_seconds_${suffix}`)
    return families
      .flatMap(({ metrics: all }) => all)
      .map(({ labels, value }) => [
        labels?.['function'] ?? '',
        Number(labels?.['le']?.replace('+Inf', 'Infinity')),
        Number(value),
      ])
  }
  expect(samples('count')).toEqual(snapshot.map((m) => [m.function, Number.NaN, m.count]))
  expect(samples('sum')).toEqual(snapshot.map((m) => [m.function, Number.NaN, m.totalNs / 1e9]))
  for (const m of snapshot) {
    const buckets = samples('bucket').filter(([func]) => func === m.function)
    const bounds = buckets.map(([, le]) => le)
    const counts = buckets.map(([, , count]) => count)
    expect(bounds).toEqual([...Array.from({ length: 14 }, (_, i) => 4 ** (i + 4) / 1e9), Infinity])
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBe(m.count)
    // Where the slowest call stands: below the first bound that is longer.
    expect(counts.map((count) => count === m.count)).toEqual(bounds.map((le) => le > m.maxNs / 1e9))
  }
  expect(families.get('witgen_memory_pages')?.metrics.map(({ value }) => value)).toEqual(['1'])
  guest.dispose()
})

test('the text itself: one line a sample, labels escaped', () => {
  const metrics = new MetricsCollector({ durations: false })
  const guest = run(metrics, 'a "quoted" \\ name\nin two lines')
  const lines = prometheusText(metrics, { prefix: 'host', labels: { zone: 'eu' } }).split('\n')
  expect(lines.filter((line) => line.includes('function="shout"') || /instances|pages/u.test(line))).toEqual([
    'host_calls_total{zone="eu",module="a \\"quoted\\" \\\\ name\\nin two lines",interface="demo:algo/analysis@1.2.0",function="shout",direction="export"} 2',
    'host_call_bytes_in_total{zone="eu",module="a \\"quoted\\" \\\\ name\\nin two lines",interface="demo:algo/analysis@1.2.0",function="shout",direction="export"} 18',
    'host_call_bytes_out_total{zone="eu",module="a \\"quoted\\" \\\\ name\\nin two lines",interface="demo:algo/analysis@1.2.0",function="shout",direction="export"} 18',
    '# HELP host_instances Instances that are alive.',
    '# TYPE host_instances gauge',
    'host_instances{zone="eu",module="a \\"quoted\\" \\\\ name\\nin two lines"} 1',
    '# HELP host_memory_pages Pages of 64 KiB of the memories of instances that are alive.',
    '# TYPE host_memory_pages gauge',
    'host_memory_pages{zone="eu",module="a \\"quoted\\" \\\\ name\\nin two lines"} 1',
  ])
  expect(lines.some((line) => line.includes('seconds'))).toBe(false)
  expect(lines.at(-1)).toBe('')
  guest.dispose()
})

test('instances are counted while they live and are counted for', () => {
  const metrics = new MetricsCollector()
  const gauges = (): string[] => prometheusText(metrics).match(/^witgen_(?:instances|memory_pages)\{.*$/gmu) ?? []
  const [first, second, other] = [run(metrics, 'a'), run(metrics, 'a'), run(metrics, 'b')]
  const pages = ['witgen_memory_pages{module="a"} 2', 'witgen_memory_pages{module="b"} 1']
  expect(gauges()).toEqual(['witgen_instances{module="a"} 2', 'witgen_instances{module="b"} 1', ...pages])
  first.dispose()
  other.dispose()
  expect(gauges()).toEqual(['witgen_instances{module="a"} 1', 'witgen_memory_pages{module="a"} 1'])
  second.dispose()
  expect(gauges()).toEqual([])
})

test('a collector that has counted nothing gives an empty page, which a parser takes', () => {
  const text = prometheusText(new MetricsCollector())
  expect(text).toBe('')
  expect(parse(text)).toEqual([])
  expect(PROMETHEUS_CONTENT_TYPE).toBe('text/plain; version=0.0.4; charset=utf-8')
})

test('names that Prometheus does not take are refused', () => {
  const metrics = withMetricsOf()
  expect(() => prometheusText(metrics, { prefix: '1' })).toThrow('the prefix has to be letters, digits and _, got "1"')
  expect(() => prometheusText(metrics, { labels: { 'a-b': '' } })).toThrow('got "a-b"')
  expect(() => prometheusText(metrics, { labels: { __a: '' } })).toThrow('got "__a"')
  expect(() => prometheusText(metrics, { labels: { module: '' } })).toThrow("the label module is one of witgen's own")
})

function withMetricsOf(): MetricsCollector {
  const guest = instantiate(compiled, { imports })
  const metrics = withMetrics(guest)
  guest.dispose()
  return metrics
}
