/**
 * Measures the pool, in a process of its own: prints `PoolTimes` as JSON.
 *
 *     node --conditions=witgen-source test/bench/pool-process.ts
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Pool } from 'witgen/host'
import { Pipeline } from '../../generated/pipeline.ts'
import type { PoolTimes } from './pool.ts'

const guest = fileURLToPath(new URL('../guests/rust/pipeline.wasm', import.meta.url))
const importsModule = new URL('./pool-imports.ts', import.meta.url)
const SIZE = 2
const quick = process.argv.includes('--quick')
const ROUNDS = quick ? 3 : 9
/** Two processors at once are seldom left alone for a whole round. */
const LONG_ROUNDS = quick ? 3 : 36
const SMALL = quick ? 300 : 1000

const pool = await Pool.create(Pipeline, guest, { size: SIZE, importsModule })
const one = await Pool.create(Pipeline, guest, { size: 1, importsModule })
const alone = await Pipeline.load(guest, { imports: { 'demo:pipeline/log': { log: () => {} } } })

/** How often the guest has to call the host to take about two milliseconds. */
const times = calibrate(2)
const CALLS = quick ? 60 : 200
const items = Array.from({ length: CALLS }, () => times)
const bareWorkers = await startBare(SIZE)
const work = {
  alone: async () => items.map((n) => alone.analysis.callBack(n)),
  map: () => pool.map('analysis.callBack', items),
  calls: () => Promise.all(items.map((n) => pool.analysis.callBack(n))),
  // Halves that are of one size from the beginning, and no results.
  bare: () => Promise.all(bareWorkers.map((worker) => answer(worker, [CALLS / SIZE, times]))),
}
type Work = keyof typeof work
const spent: Record<Work, number[]> = { alone: [], map: [], calls: [], bare: [] }
const order: Work[] = ['alone', 'map', 'calls', 'bare']
for (let round = 0; round < LONG_ROUNDS; round++) {
  for (const name of order) spent[name].push(await timed(work[name]))
  // Another first in each round: what comes after two busy threads finds a warmer machine.
  order.push(...order.splice(0, 1))
}
await Promise.all(bareWorkers.map((worker) => worker.terminate()))
// The best of each: what else runs on the machine only ever adds.
const aloneMs = Math.min(...spent.alone)

// A message there and back, of the same size, without anything in between: what any library of workers is built on.
const bare = new Worker(
  "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (m) => parentPort.postMessage(m))",
  {
    eval: true,
  },
)
/** The part of piscina that is used, where `npm run bench -- --install-peers` has put it. */
interface Piscina {
  run(value: unknown): Promise<unknown>
  destroy(): Promise<void>
}
const piscina = await startPiscina()
const small: { pool: number[]; bare: number[]; piscina: number[]; mapped: number[] } = {
  pool: [],
  bare: [],
  piscina: [],
  mapped: [],
}
const letters = Array.from({ length: SMALL }, () => 'A')
for (let round = 0; round < 4 * ROUNDS; round++) {
  small.bare.push(
    (await timed(async () => {
      for (const letter of letters) await answer(bare, letter)
    })) / SMALL,
  )
  small.pool.push(
    (await timed(async () => {
      for (const letter of letters) await one.analysis.isUpper(letter)
    })) / SMALL,
  )
  if (piscina !== undefined)
    small.piscina.push(
      (await timed(async () => {
        for (const letter of letters) await piscina.run(letter)
      })) / SMALL,
    )
  small.mapped.push((await timed(() => one.map('analysis.isUpper', letters))) / SMALL)
}
const bytes = new Uint8Array(1 << 20)
const megabyte: number[] = []
for (let round = 0; round < ROUNDS * 5; round++) megabyte.push(await timed(() => one.analysis.checksum(bytes)))
const late: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const ms = await timed(() => one.call('analysis.crash', ['loop'], { timeoutMs: 100 }).catch(() => undefined))
  late.push(ms - 100)
  await one.analysis.isUpper('A')
}

const result: PoolTimes = {
  size: SIZE,
  callMs: aloneMs / CALLS,
  speedUpMap: aloneMs / Math.min(...spent.map),
  speedUpCalls: aloneMs / Math.min(...spent.calls),
  speedUpBare: aloneMs / Math.min(...spent.bare),
  medianMap: median(spent.alone) / median(spent.map),
  medianCalls: median(spent.alone) / median(spent.calls),
  medianBare: median(spent.alone) / median(spent.bare),
  smallCallUs: Math.min(...small.pool) * 1000,
  bareMessageUs: Math.min(...small.bare) * 1000,
  ...(piscina === undefined ? {} : { piscinaUs: Math.min(...small.piscina) * 1000 }),
  mappedCallUs: Math.min(...small.mapped) * 1000,
  megabyteMs: median(megabyte),
  killLateMs: median(late),
  killLatestMs: Math.max(...late),
}
console.log(JSON.stringify(result))
await Promise.all([pool[Symbol.asyncDispose](), one[Symbol.asyncDispose](), bare.terminate(), piscina?.destroy()])

/** Sends a message and waits for one. */
function answer(worker: Worker, message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    worker.once('message', resolve)
    worker.postMessage(message, [])
  })
}

async function startBare(size: number): Promise<Worker[]> {
  const script = new URL('./pool-bare.ts', import.meta.url)
  const workers = Array.from({ length: size }, () => new Worker(script, { workerData: guest }))
  await Promise.all(workers.map((worker) => new Promise((resolve) => void worker.once('message', resolve))))
  return workers
}

async function startPiscina(): Promise<Piscina | undefined> {
  const module = new URL('../../.cache/bench-peers/node_modules/piscina/dist/index.js', import.meta.url)
  if (!existsSync(module)) return undefined
  const { Piscina } = (await import(module.href)) as { Piscina: new (options: object) => Piscina }
  return new Piscina({ filename: new URL('./pool-task.ts', import.meta.url).href, minThreads: 1, maxThreads: 1 })
}

function calibrate(ms: number): number {
  const best = (n: number): number =>
    Math.min(
      ...Array.from({ length: 20 }, () => {
        const start = performance.now()
        alone.analysis.callBack(n)
        return performance.now() - start
      }),
    )
  let n = 1000
  for (let found = best(n); found < ms; found = best(n)) n = Math.ceil(n * Math.min(2, (1.05 * ms) / found))
  return n
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
