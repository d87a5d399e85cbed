import { closeSync, openSync, rmSync, statSync, utimesSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { withProgress } from './progress.ts'

/** Who holds a lock touches it this often, in milliseconds. */
const TOUCH = 1000

/** A lock that was not touched for so long was left behind by a process that is no more. */
const STALE = 30_000

/**
 * Does something while no other process or thread does it: a file beside `path` is the lock.
 *
 * @param path what is worked on; its folder must be there
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`
  if (!take(lock)) await withProgress(`waiting for ${lock}`, () => waitFor(lock))
  const timer = setInterval(() => touch(lock), TOUCH)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    rmSync(lock, { force: true })
  }
}

async function waitFor(lock: string): Promise<void> {
  while (!take(lock)) {
    await sleep(200)
    if (age(lock) > STALE) rmSync(lock, { force: true })
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function age(lock: string): number {
  return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
}

function touch(lock: string): void {
  const now = new Date()
  try {
    utimesSync(lock, now, now)
  } catch {
    // Removed by somebody who took this process for dead: the work goes on, the lock is theirs.
  }
}
