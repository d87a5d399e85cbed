import { CASES, isMeasured, type BenchCase } from './cases.ts'
import type { CallClassName } from './classes.ts'
import type { Effort } from './measure.ts'
import { PeerProcess } from './peer-process.ts'
import type { PeerName } from './peers.ts'
import type { Prepared } from './prepare.ts'

/** The times of a case, in nanoseconds by peer. */
export interface CaseTimes {
  readonly name: string
  readonly class: CallClassName
  readonly ns: Partial<Record<PeerName, number>>
}

export interface CallRun {
  readonly prepared: Prepared
  readonly node: string
  readonly filter: RegExp
  readonly effort: Effort
  readonly rounds: number
  /** Told how far it is. */
  readonly progress: (text: string) => void
}

/**
 * Times every case on every peer. A round has a fresh process for each peer and goes case by case, so that a slow moment of the
 * machine meets all peers; of the rounds, the best counts.
 *
 * @throws Error when a peer gives a wrong answer
 */
export async function runCalls(run: CallRun): Promise<CaseTimes[]> {
  const cases = CASES.filter((c) => run.filter.test(c.name))
  const times = cases.map((c): CaseTimes => ({ name: c.name, class: c.class, ns: {} }))
  for (let round = 1; round <= run.rounds; round++) {
    const peers = await startAll(run.prepared, run.node)
    try {
      await verifyAll(peers)
      for (const [i, c] of cases.entries()) {
        run.progress(`round ${round} of ${run.rounds}: ${c.name}`)
        await timeCase(c, peers, run.effort, times[i]?.ns ?? {})
      }
    } finally {
      for (const peer of peers) peer.stop()
    }
  }
  return times
}

async function startAll(prepared: Prepared, node: string): Promise<PeerProcess[]> {
  const peers: PeerProcess[] = []
  for (const peer of prepared.peers) peers.push(await PeerProcess.start(peer, prepared, node))
  return peers
}

/** @throws Error with every case that a peer answers wrongly */
export async function verifyAll(peers: readonly PeerProcess[]): Promise<void> {
  const problems: string[] = []
  for (const peer of peers) for (const problem of await peer.verify()) problems.push(`${peer.peer}: ${problem}`)
  if (problems.length > 0) throw new Error(`wrong answers:\n${problems.join('\n')}`)
}

async function timeCase(
  c: BenchCase,
  peers: readonly PeerProcess[],
  effort: Effort,
  best: Partial<Record<PeerName, number>>,
): Promise<void> {
  for (const peer of peers) {
    if (!isMeasured(c, peer.peer)) continue
    const time = await peer.measure(c.name, effort)
    best[peer.peer] = Math.min(best[peer.peer] ?? Infinity, time)
  }
}
