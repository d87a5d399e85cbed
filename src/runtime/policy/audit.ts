import { assertNever } from '../../ir/assert-never.ts'
import { publish } from '../diagnostics-channels.ts'
import type { InstanceLog } from '../instance-log.ts'
import type { PolicyEvent } from './security-policy.ts'

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

  #tell({ kind, code, module, function: func, message }: PolicyEvent): void {
    // What wants memory is a function of a core module: `function` stays the export that runs.
    const isCore = kind === 'growth' || (kind === 'denial' && code !== 'PermissionDenied')
    const where = func === undefined ? {} : isCore ? { coreFunction: func } : { function: func }
    const fields = { ...where, ...(code === undefined ? {} : { code }) }
    switch (kind) {
      case 'growth':
        return this.#log?.callEvent('info', 'growth', fields, message)
      case 'denial':
        this.#log?.callEvent('warn', 'denied', fields, message)
        return publish('denied', () => ({ module, ...fields, why: message }))
      case 'kill':
        this.#log?.callEvent('warn', 'kill', fields, message)
        return publish('kill', () => ({ module, ...fields, why: message }))
      default:
        return assertNever(kind)
    }
  }
}
