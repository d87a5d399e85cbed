import { MANY_NAMES } from './many-calls.ts'
import type { Effort } from './measure.ts'
import { PeerProcess } from './peer-process.ts'
import type { PeerName } from './peers.ts'
import type { Prepared } from './prepare.ts'

/** Calls go to instances of these guests, in turn. */
const ARRANGEMENTS: readonly { readonly name: string; readonly guests: readonly number[] }[] = [
  { name: '1 instance', guests: [0] },
  { name: '10 instances in turn', guests: Array.from({ length: 10 }, () => 0) },
  { name: '2 guests in turn', guests: [0, 1] },
]
const PEERS: readonly PeerName[] = ['hand', 'witgen']

/** Nanoseconds of one call. */
export interface ManyTimes {
  readonly peer: PeerName
  readonly arrangement: string
  readonly ns: Record<string, number>
}

export interface ManyRun {
  readonly prepared: Prepared
  readonly node: string
  readonly effort: Effort
  readonly rounds: number
  readonly progress: (text: string) => void
}

/** Times calls to one instance, to ten instances of one guest in turn, and to two guests in turn: a process for each. */
export async function runMany(run: ManyRun): Promise<ManyTimes[]> {
  const times = PEERS.flatMap((peer) =>
    ARRANGEMENTS.map(({ name }): ManyTimes => ({ peer, arrangement: name, ns: {} })),
  )
  for (let round = 1; round <= run.rounds; round++) {
    for (const { peer, arrangement, ns } of times) {
      const guests = ARRANGEMENTS.find((a) => a.name === arrangement)?.guests ?? []
      const process = await PeerProcess.start(peer, run.prepared, run.node)
      try {
        for (const name of MANY_NAMES) {
          run.progress(`round ${round} of ${run.rounds}: ${peer}, ${arrangement}, ${name}`)
          ns[name] = Math.min(ns[name] ?? Infinity, await process.measureMany(name, guests, run.effort))
        }
      } finally {
        process.stop()
      }
    }
  }
  return times
}
