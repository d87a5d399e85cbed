// Spans of calls that workers run, as the SDK of OpenTelemetry hands them out in both threads.
import { BroadcastChannel } from 'node:worker_threads'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { isWasmError } from 'witgen/runtime'
import { otelSpans } from 'witgen/otel'
import { pipelinePool, rejection, untilEnd } from './pools.ts'
import { told, type ToldSpan } from './trace-module.ts'

const traceModule = new URL('./trace-module.ts', import.meta.url)
const exporter = new InMemorySpanExporter()
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
const tracer = provider.getTracer('test')
const channel = new BroadcastChannel('witgen test spans')
let fromWorkers: ToldSpan[] = []

beforeAll(() => {
  context.disable()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  channel.addEventListener('message', (event) => {
    if ('data' in event) fromWorkers.push(event.data as ToldSpan)
  })
})
beforeEach(() => {
  exporter.reset()
  fromWorkers = []
})
afterAll(async () => {
  channel.close()
  context.disable()
  await provider.shutdown()
})

const SITE = 'demo:pipeline/analysis@0.1.0#'
const here = (): ToldSpan[] => exporter.getFinishedSpans().map(told)

/** Each span as the path of names from its root. */
function paths(spans: readonly ToldSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.id, span]))
  const path = ({ name, parent }: ToldSpan): string => {
    const above = byId.get(parent ?? '')
    return above === undefined ? name : `${path(above)} > ${name}`
  }
  return spans.map(path).toSorted()
}

/** Runs calls as a part of a span. */
async function request(name: string, calls: () => Promise<unknown>): Promise<void> {
  const span = tracer.startSpan(name)
  await context.with(trace.setSpan(context.active(), span), calls)
  span.end()
}

const CALL = `${SITE}call-back`
const LOG = 'demo:pipeline/log@0.1.0#log'

test('a span from the call to its result, and in the worker those of the guest and of its imports below it', async () => {
  const hooks = otelSpans({ tracer })
  const pool = await untilEnd(pipelinePool({ hooks, hooksModule: traceModule, importsModule: traceModule }))
  await Promise.all([
    request('first', () => pool.analysis.callBack(1)),
    request('second', () => pool.analysis.callBack(1)),
  ])
  await vi.waitFor(() => expect(fromWorkers).toHaveLength(6))
  const below = (name: string): string[] => {
    const inWorker = `${name} > ${CALL} > ${CALL}`
    const log = `${inWorker} > ${LOG}`
    return [name, `${name} > ${CALL}`, inWorker, log, `${log} > write call 1 of 1`]
  }
  expect(paths([...here(), ...fromWorkers])).toEqual([...below('first'), ...below('second')])
  // Each request is one trace.
  expect(new Set([...here(), ...fromWorkers].map((span) => span.trace)).size).toBe(2)
})

test('map: all items belong to what was active when it was called, not to what is when they are read', async () => {
  const pool = await untilEnd(pipelinePool({ hooks: otelSpans({ tracer }), hooksModule: traceModule }))
  const other = tracer.startSpan('other')
  async function* items(): AsyncGenerator<string> {
    for (const item of ['a', 'b', 'c']) {
      await new Promise((resolve) => setImmediate(resolve))
      yield item
    }
  }
  let mapped: Promise<unknown> = Promise.resolve()
  await request('batch', () => (mapped = pool.map('analysis.shout', items())))
  await context.with(trace.setSpan(context.active(), other), () => mapped)
  other.end()
  await vi.waitFor(() => expect(fromWorkers).toHaveLength(3))
  const item = `batch > ${SITE}shout`
  const inWorker = `${item} > ${SITE}shout`
  expect(paths([...here(), ...fromWorkers])).toEqual(
    ['batch', item, inWorker, item, inWorker, item, inWorker, 'other'].toSorted(),
  )
})

test('an import that the main thread answers runs as a part of its call', async () => {
  const log = (): void => tracer.startSpan('write').end()
  const pool = await untilEnd(pipelinePool({ hooks: otelSpans({ tracer }), imports: { 'demo:pipeline/log': { log } } }))
  await Promise.all([
    request('first', () => pool.analysis.callBack(1)),
    request('second', () => pool.analysis.callBack(2)),
  ])
  const [first, second] = [`first > ${CALL}`, `second > ${CALL}`]
  expect(paths(here())).toEqual([
    'first',
    first,
    `${first} > write`,
    'second',
    second,
    `${second} > write`,
    `${second} > write`,
  ])
})

test('each call has one span, with its outcome: errors of guests, killed, cancelled, refused and abandoned ones', async () => {
  const pool = await untilEnd(pipelinePool({ size: 1, maxQueue: 1, hooks: otelSpans({ tracer }) }))
  const controller = new AbortController()
  const { signal } = controller
  const outcomes = (): unknown[] =>
    exporter.getFinishedSpans().map(({ name, attributes }) => [name.replace(SITE, ''), attributes['error.type']])
  await pool.analysis.shout('a')
  await rejection(pool.analysis.crash('divide'))
  await rejection(pool.call('analysis.crash', ['loop'], { timeoutMs: 40 }))
  expect(outcomes()).toEqual([
    ['shout', undefined],
    ['crash', 'ArithmeticTrap'],
    ['crash', 'ExecutionTimeout'],
  ])
  await pool.analysis.shout('the new worker is there')
  exporter.reset()
  const running = rejection(pool.call('analysis.crash', ['loop'], { signal }))
  const waiting = rejection(pool.call('analysis.shout', ['b'], { signal }))
  const map = rejection(pool.map('analysis.shout', ['c', 'd'], { signal }))
  expect(await rejection(pool.analysis.shout('e'))).toMatchObject({ codeName: 'QueueFull' })
  controller.abort()
  for (const error of await Promise.all([running, waiting, map])) expect(isWasmError(error, 'Cancelled')).toBe(true)
  expect(outcomes()).toEqual([
    ['shout', 'QueueFull'],
    ['crash', 'Cancelled'],
    ['shout', 'Cancelled'],
  ])
  exporter.reset()
  const throwing = rejection(pool.map('analysis.crash', ['panic', 'x', 'x', 'x']))
  expect(await throwing).toMatchObject({ codeName: 'Unreachable' })
  await pool.drain()
  const spans = outcomes()
  expect(spans[0]).toEqual(['crash', 'Unreachable'])
  for (const [, type] of spans.slice(1) as [string, unknown][]) expect([undefined, 'Cancelled']).toContain(type)
})

test('hooks in the worker alone: its spans are roots; a module without hooks is refused', async () => {
  const pool = await untilEnd(pipelinePool({ hooksModule: traceModule }))
  await request('alone', () => pool.analysis.shout('a'))
  await vi.waitFor(() => expect(fromWorkers).toHaveLength(1))
  expect(paths([...here(), ...fromWorkers])).toEqual(['alone', `${SITE}shout`])
  const none = new URL('data:text/javascript,export const other = 1')
  expect(await rejection(pipelinePool({ hooksModule: none }))).toMatchObject({
    message: expect.stringContaining('has to export hooks'),
  })
})
