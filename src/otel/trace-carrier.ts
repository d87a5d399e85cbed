import { context, createTraceState, isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api'

/** Which span is active, as the headers of W3C Trace Context: plain text, which crosses to workers and over the network. */
export interface TraceCarrier {
  /** `00-<trace id>-<span id>-<flags>` */
  readonly traceparent: string
  readonly tracestate?: string
}

/** https://www.w3.org/TR/trace-context/#traceparent-header: a later version may carry more behind the flags. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/u

/** The active span, to be sent along with a message to a worker; undefined when there is none. */
export function traceCarrier(): TraceCarrier | undefined {
  return carrierOf(trace.getSpanContext(context.active()))
}

/** A span as a carrier; undefined for none and for one that is not valid. */
export function carrierOf(span: SpanContext | undefined): TraceCarrier | undefined {
  if (span === undefined || !isSpanContextValid(span)) return undefined
  const flags = (span.traceFlags & 0xff).toString(16).padStart(2, '0')
  const tracestate = span.traceState?.serialize() ?? ''
  return {
    traceparent: `00-${span.traceId}-${span.spanId}-${flags}`,
    ...(tracestate === '' ? {} : { tracestate }),
  }
}

/**
 * Runs `action` with the span of `carrier` active, as in a worker that got it with a message: spans that begin in it become
 * children of a span of another thread. A carrier that is none changes nothing, as the specification wants it.
 */
export function withTraceCarrier<T>(carrier: TraceCarrier | undefined, action: () => T): T {
  const span = carrier && spanContextOf(carrier)
  return span === undefined ? action() : context.with(trace.setSpanContext(context.active(), span), action)
}

function spanContextOf({ traceparent, tracestate }: TraceCarrier): SpanContext | undefined {
  const [, version = 'ff', traceId = '', spanId = '', flags = '', more] = TRACEPARENT.exec(traceparent) ?? []
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  const span: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  }
  return isSpanContextValid(span) ? span : undefined
}
