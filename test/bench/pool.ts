import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a pool costs and gains. */
export interface PoolTimes {
  readonly size: number
  /** How long a call took that one instance and the pool were compared by. */
  readonly callMs: number
  /** One instance ÷ the pool, by `map` and by calls that are made at once: the best round of each. */
  readonly speedUpMap: number
  readonly speedUpCalls: number
  /** The same by bare workers that have their halves from the beginning: what the machine has to give. */
  readonly speedUpBare: number
  /** The same of the rounds in the middle: how quiet the machine was. */
  readonly medianMap: number
  readonly medianCalls: number
  readonly medianBare: number
  /** A call that does next to nothing, awaited each time; a bare message to a worker and back; the same call by `map`. */
  readonly smallCallUs: number
  readonly bareMessageUs: number
  readonly mappedCallUs: number
  /** The same by piscina, where it is installed. */
  readonly piscinaUs?: number
  /** A call with 1 MiB as its argument. */
  readonly megabyteMs: number
  /** How long after its limit a call was ended: as a rule, and at worst. */
  readonly killLateMs: number
  readonly killLatestMs: number
}

const script = fileURLToPath(new URL('pool-process.ts', import.meta.url))

/** Measures the pool in a process of `node`; undefined where it cannot run TypeScript as it is. */
export function runPool(node: string, quick: boolean): PoolTimes | undefined {
  const features = spawnSync(node, ['--print', 'process.features.typescript'], { encoding: 'utf8' })
  if (features.stdout.trim() !== 'strip') return undefined
  const args = ['--conditions=witgen-source', '--no-warnings', script, ...(quick ? ['--quick'] : [])]
  const { stdout, stderr, status } = spawnSync(node, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`measuring the pool failed: ${stderr}`)
  const times: PoolTimes = JSON.parse(stdout)
  return times
}

const verdict = (isMet: boolean): string => (isMet ? 'met' : 'missed')

/** The times, one a line; those with a target say whether it is met. */
export function poolTable(t: PoolTimes): string[] {
  const us = (n: number): string => `${n.toFixed(1)} µs`
  return [
    `speed-up of ${t.size} workers, calls of ${t.callMs.toFixed(2)} ms: map ${t.speedUpMap.toFixed(2)}, calls ${t.speedUpCalls.toFixed(2)}, bare workers ${t.speedUpBare.toFixed(2)} (target: at least 1.9; ${verdict(Math.min(t.speedUpMap, t.speedUpCalls) >= 1.9)})`,
    `in the middle of the rounds: map ${t.medianMap.toFixed(2)}, calls ${t.medianCalls.toFixed(2)}, bare workers ${t.medianBare.toFixed(2)}`,
    t.piscinaUs === undefined
      ? 'overhead per small call against piscina (target: at most 1.3): not measured, `npm run bench -- --install-peers` installs it'
      : `overhead per small call: ${us(t.smallCallUs)}, piscina ${us(t.piscinaUs)}: ${(t.smallCallUs / t.piscinaUs).toFixed(2)} (target: at most 1.3; ${verdict(t.smallCallUs <= 1.3 * t.piscinaUs)})`,
    `small call ${us(t.smallCallUs)}, bare message ${us(t.bareMessageUs)} (${(t.smallCallUs / t.bareMessageUs).toFixed(2)}), by map ${us(t.mappedCallUs)}`,
    `1 MiB as an argument: ${t.megabyteMs.toFixed(2)} ms`,
    `ended after its limit: ${t.killLateMs.toFixed(1)} ms, at worst ${t.killLatestMs.toFixed(1)} ms`,
  ]
}
