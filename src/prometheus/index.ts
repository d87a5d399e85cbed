/** Metrics as a page for Prometheus: `witgen/prometheus`. Takes no package; the text is made when it is asked for. */
export type { ObservedPool } from '../runtime/pool-numbers.ts'
export { PROMETHEUS_CONTENT_TYPE, prometheusText, type PrometheusOptions } from './prometheus-text.ts'
