/** Imports of a worker that break it between calls as the test says, in memory which the test has too. */
import { getEnvironmentData, parentPort } from 'node:worker_threads'

const words = new Int32Array(getEnvironmentData('witgen broken') as SharedArrayBuffer)
/** The first word: how many instances cannot be made anew. The second: whether a worker ends soon. The third counts calls. */
const take = (at: number): boolean => {
  if (Atomics.load(words, at) <= 0) return false
  return Atomics.sub(words, at, 1) > 0
}

export async function imports(): Promise<object> {
  if (Atomics.load(words, 1) > 0) {
    const number = Atomics.add(words, 3, 1)
    if (number === 0) setTimeout(() => process.exit(3), 100)
    // It ends while this one is still starting.
    if (number === 1) await new Promise((resolve) => setTimeout(resolve, 500))
  }
  let isUsed = false
  parentPort?.postMessage({ of: 'an imports module' }, [])
  parentPort?.postMessage(['of', 'an imports module'], [])
  return {
    'demo:pipeline/log': {
      get log() {
        if (isUsed && take(0)) throw new Error('no instance')
        return (_level: string, message: string): void => {
          isUsed = true
          if (message === 'call 1 of 2') process.exit(3)
          Atomics.add(words, 2, 1)
        }
      },
    },
  }
}
