import { liveReport } from 'witgen/runtime'

/** What a process takes at one time. */
export interface Sample {
  /** Since the beginning, in seconds. */
  readonly seconds: number
  /** In bytes, after a collection where the process has `--expose-gc`. */
  readonly rss: number
  readonly heapUsed: number
  /** As `liveReport` counts them. */
  readonly instances: number
  readonly handles: number
  readonly resources: number
  readonly memoryBytes: number
}

export function takeSample(start: number): Sample {
  collect()
  const { rss, heapUsed } = process.memoryUsage()
  const { instances, handles, resources, memoryBytes } = liveReport()
  const seconds = (performance.now() - start) / 1000
  return { seconds, rss, heapUsed, instances: instances.length, handles, resources, memoryBytes }
}

/** Collects garbage, where the process has `--expose-gc`. */
export function collect(): void {
  const { gc } = globalThis as { gc?: () => void }
  gc?.()
}

/** How much more is resident in the last quarter of the time than in the second one, in bytes: medians of both. */
export function growth(samples: readonly Sample[]): number {
  const quarter = Math.floor(samples.length / 4)
  if (quarter === 0) return 0
  return median(samples.slice(-quarter)) - median(samples.slice(quarter, quarter * 2))
}

function median(samples: readonly Sample[]): number {
  const sorted = samples.map(({ rss }) => rss).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
