// One target in a thread that can be ended: `run.ts` does so when an input takes too long.
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { fuzz } from './fuzz.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

/** What the thread is to do. */
export interface FuzzTask {
  readonly target: Target['name']
  readonly seed: number
  readonly seconds: number
  /** The words of `Beat`, then the input that is being used. */
  readonly shared: SharedArrayBuffer
}

/** The words at the beginning of the shared memory. */
export const Beat = { Count: 0, Length: 1, Run: 2, Words: 4 } as const

if (!isMainThread && isTask(workerData)) {
  const { target, seed, seconds, shared } = workerData
  const words = new Int32Array(shared, 0, Beat.Words)
  const bytes = new Uint8Array(shared, 4 * Beat.Words)
  const end = performance.now() + 1000 * seconds
  const result = await fuzz(
    targets[target],
    seed,
    () => performance.now() < end,
    (input, run) => {
      bytes.set(input.subarray(0, bytes.length))
      words[Beat.Length] = Math.min(input.length, bytes.length)
      words[Beat.Run] = run
      Atomics.add(words, Beat.Count, 1)
    },
  )
  parentPort?.postMessage(result, [])
}

/** Whether the thread was made for this: vitest has threads too. */
function isTask(data: unknown): data is FuzzTask {
  return typeof data === 'object' && data !== null && 'seconds' in data && 'shared' in data
}
