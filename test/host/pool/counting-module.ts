/**
 * Imports of a worker that count in memory which the test shares with all workers, and that hold calls back until others have
 * come as far: what is seen of a pool from outside of it.
 */
import { getEnvironmentData } from 'node:worker_threads'
import { Shared } from './shared.ts'

const shared = new Shared(getEnvironmentData('witgen test') as SharedArrayBuffer)

export const imports = {
  'demo:pipeline/log': {
    /** `call <i> of <n>`, of `callBack(n)`; a call above 10,000 is refused at once. */
    log(_level: string, message: string): void {
      const [, i, n] = /^call (\d+) of (\d+)$/.exec(message)?.map(Number) ?? []
      if (n === undefined) return
      if (i === 1) shared.began(n)
      if (n >= 20_000) process.exit(3)
      if (n >= 10_000) throw new Error(`refused ${n}`)
      if (i === n) shared.ended(n)
    },
  },
}
