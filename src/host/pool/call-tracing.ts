import type { CallHooks, CallSite } from '../../runtime/hooks.ts'
import { type TracedCall, type TracingHooks, tracingHooks } from '../../runtime/tracing-hooks.ts'
import type { PoolFunction } from './call.ts'

/** The calls of a pool, for hooks that follow calls into workers; nothing for others. */
export class CallTracing {
  readonly #hooks: TracingHooks | undefined
  readonly #module: string
  readonly #sites: Map<PoolFunction, CallSite> = new Map()

  /** @param module the name of the instances */
  constructor(hooks: CallHooks | undefined, module: string) {
    this.#hooks = tracingHooks(hooks)
    this.#module = module
  }

  /** What is active now, which calls made later belong to. */
  active(): unknown {
    return ignoring(() => this.#hooks?.active())
  }

  begin(fn: PoolFunction, parent: unknown): TracedCall | undefined {
    const call = ignoring(() => this.#hooks?.begin(this.#site(fn), parent))
    if (call === undefined) return undefined
    return { carrier: call.carrier, end: (...error) => ignoring(() => call.end(...error)) }
  }

  /** Runs `action` as a part of a call. */
  within<T>(call: TracedCall | undefined, action: () => T): T {
    return call === undefined || this.#hooks === undefined ? action() : resumed(this.#hooks, call.carrier, action)
  }

  #site(fn: PoolFunction): CallSite {
    let site = this.#sites.get(fn)
    if (site === undefined) {
      const { interface: id, function: name } = fn
      site = Object.freeze({ module: this.#module, interface: id, function: name, direction: 'export' })
      this.#sites.set(fn, site)
    }
    return site
  }
}

/**
 * Runs `action` as a part of a call, exactly once: what it returns or throws, whatever the hooks throw or return.
 *
 * @param carrier of the call
 */
export function resumed<T>(hooks: TracingHooks, carrier: unknown, action: () => T): T {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined
  const run = (): void => {
    try {
      outcome ??= { value: action() }
    } catch (error) {
      outcome = { error }
    }
  }
  ignoring(() => hooks.resume(carrier, run))
  if (outcome === undefined) return action()
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

/** Hooks look on: what they throw changes nothing. */
function ignoring<T>(hook: () => T): T | undefined {
  try {
    return hook()
  } catch {
    return undefined
  }
}
