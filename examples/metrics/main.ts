// What guests cost: two instances of a guest share a collector, whose numbers are printed as a table and served to Prometheus.
//
//     node --conditions=witgen-source examples/metrics/main.ts [--serve PORT]
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { PROMETHEUS_CONTENT_TYPE, prometheusText } from 'witgen/prometheus'
import { type CallMetrics, GuestError, MetricsCollector } from 'witgen/runtime'
import { Pipeline } from '../../generated/pipeline.ts'

const guest = fileURLToPath(new URL('../../test/guests/rust/pipeline.wasm', import.meta.url))
const { values } = parseArgs({ options: { serve: { type: 'string' } } })

const metrics = new MetricsCollector()
const compiled = await Pipeline.compile(guest)
const imports = { 'demo:pipeline/log': { log: () => {} } }
const pipelines = ['orders', 'returns'].map((name) => Pipeline.instantiate(compiled, { name, hooks: metrics, imports }))

const samples = Array.from({ length: 100 }, (_, id) => ({ id, weight: (id + 1) / 101, label: `sample ${id}` }))
for (const [i, { analysis }] of pipelines.entries()) {
  for (let n = 0; n < 200 * (i + 1); n++) analysis.summarise(samples)
  for (let n = 0; n < 10; n++) analysis.preprocess([...samples, { id: n, weight: Number.NaN, label: 'lost' }])
  try {
    analysis.summarise([])
  } catch (error) {
    // It is counted as what it is.
    if (!(error instanceof GuestError)) throw error
  }
}

const ms = (ns: number): string => `${(ns / 1e6).toFixed(3)} ms`
const row = (m: CallMetrics): Record<string, string | number> => ({
  module: m.module,
  function: `${m.direction === 'import' ? '→ ' : ''}${m.function}`,
  calls: m.count,
  errors: Object.entries(m.errorCodes)
    .map(([code, count]) => `${count} ${code}`)
    .join(', '),
  p50: ms(m.p50Ns),
  p99: ms(m.p99Ns),
  max: ms(m.maxNs),
  'in imports': `${((100 * m.importNs) / m.totalNs).toFixed(1)} %`,
})
console.table(metrics.snapshot().map(row))
console.table(metrics.modules())

/** Serves the page at `/metrics`. It is made for each request, so that calls pay nothing for it. */
function serve(port: number): Server {
  return createServer((request, response) => {
    if (request.url !== '/metrics') response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': PROMETHEUS_CONTENT_TYPE }).end(prometheusText(metrics))
  }).listen(port, '127.0.0.1')
}

const server = serve(Number(values.serve ?? 0))
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
if (values.serve !== undefined) console.log(`serving ${url} until Ctrl-C`)
else {
  // As Prometheus would scrape it.
  const response = await fetch(url)
  process.stdout.write(await response.text())
  server.closeAllConnections()
  server.close()
  for (const pipeline of pipelines) pipeline.dispose()
}
