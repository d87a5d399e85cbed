import { waitLimit } from '../wait-limit.ts'

/** What a guest can wait for. */
export interface Waitable {
  /** Whether it has happened. */
  isReady(): boolean
  /** When it will have, on the clock of `performance.now`; undefined where only asking again tells. */
  readonly deadline?: number | undefined
}

/** The resource `pollable` of `wasi:io/poll`. */
export class Pollable {
  readonly waitable: Waitable

  constructor(waitable: Waitable) {
    this.waitable = waitable
  }

  ready(): boolean {
    return this.waitable.isReady()
  }

  block(): void {
    waitForAny([this])
  }
}

/** For what never blocks: files, output, and a stdin whose bytes are all there. */
export const always: Waitable = { isReady: () => true }

/** What has no deadline is asked again after so many milliseconds: sooner at first. */
const SOONEST = 0.05
const LATEST = 2

/**
 * Blocks the thread until one of them is ready.
 *
 * @returns the positions of all that are
 * @throws what ends the call, when a limit of time is over before
 */
export function waitForAny(pollables: readonly Pollable[]): number[] {
  const limit = waitLimit()
  for (let interval = SOONEST; ; interval = Math.min(interval * 2, LATEST)) {
    const ready = pollables.flatMap(({ waitable }, i) => (waitable.isReady() ? [i] : []))
    if (ready.length > 0) return ready
    const now = performance.now()
    if (limit !== undefined && now > limit.deadline) limit.expired()
    const deadlines = pollables.map(({ waitable: { deadline } }) => deadline ?? now + interval)
    // Beyond the limit, since just at it the time is not over yet.
    if (limit !== undefined) deadlines.push(limit.deadline + SOONEST)
    sleep(Math.min(...deadlines) - now)
  }
}

let cell: Int32Array | undefined

/** Blocks the thread; where that is forbidden, as on the main thread of a page, it runs in circles. */
function sleep(milliseconds: number): void {
  if (milliseconds <= 0) return
  try {
    cell ??= new Int32Array(new SharedArrayBuffer(4))
    Atomics.wait(cell, 0, 0, milliseconds)
  } catch {
    const end = performance.now() + milliseconds
    while (performance.now() < end);
  }
}
