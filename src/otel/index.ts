/** Spans and metrics of guests over OpenTelemetry: `witgen/otel`. Takes the package `@opentelemetry/api`. */
export { observeMetrics } from './observe-metrics.ts'
export { otelSpans, type SpanOptions } from './spans.ts'
export { traceCarrier, withTraceCarrier, type TraceCarrier } from './trace-carrier.ts'
