/** Imports of a worker that go on when their call has ended, and count what they did in memory which the test has too. */
import { getEnvironmentData } from 'node:worker_threads'

const count = new Int32Array(getEnvironmentData('witgen background') as SharedArrayBuffer)
const add = (): void => void Atomics.add(count, 0, 1)

export const imports = {
  'demo:pipeline/log': {
    /** `call <i> of <n>`, of `callBack(n)`: what `n` says is begun. */
    log(_level: string, message: string): void {
      if (message === 'call 1 of 1') setTimeout(add, 1)
      if (message === 'call 1 of 2') setTimeout(add, 1).unref()
      if (message === 'call 1 of 3') void Promise.resolve().then(() => queueMicrotask(add))
      if (message === 'call 1 of 4') process.nextTick(add)
    },
  },
}
