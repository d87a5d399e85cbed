import type { Effort } from './measure.ts'
import { PeerProcess } from './peer-process.ts'
import type { Prepared } from './prepare.ts'
import { type Watch, WATCHES } from './watch.ts'

/** Cases of `CASES`, and how many calls of functions that can be watched each one makes, those of the host included. */
const CALLS: Readonly<Record<string, number>> = {
  noop: 1,
  'add(u32,u32)': 1,
  'echo string 16 B ascii': 1,
  'resource method': 1,
  'resource new+method+drop': 3,
  'import u32 x1000': 1001,
}

/** What it costs to be watched. */
export interface HookTimes {
  readonly case: string
  readonly calls: number
  /** Nanoseconds of the whole case. */
  readonly ns: Partial<Record<Watch, number>>
  /** Nanoseconds that one call takes more than without anybody. */
  readonly added: Partial<Record<Watch, number>>
  /** The case's time ÷ that without anybody. */
  readonly ratio: Partial<Record<Watch, number>>
}

export interface HookRun {
  readonly prepared: Prepared
  readonly node: string
  readonly effort: Effort
  readonly rounds: number
  readonly progress: (text: string) => void
}

/** Times the generated bindings with hooks and a log around them, a process for each; of several rounds the best counts. */
export async function runHooks({ prepared, node, effort, rounds, progress }: HookRun): Promise<HookTimes[]> {
  const watches = Object.keys(WATCHES) as Watch[]
  const times: Record<string, Partial<Record<Watch, number>>> = {}
  for (let round = 1; round <= rounds; round++) {
    const processes = new Map<Watch, PeerProcess>()
    try {
      for (const watch of watches) processes.set(watch, await PeerProcess.start('witgen', prepared, node, watch))
      for (const name of Object.keys(CALLS)) {
        progress(`round ${round} of ${rounds}: hooks, ${name}`)
        const best = (times[name] ??= {})
        for (const [watch, process] of processes)
          best[watch] = Math.min(best[watch] ?? Infinity, await process.measure(name, effort))
      }
    } finally {
      for (const process of processes.values()) process.stop()
    }
  }
  return Object.entries(times).map(([name, ns]) => hookTimes(name, CALLS[name] ?? 1, ns))
}

/** The differences and ratios of measured times. */
export function hookTimes(name: string, calls: number, ns: Partial<Record<Watch, number>>): HookTimes {
  const { off = Number.NaN, ...watched } = ns
  const entries = Object.entries(watched) as [Watch, number][]
  return {
    case: name,
    calls,
    ns,
    added: Object.fromEntries(entries.map(([watch, time]) => [watch, (time - off) / calls])),
    ratio: Object.fromEntries(entries.map(([watch, time]) => [watch, time / off])),
  }
}

/** A line per case: nanoseconds without anybody, then what each way to watch adds to a call, and the ratio. */
export function hooksTable(times: readonly HookTimes[]): string[] {
  const watches = (Object.keys(WATCHES) as Watch[]).filter((watch) => watch !== 'off')
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(26) + cells.map((cell) => cell.padStart(17)).join('')
  const asked = watches.map((watch) => {
    const { atMost } = WATCHES[watch]
    return atMost === undefined ? '' : atMost === 0 ? '1.00' : `at most + ${atMost}`
  })
  const rows = times.map(({ case: name, ns, added, ratio }) =>
    line(name, [
      (ns.off ?? Number.NaN).toFixed(1),
      ...watches.map(
        (watch) => `+${(added[watch] ?? Number.NaN).toFixed(1)} (${(ratio[watch] ?? Number.NaN).toFixed(2)})`,
      ),
    ]),
  )
  return [line('ns per call', ['off, ns', ...watches]), line('', ['', ...asked]), ...rows]
}
