import { Worker } from 'node:worker_threads'
import { Beat, type FuzzTask } from './fuzz-worker.ts'
import type { FuzzResult } from './fuzz.ts'
import type { Target } from './target.ts'

/** So long, in milliseconds, may one input take; those that are honest take a few. */
const PATIENCE = 10_000
const LARGEST_INPUT = 2 ** 20

/**
 * Fuzzes one target in a thread of its own. An input that takes no end, or all of the memory, is a finding as well, as it
 * is: the thread had to be ended.
 */
export function runTarget(target: Target['name'], seed: number, seconds: number): Promise<FuzzResult> {
  const shared = new SharedArrayBuffer(4 * Beat.Words + LARGEST_INPUT)
  const words = new Int32Array(shared, 0, Beat.Words)
  const workerData: FuzzTask = { target, seed, seconds, shared }
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), {
    workerData,
    execArgv: ['--conditions=witgen-source'],
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const failed = (message: string): FuzzResult => {
    const run = words[Beat.Run] ?? 0
    const input = Uint8Array.from(new Uint8Array(shared, 4 * Beat.Words, words[Beat.Length]))
    return { runs: run + 1, taken: 0, finding: { target, seed, run, message, input } }
  }
  return new Promise((resolve) => {
    let last = 0
    let since = performance.now()
    const timer = setInterval(() => {
      const count = Atomics.load(words, Beat.Count)
      if (count !== last) [last, since] = [count, performance.now()]
      // The thread begins by loading what it needs.
      else if (count > 0 && performance.now() - since > PATIENCE) end(failed('the input takes no end'))
    }, 500)
    const end = (result: FuzzResult): void => {
      clearInterval(timer)
      void worker.terminate()
      resolve(result)
    }
    worker.on('message', (result: FuzzResult) => end(result))
    worker.on('error', (error: Error) => end(failed(`the thread ended: ${error.message}`)))
    worker.on('exit', (code) => end(failed(`the thread ended with ${code}`)))
  })
}
