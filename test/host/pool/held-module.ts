/** Imports of a worker in which one call waits until so many others have been made, in memory which the test has too. */
import { getEnvironmentData } from 'node:worker_threads'

const words = new Int32Array(getEnvironmentData('witgen held') as SharedArrayBuffer)
/** Longer than a test that succeeds, in milliseconds. */
const PATIENCE = 5_000

export const imports = {
  'demo:pipeline/log': {
    /** `call <i> of <n>`, of `callBack(n)`: those of 1 are counted, that of 2 waits for as many as the second word says. */
    log(_level: string, message: string): void {
      if (message === 'call 1 of 1') Atomics.add(words, 0, 1)
      if (message !== 'call 1 of 2') return
      const end = performance.now() + PATIENCE
      for (let made = 0; (made = Atomics.load(words, 0)) < Atomics.load(words, 1);) {
        if (performance.now() > end) throw new Error(`only ${made} other calls were made`)
        Atomics.wait(words, 0, made, 1)
      }
    },
  },
}
