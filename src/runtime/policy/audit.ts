import type { Logger } from '../logger.ts'
import type { PolicyEvent } from './security-policy.ts'

/** A guest may cause events as fast as it runs: more than these are counted, but neither kept nor told. */
const KEPT = 1000

/** What a policy has done to one instance. */
export class Audit {
  readonly #events: PolicyEvent[] = []
  readonly #module: string
  readonly #logger: Logger | undefined
  readonly #onEvent: ((event: PolicyEvent) => void) | undefined
  #dropped = 0

  constructor(module: string, logger: Logger | undefined, onEvent: ((event: PolicyEvent) => void) | undefined) {
    this.#module = module
    this.#logger = logger
    this.#onEvent = onEvent
  }

  get events(): readonly PolicyEvent[] {
    return this.#events
  }

  get dropped(): number {
    return this.#dropped
  }

  /**
   * Keeps an event and tells of it. Never throws: the guest is on the stack.
   *
   * @param isLogged whether the log knows already
   */
  add(event: Omit<PolicyEvent, 'module' | 'time'>, { isLogged = false }: { readonly isLogged?: boolean } = {}): void {
    // The end of a guest is never dropped: there is only one.
    if (this.#events.length >= KEPT && event.kind !== 'kill') {
      this.#dropped++
      return
    }
    const full: PolicyEvent = Object.freeze({ ...event, module: this.#module, time: Date.now() })
    this.#events.push(full)
    try {
      const { kind, code, module, function: func, message } = full
      const fields = { module, function: func, policy: kind, ...(code === undefined ? {} : { code }) }
      if (kind === 'growth') this.#logger?.info(fields, message)
      else if (!isLogged) this.#logger?.warn(fields, message)
      this.#onEvent?.(full)
    } catch {
      // Whoever listens must not change what the guest sees.
    }
  }
}
