import type { InstanceLog } from '../instance-log.ts'
import type { PolicyEvent } from './security-policy.ts'
import { eventFields, tellChannels } from './tell-channels.ts'

/** A guest may cause events as fast as it runs: more than these are counted, but neither kept nor told. */
const KEPT = 1000

/** What a policy has done to one instance. */
export class Audit {
  readonly #events: PolicyEvent[] = []
  readonly #module: string
  readonly #log: InstanceLog | undefined
  readonly #onEvent: ((event: PolicyEvent) => void) | undefined
  #dropped = 0

  constructor(module: string, log: InstanceLog | undefined, onEvent: ((event: PolicyEvent) => void) | undefined) {
    this.#module = module
    this.#log = log
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
   * @param isLogged whether the log, and who listens to channels, know already
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
      if (!isLogged) this.#tell(full)
      this.#onEvent?.(full)
    } catch {
      // Whoever listens must not change what the guest sees.
    }
  }

  #tell(event: PolicyEvent): void {
    const { kind, message } = event
    const name = kind === 'denial' ? 'denied' : kind
    this.#log?.callEvent(kind === 'growth' ? 'info' : 'warn', name, eventFields(event), message)
    tellChannels(event)
  }
}
