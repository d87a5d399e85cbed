import type { Call, Feeder } from './call.ts'

/** What the calls sent to a worker together may take, in milliseconds: the way there and back costs some hundredths of it. */
const CHUNK_MS = 16
const CHUNK_CALLS = 1024

/** What stands in the row of feeders for the calls that were made one by one. */
const SINGLE = 'single'

/**
 * The calls that wait for a worker. Those that were made one by one, in the order in which they were made, and each feeder
 * take turns, so that none of them starves the others.
 */
export class CallQueue {
  readonly #size: number
  readonly #maxChunk: number
  #waiting: Call[] = []
  /** Who gives calls, the next one first. */
  readonly #turns: (Feeder | typeof SINGLE)[] = [SINGLE]

  /**
   * @param size how many workers there are
   * @param maxChunk how many calls may be sent to a worker together
   */
  constructor(size: number, maxChunk: number) {
    this.#size = size
    this.#maxChunk = maxChunk
  }

  /** How many calls wait, without those that feeders have yet to make. */
  get length(): number {
    return this.#waiting.length
  }

  /** Whether anybody waits for a call, made or yet to be made. */
  get hasWork(): boolean {
    return this.#waiting.length > 0 || this.#turns.length > 1
  }

  push(call: Call): void {
    this.#waiting.push(call)
  }

  /** Puts calls back that a worker did not come to. */
  putBack(calls: readonly Call[]): void {
    this.#waiting.unshift(...calls)
  }

  /** Says whether it waited. */
  remove(call: Call): boolean {
    const at = this.#waiting.indexOf(call)
    if (at >= 0) this.#waiting.splice(at, 1)
    return at >= 0
  }

  addFeeder(feeder: Feeder): void {
    this.#turns.push(feeder)
  }

  removeFeeder(feeder: Feeder): void {
    const at = this.#turns.indexOf(feeder)
    if (at >= 0) this.#turns.splice(at, 1)
  }

  /** Whether anybody waits for a call that only workers with this source may take. */
  waitsFor(source: number): boolean {
    return this.#waiting.some((call) => call.source === source) || this.#turns.some((turn) => isFor(turn, source))
  }

  /** All that waits, or what only workers with one source may take, which is then gone. */
  clear(source?: number): { readonly calls: readonly Call[]; readonly feeders: readonly Feeder[] } {
    const isGone = (of: number | undefined): boolean => source === undefined || of === source
    const calls = this.#waiting.filter((call) => isGone(call.source))
    this.#waiting = this.#waiting.filter((call) => !isGone(call.source))
    const feeders = this.#turns.filter((turn) => turn !== SINGLE).filter((feeder) => isGone(feeder.source))
    for (const feeder of feeders) this.removeFeeder(feeder)
    return { calls, feeders }
  }

  /** Calls of one function for a worker with the given source, so many that they take about `CHUNK_MS`; none, where none wait. */
  take(source: number): Call[] {
    if (this.#turns.length === 1) return this.#takeSingle(source)
    // One that finds out that it has nothing left leaves the row.
    const row = [...this.#turns]
    for (const turn of row) {
      const calls = turn === SINGLE ? this.#takeSingle(source) : this.#takeFrom(turn, source)
      if (calls.length === 0) continue
      // To the end of the row, where it has not ended by giving its last calls.
      const at = this.#turns.indexOf(turn)
      if (at >= 0) this.#turns.push(...this.#turns.splice(at, 1))
      return calls
    }
    return []
  }

  #takeSingle(source: number): Call[] {
    const at = this.#waiting.findIndex((call) => call.source === undefined || call.source === source)
    const first = this.#waiting[at]
    if (first === undefined) return []
    const most = this.#chunk(first.fn.costMs, this.#waiting.length)
    let end = at + 1
    while (end < at + most && isAlike(this.#waiting[end], first)) end++
    return this.#waiting.splice(at, end - at)
  }

  #takeFrom(feeder: Feeder, source: number): Call[] {
    if (feeder.source !== undefined && feeder.source !== source) return []
    return feeder.take(this.#chunk(feeder.fn.costMs, feeder.left))
  }

  /** One call of a function that nothing is known of; near the end fewer, so that all workers have something to do. */
  #chunk(costMs: number | undefined, left: number | undefined): number {
    if (costMs === undefined) return 1
    const byCost = Math.floor(CHUNK_MS / Math.max(costMs, 1e-6))
    const fair = left === undefined ? CHUNK_CALLS : Math.ceil(left / (2 * this.#size))
    return Math.max(1, Math.min(byCost, fair, CHUNK_CALLS, this.#maxChunk))
  }
}

function isAlike(call: Call | undefined, { fn, source, limitMs, isOfMap }: Call): boolean {
  return call?.fn === fn && call.source === source && call.limitMs === limitMs && call.isOfMap === isOfMap
}

function isFor(turn: Feeder | typeof SINGLE, source: number): boolean {
  return turn !== SINGLE && turn.source === source
}
