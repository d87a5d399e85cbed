/**
 * Shapes batches of samples on all cores: one guest, compiled once, instantiated in each worker.
 *
 *     node --conditions=witgen-source examples/parallel-pipeline/main.ts [GUEST.wasm]
 *
 * In a project of your own the condition is not needed, and `../../generated` is where `witgen generate` wrote.
 */
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Pool } from 'witgen/host'
import { isWasmError, MetricsCollector } from 'witgen/runtime'
import { type analysis, type log, Pipeline } from '../../generated/pipeline.ts'

const [guest = fileURLToPath(new URL('../../test/guests/rust/pipeline.wasm', import.meta.url))] = process.argv.slice(2)
const BATCHES = 200
const metrics = new MetricsCollector()
const lines = { info: 0, warn: 0, debug: 0, error: 0 }

const pool = await Pool.create(Pipeline, guest, {
  size: Math.max(2, availableParallelism()),
  // Answered here, on the main thread: the guest waits for it. `importsModule` would answer in the worker.
  imports: { 'demo:pipeline/log': { log: (level: log.Level) => void lines[level]++ } },
  // A call that takes longer ends its worker; the others go on.
  policy: { maxExecutionTimeMs: 5000 },
  metrics,
})
try {
  // A batch is made when there is a worker for it: 200 or 200 million of them take the same memory here.
  const settled = await pool.map('analysis.preprocess', batches(), { onError: 'settle' })
  const shaped = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
  console.log(`${settled.length} batches, ${shaped.length} samples in shape, ${lines.warn} were dropped`)

  for (const [index, result] of settled.entries()) {
    if (result.status === 'fulfilled') continue
    const error: unknown = result.reason
    if (!isWasmError(error, 'GuestError')) throw error
    console.log(`batch ${index} was refused: ${JSON.stringify(error.payload)}`)
  }

  // Ordinary calls, too: whichever worker is free takes them.
  const { count, labels } = await pool.analysis.summarise(shaped)
  console.log(`summary: ${count} samples with ${labels.length} labels`)

  for (const { function: name, count, errors } of metrics.snapshot())
    console.log(`${name}: ${count} calls, ${errors} errors`)
  const { size, replaced } = pool.stats()
  console.error(`${size} workers, ${replaced} replaced`)
} finally {
  await pool[Symbol.asyncDispose]()
}

function* batches(): Generator<analysis.Sample[]> {
  for (let batch = 0; batch < BATCHES; batch++) {
    yield Array.from({ length: 100 }, (_, i) => ({
      id: batch * 100 + i,
      // Every tenth cannot be used, and batch 77 holds what the guest refuses.
      weight: batch === 77 && i === 7 ? -1 : i % 10 === 0 ? Number.NaN : i,
      label: `label ${i % 5}`,
    }))
  }
}
