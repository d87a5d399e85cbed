/** Imports of a worker that can be loaded only so many times, which the test counts in memory that it shares. */
import { getEnvironmentData } from 'node:worker_threads'

const words = new Int32Array(getEnvironmentData('witgen failing') as SharedArrayBuffer)
if (Atomics.add(words, 0, 1) >= Atomics.load(words, 1)) throw new Error('no more')

export const imports = {
  'demo:pipeline/log': {
    /** Ends the worker, unless it is told to do so much as to keep others waiting. */
    log(_level: string, message: string): void {
      if (message === 'call 1 of 1') process.exit(3)
      if (message === 'call 1 of 2') Atomics.wait(words, 2, 0, 300)
    },
  },
}
