/** A worker thread that runs guests. */
export interface LiveWorker {
  /** What it is for, such as the name of its pool. */
  readonly name: string
  /** `busy` while it has work. */
  readonly state: 'idle' | 'busy'
}

const workers = new Set<() => LiveWorker>()

/**
 * Puts a worker thread onto the list of what is alive.
 *
 * @param describe what it is doing, asked for when somebody looks
 * @returns takes it off again, when the thread has ended
 */
export function trackWorker(describe: () => LiveWorker): () => void {
  const entry = (): LiveWorker => describe()
  workers.add(entry)
  return () => void workers.delete(entry)
}

/** The workers that were started and have not ended, the oldest first. */
export function liveWorkers(): LiveWorker[] {
  return Array.from(workers, (describe) => describe())
}
