/** Hooks and imports of a worker that make spans, which are told of on a channel. */
import { BroadcastChannel } from 'node:worker_threads'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { type ReadableSpan, type SpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { CallHooks } from 'witgen/runtime'
import { otelSpans } from 'witgen/otel'

/** A span, as it crosses threads. */
export interface ToldSpan {
  readonly name: string
  readonly id: string
  readonly parent: string | undefined
  readonly trace: string
}

export function told(span: ReadableSpan): ToldSpan {
  const { spanId, traceId } = span.spanContext()
  return { name: span.name, id: spanId, parent: span.parentSpanContext?.spanId, trace: traceId }
}

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
const channel = new BroadcastChannel('witgen test spans')
const exporter: SpanExporter = {
  export(spans, done) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    for (const span of spans) channel.postMessage(told(span))
    done({ code: 0 })
  },
  shutdown: () => Promise.resolve(),
}
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
const tracer = provider.getTracer('worker')

export const hooks: CallHooks = otelSpans({ tracer, imports: true })

export const imports = {
  'demo:pipeline/log': {
    log(_level: string, message: string): void {
      tracer.startSpan(`write ${message}`).end()
    },
  },
}
