/** Until when a guest may let the host's thread wait. */
export interface WaitLimit {
  /** On the clock of `performance.now`. */
  readonly deadline: number
  /** Ends the guest's call by what it throws. */
  expired(): never
}

let current: WaitLimit | undefined

/** The limit of the innermost call of an import that has one. */
export function waitLimit(): WaitLimit | undefined {
  return current
}

/** Runs `run`, in which what waits for a guest ends at `limit`. */
export function limitWaits<T>(limit: WaitLimit, run: () => T): T {
  const before = current
  current = limit
  try {
    return run()
  } finally {
    current = before
  }
}
