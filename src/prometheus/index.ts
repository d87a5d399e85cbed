/** Metrics as a page for Prometheus: `witgen/prometheus`. Takes no package; the text is made when it is asked for. */
export { PROMETHEUS_CONTENT_TYPE, prometheusText, type PrometheusOptions } from './prometheus-text.ts'
