import { performance } from 'node:perf_hooks'

/** How long to warm a call up and to sample it, in milliseconds. */
export interface Effort {
  readonly warmUp: number
  readonly sampling: number
}

export const THOROUGH: Effort = { warmUp: 100, sampling: 100 }
export const QUICK: Effort = { warmUp: 30, sampling: 30 }

/** A batch of calls between two readings of the clock takes about this long, in milliseconds. */
const BATCH = 0.08
const LEAST_SAMPLES = 11
const MOST_SAMPLES = 20_000
/** Time for V8's other thread to finish what it compiles, in milliseconds. */
const COMPILE_PAUSE = 20

/** Code that never runs: it makes a loop too large for V8 to inline it into the harness, which would mix their feedback. */
const BALLAST = `if (n < 0) { ${'sink.value = n; '.repeat(150)} }`

/** Where results go, so that no call can be optimised away. */
const sink: { value: unknown } = { value: undefined }
let loops = 0

/**
 * The median time of one call, in nanoseconds. Each measurement gets a loop function of its own (a text of its own: V8 shares
 * the code of equal ones), so that the feedback of one call neither helps nor hurts the next.
 */
export async function measure(call: () => unknown, effort: Effort): Promise<number> {
  const text = `${BALLAST} for (let i = 0; i < n; i++) sink.value = call() // ${loops++}`
  // oxlint-disable-next-line no-new-func
  const loop = new Function('call', 'sink', 'n', text) as (call: () => unknown, into: typeof sink, n: number) => void
  const time = (n: number): number => {
    const start = performance.now()
    loop(call, sink, n)
    return performance.now() - start
  }
  let n = 1
  while (time(n) < BATCH / 2 && n < 1e6) n *= 2
  repeat(effort.warmUp, () => time(n))
  await new Promise((resolve) => setTimeout(resolve, COMPILE_PAUSE))
  repeat(effort.warmUp / 2, () => time(n))
  n = Math.max(1, Math.round((BATCH * n) / Math.max(time(n), 1e-3)))
  const samples: number[] = []
  const end = performance.now() + effort.sampling
  while ((performance.now() < end || samples.length < LEAST_SAMPLES) && samples.length < MOST_SAMPLES) {
    samples.push((time(n) * 1e6) / n)
  }
  samples.sort((a, b) => a - b)
  return samples[samples.length >> 1] ?? Number.NaN
}

function repeat(milliseconds: number, action: () => void): void {
  const end = performance.now() + milliseconds
  do action()
  while (performance.now() < end)
}
