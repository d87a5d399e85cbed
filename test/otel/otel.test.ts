// Spans and metrics as the SDK of OpenTelemetry hands them out, in this thread and from a worker.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addHooks, compile, instantiate, MetricsCollector, removeHooks, type CompiledComponent } from 'witgen/runtime'
import { observeMetrics, otelSpans, traceCarrier, withTraceCarrier } from 'witgen/otel'
import { demoGuest } from '../runtime/guests.ts'

interface Analysis {
  shout(text: string): string
  add(a: number, b: number): number
  fail(): void
}

const exporter = new InMemorySpanExporter()
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
const tracer = provider.getTracer('test')

let compiled: CompiledComponent
beforeAll(async () => {
  compiled = await compile(demoGuest())
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})
beforeEach(() => exporter.reset())
afterAll(async () => {
  context.disable()
  await provider.shutdown()
})

function load(): { readonly analysis: Analysis; readonly guest: { dispose(): void } } {
  const log = (_priority: string, message: string): void => {
    // A host function with a span of its own.
    tracer.startActiveSpan('write', (span) => span.end())
    if (message === 'bad') throw new Error('refused')
  }
  const imports = { 'demo:algo/log': { log, threshold: () => 'quiet' }, tick: () => 1 }
  const guest = instantiate<{ 'demo:algo/analysis': Analysis }>(compiled, { name: 'demo', imports })
  return { analysis: guest.exports['demo:algo/analysis'], guest }
}

/** The name of each span with that of its parent. */
function tree(): (readonly [string, string | undefined])[] {
  const spans = exporter.getFinishedSpans()
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span.name]))
  return spans.map((span) => [span.name, byId.get(span.parentSpanContext?.spanId ?? '')] as const)
}
const spanOf = (name: string): ReadableSpan | undefined => exporter.getFinishedSpans().find((s) => s.name === name)

const SHOUT = 'demo:algo/analysis@1.2.0#shout'

describe('spans', () => {
  test('of exports: children of the active span, and active while the guest runs', () => {
    const { analysis, guest } = load()
    const hooks = otelSpans({ tracer })
    addHooks(guest, hooks)
    tracer.startActiveSpan('request', (span) => {
      expect(analysis.shout('four')).toBe('quiet')
      span.end()
    })
    expect(tree()).toEqual([
      ['write', SHOUT],
      [SHOUT, 'request'],
      ['request', undefined],
    ])
    expect(spanOf(SHOUT)?.attributes).toEqual({
      'witgen.module': 'demo',
      'witgen.interface': 'demo:algo/analysis@1.2.0',
      'witgen.function': 'shout',
      'witgen.direction': 'export',
    })
    removeHooks(guest, hooks)
    exporter.reset()
    analysis.add(1, 2)
    expect(tree()).toEqual([])
    guest.dispose()
  })

  test('of imports, when asked for, beside other hooks', () => {
    const { analysis, guest } = load()
    const metrics = new MetricsCollector()
    addHooks(guest, metrics)
    addHooks(guest, otelSpans({ tracer, imports: true }))
    analysis.shout('four')
    expect(tree()).toEqual([
      ['write', 'demo:algo/log@1.0.0#log'],
      ['demo:algo/log@1.0.0#log', SHOUT],
      ['demo:algo/log@1.0.0#threshold', SHOUT],
      [SHOUT, undefined],
    ])
    expect(metrics.snapshot().map((m) => [m.function, m.count])).toEqual([
      ['shout', 1],
      ['log', 1],
      ['threshold', 1],
    ])
    guest.dispose()
  })

  test('of calls that throw: status, exception and code', () => {
    const { analysis, guest } = load()
    addHooks(guest, otelSpans({ tracer, imports: true }))
    expect(() => analysis.shout('bad')).toThrow('refused')
    const [, log, shout] = exporter.getFinishedSpans()
    expect([log?.status, log?.attributes['error.type']]).toEqual([{ code: 2, message: 'refused' }, 'Error'])
    expect(shout?.status).toEqual({ code: 2, message: 'wasm module demo error [17 HostError]: refused' })
    expect(shout?.attributes['error.type']).toBe('HostError')
    expect(shout?.events.map((event) => event.name)).toEqual(['exception'])
    guest.dispose()
  })

  test('the tracer of the global provider by default', () => {
    trace.setGlobalTracerProvider(provider)
    const { analysis, guest } = load()
    addHooks(guest, otelSpans())
    analysis.add(1, 2)
    expect(exporter.getFinishedSpans().map((s) => [s.name, s.instrumentationScope.name])).toEqual([
      ['demo:algo/analysis@1.2.0#add', 'witgen'],
    ])
    trace.disable()
    guest.dispose()
  })
})

describe('the trace context', () => {
  test('there and back, with its state; nothing without a span', () => {
    expect(traceCarrier()).toBeUndefined()
    const carrier = { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`, tracestate: 'a=1,b=2' }
    expect(withTraceCarrier(carrier, traceCarrier)).toEqual(carrier)
    // A version to come may say more, which is left out.
    const later = { traceparent: `cc-${'ab'.repeat(16)}-${'cd'.repeat(8)}-00-more` }
    expect(withTraceCarrier(later, traceCarrier)).toEqual({ traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-00` })
  })

  test.each([
    '',
    'nonsense',
    `00-${'AB'.repeat(16)}-${'cd'.repeat(8)}-01`,
    `00-${'00'.repeat(16)}-${'cd'.repeat(8)}-01`,
    `00-${'ab'.repeat(16)}-${'00'.repeat(8)}-01`,
    `ff-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
    `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01-more`,
  ])('what is none is left out: %s', (traceparent) => {
    expect(withTraceCarrier({ traceparent }, traceCarrier)).toBeUndefined()
    expect(withTraceCarrier(undefined, () => 7)).toBe(7)
  })

  test('a span in a worker is a child of the span that sent the message', async () => {
    const script = `
      import { parentPort, workerData } from 'node:worker_threads'
      import { context } from '@opentelemetry/api'
      import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
      import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
      import { withTraceCarrier } from 'witgen/otel'
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
      const exporter = new InMemorySpanExporter()
      const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
      withTraceCarrier(workerData, () => provider.getTracer('worker').startSpan('in the worker').end())
      const [span] = exporter.getFinishedSpans()
      parentPort.postMessage({ traceId: span.spanContext().traceId, parent: span.parentSpanContext.spanId })`
    const request = tracer.startSpan('request')
    const workerData = context.with(trace.setSpan(context.active(), request), traceCarrier)
    const worker = new Worker(script, {
      eval: true,
      workerData,
      execArgv: ['--conditions=witgen-source', '--input-type=module'],
    })
    const [message] = (await once(worker, 'message')) as [unknown]
    const { traceId, spanId } = request.spanContext()
    expect(message).toEqual({ traceId, parent: spanId })
    request.end()
    await worker.terminate()
  })
})

describe('metrics', () => {
  /** A reader that collects when it is told to. */
  class Reader extends MetricReader {
    protected override async onForceFlush(): Promise<void> {}
    protected override async onShutdown(): Promise<void> {}
  }

  /** What is observed: the metric, what tells its points apart beside the function, and the value. */
  async function observed(reader: Reader, func: string): Promise<Record<string, unknown[]>> {
    const { resourceMetrics } = await reader.collect()
    const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
    const points = (metric: (typeof all)[number]): unknown[] =>
      metric.dataPoints
        .filter(
          ({ attributes }) => attributes['witgen.function'] === func || attributes['witgen.function'] === undefined,
        )
        .map(({ attributes, value }) => {
          const { quantile, flow, 'error.type': type } = attributes
          return [quantile ?? flow ?? type, value].filter((part) => part !== undefined)
        })
    return Object.fromEntries(all.map((metric) => [metric.descriptor.name, points(metric)]))
  }

  test('what the collector has counted is read when it is collected, until it is ended', async () => {
    const reader = new Reader()
    const meters = new MeterProvider({ readers: [reader] })
    const collector = new MetricsCollector()
    const end = observeMetrics(collector, meters.getMeter('test'))
    const { analysis, guest } = load()
    addHooks(guest, collector)
    analysis.shout('four')
    expect(() => analysis.shout('bad')).toThrow('refused')
    const row = collector.snapshot().find((m) => m.function === 'shout')
    expect(await observed(reader, 'shout')).toEqual({
      'witgen.calls': [[2]],
      'witgen.call.errors': [['HostError', 1]],
      'witgen.call.time': [[(row?.totalNs ?? 0) / 1e9]],
      'witgen.call.import_time': [[(row?.importNs ?? 0) / 1e9]],
      'witgen.call.duration': [
        [0.5, (row?.p50Ns ?? 0) / 1e9],
        [0.99, (row?.p99Ns ?? 0) / 1e9],
        [1, (row?.maxNs ?? 0) / 1e9],
      ],
      'witgen.call.bytes': [
        ['in', row?.bytesIn],
        ['out', row?.bytesOut],
      ],
      'witgen.instances': [[1]],
      'witgen.memory.pages': [[1]],
    })
    end()
    expect(() => analysis.shout('late')).toThrow('InstancePoisoned')
    expect(collector.snapshot().find((m) => m.function === 'shout')?.count).toBe(3)
    // The SDK repeats the last sums, which stay what they were.
    expect(await observed(reader, 'shout')).toMatchObject({ 'witgen.calls': [[2]] })
    guest.dispose()
    await meters.shutdown()
  })
})
