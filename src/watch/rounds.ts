/** How long nothing must change before a round begins, in milliseconds: editors and `git checkout` touch many files. */
const QUIET_MS = 80

/**
 * Runs a job whenever it is asked for, never twice at a time: what is asked for meanwhile leads to one more round, and what
 * is asked for in quick succession to one.
 */
export class Rounds {
  readonly #job: (reasons: readonly string[]) => Promise<void>
  readonly #reasons = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #stopped = false

  /** @param job gets what was given to `request`, each once; must not reject */
  constructor(job: (reasons: readonly string[]) => Promise<void>) {
    this.#job = job
  }

  /** Asks for a round. */
  request(reason: string): void {
    if (this.#stopped) return
    this.#reasons.add(reason)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#begin(), QUIET_MS)
  }

  /** No more rounds; resolves when the one that runs has ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #begin(): Promise<void> {
    if (this.#running !== undefined) return
    while (this.#reasons.size > 0 && !this.#stopped) {
      const reasons = [...this.#reasons].sort()
      this.#reasons.clear()
      this.#running = this.#job(reasons)
      await this.#running
    }
    this.#running = undefined
  }
}
