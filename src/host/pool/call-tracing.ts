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
    return this.#hooks?.active()
  }

  begin(fn: PoolFunction, parent: unknown): TracedCall | undefined {
    return this.#hooks?.begin(this.#site(fn), parent)
  }

  /** Runs `action` as a part of a call. */
  within<T>(call: TracedCall | undefined, action: () => T): T {
    return call === undefined || this.#hooks === undefined ? action() : this.#hooks.resume(call.carrier, action)
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
