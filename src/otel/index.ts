/** Spans and metrics of guests over OpenTelemetry: `witgen/otel`. Takes the package `@opentelemetry/api`. */
export { observeMetrics } from './observe-metrics.ts'
export { observePool } from './observe-pool.ts'
export type { ObservedPool } from '../runtime/pool-numbers.ts'
export { otelSpans, type SpanOptions } from './spans.ts'
export { traceCarrier, withTraceCarrier, type TraceCarrier } from './trace-carrier.ts'
