import { liveReport } from 'witgen/runtime'
import { Toolbox, type ToolboxImports } from '../guests/generated/toolbox.ts'
import { guestPath } from '../guests/guests.ts'
import { ToolboxHost } from '../guests/toolbox-host.ts'
import { collect } from './samples.ts'
import { CALLS, work } from './workload.ts'

/** What so many calls with dropped results have left. */
export interface CallsReport {
  readonly language: string
  readonly calls: number
  readonly wrong: readonly string[]
  /** Between the end of the first tenth and the end, in bytes. */
  readonly rssGrowth: number
  readonly rssGrowthPerMillion: number
  readonly heapUsedGrowth: number
  readonly memoryBytesGrowth: number
  /** Before and after the instance was disposed of. */
  readonly resources: number
  readonly handles: number
  readonly instancesLeft: number
}

/** Constructor, methods, static functions and destructors that one round of `work` calls of `counters`. */
const COUNTER_CALLS = 5

/** Calls a guest with strings, records, resources and results that are dropped, about `calls` times. */
export async function manyCalls(language: 'rust' | 'c', calls: number): Promise<CallsReport> {
  const imports = new ToolboxHost().imports('toolbox') as ToolboxImports
  const toolbox = await Toolbox.load(await guestPath(`${language}/toolbox.wasm`), { imports })
  const perRound = CALLS + COUNTER_CALLS
  const rounds = Math.ceil(calls / perRound)
  const wrong: string[] = []
  let before = { rss: 0, heapUsed: 0, memoryBytes: 0 }
  for (let i = 0; i < rounds; i++) {
    if (wrong.length < 20) wrong.push(...work(toolbox, i % 10_000))
    if (i === Math.floor(rounds / 10)) before = measure()
  }
  const after = measure()
  const { resources, handles } = liveReport()
  toolbox.dispose()
  const rssGrowth = after.rss - before.rss
  const made = rounds * perRound
  return {
    language,
    calls: made,
    wrong,
    rssGrowth,
    rssGrowthPerMillion: Math.round((rssGrowth * 1e6) / (made * 0.9)),
    heapUsedGrowth: after.heapUsed - before.heapUsed,
    memoryBytesGrowth: after.memoryBytes - before.memoryBytes,
    resources,
    handles,
    instancesLeft: liveReport().instances.length,
  }
}

function measure(): { rss: number; heapUsed: number; memoryBytes: number } {
  // Twice: what the first finds out is freed by the second.
  collect()
  collect()
  const { rss, heapUsed } = process.memoryUsage()
  return { rss, heapUsed, memoryBytes: liveReport().memoryBytes }
}
