import type { Context } from './context.ts'
import {
  instanceHooks,
  siteHooks,
  type CallHooks,
  type CallSite,
  type HookedInstance,
  type SiteHooks,
  wrappedCall,
} from './hooks.ts'
import type { Instrumentable } from './instrumentables.ts'
import type { InstanceLog } from './instance-log.ts'
import { MethodPoint } from './resource-sites.ts'
import { splitVersion } from './versions.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** What all imports of an instance have taken so far, in nanoseconds. */
interface Clock {
  importNs: number
}

/** What the wrappers of one context know between two events. */
class Trail {
  readonly context: Context
  readonly clock: Clock
  /** `context.bytesOut` at the last event: what has been added since is the arguments of the import that is called next. */
  bytesOut: number
  /** Of the import that has returned, while the guest has not taken its result yet. Fields: an object per import costs more. */
  #returned: SiteHooks | undefined = undefined
  #durationNs = 0
  #bytesIn = 0
  #importBytesOut = 0

  constructor(context: Context, clock: Clock) {
    this.context = context
    this.clock = clock
    this.bytesOut = context.bytesOut
  }

  importReturned(hooks: SiteHooks, durationNs: number, bytesOut: number): void {
    this.#returned = hooks
    this.#durationNs = durationNs
    this.#bytesIn = this.context.bytesIn
    this.#importBytesOut = bytesOut
  }

  /** Tells of the import that has returned: the guest goes on, so its result has been lowered. */
  flush(): void {
    const returned = this.#returned
    if (returned === undefined) return
    this.#returned = undefined
    returned.onReturn(this.#durationNs, this.context.bytesIn - this.#bytesIn, this.#importBytesOut, 0)
  }
}

/** Puts hooks around functions by swapping members; what is not hooked is not touched and costs nothing. */
export class Instrumentation implements HookedInstance {
  /** The instance's name. */
  readonly module: string
  readonly #contexts: readonly Context[]
  readonly #clock: Clock = { importNs: 0 }
  readonly #functions: Instrumentable[] = []
  readonly #originals: Map<Instrumentable, unknown> = new Map()
  readonly #trails: Map<Context, Trail> = new Map()
  readonly #log: InstanceLog | undefined
  #hooks: readonly CallHooks[] = []

  constructor(module: string, contexts: readonly Context[], log: InstanceLog | undefined) {
    this.module = module
    this.#contexts = contexts
    this.#log = log
  }

  memories(): ReadonlySet<WebAssembly.Memory> {
    return new Set(this.#contexts.flatMap(({ memory }) => memory ?? []))
  }

  /** Functions that have come to be; hooked at once when there are hooks, or a log that numbers calls. */
  register(functions: readonly Instrumentable[]): void {
    this.#functions.push(...functions)
    if (this.#hooks.length > 0 || this.#log !== undefined) for (const func of functions) this.#install(func)
  }

  add(hooks: CallHooks): void {
    if (this.#hooks.includes(hooks)) return
    instanceHooks(hooks)?.attach(this)
    this.#replace([...this.#hooks, hooks])
  }

  remove(hooks: CallHooks): void {
    if (!this.#hooks.includes(hooks)) return
    this.#replace(this.#hooks.filter((h) => h !== hooks))
    instanceHooks(hooks)?.detach(this)
  }

  /** Tells of imports that returned last, when no event will follow. */
  flush(): void {
    for (const trail of this.#trails.values()) trail.flush()
  }

  /** The instance is gone: lets go of the prototypes that it shares with others. */
  release(): void {
    for (const hooks of this.#hooks) instanceHooks(hooks)?.detach(this)
    for (const func of this.#functions) {
      if (func.object instanceof MethodPoint) func.object.method = this.#originals.get(func)
    }
  }

  #replace(hooks: readonly CallHooks[]): void {
    this.flush()
    this.#hooks = hooks
    for (const func of this.#functions) {
      if (hooks.length > 0 || this.#log !== undefined) this.#install(func)
      // Not deleted: an object whose properties come and go is slow in every engine.
      else func.object[func.member] = this.#originals.get(func)
    }
  }

  #install(func: Instrumentable): void {
    const { site, object, member, context } = func
    if (!this.#originals.has(func)) this.#originals.set(func, object[member])
    const original = this.#originals.get(func)
    if (typeof original !== 'function') return
    const isNumbered = this.#log !== undefined && site.direction === 'export'
    const call = isNumbered
      ? this.#log.numbered(original as AnyFunction, nameOf(site), context)
      : (original as AnyFunction)
    if (this.#hooks.length === 0) {
      object[member] = call
      return
    }
    let trail = this.#trails.get(context)
    if (trail === undefined) this.#trails.set(context, (trail = new Trail(context, this.#clock)))
    const hooks = siteHooks(this.#hooks, site, this.#log)
    const wrap = site.direction === 'export' ? wrapExport : wrapImport
    object[member] = wrap(wrappedCall(this.#hooks, site, call), trail, hooks)
  }
}

/** The function's name as errors have it, without a version. */
function nameOf(site: CallSite): string {
  return site.interface === '$root' ? site.function : `${splitVersion(site.interface).base}#${site.function}`
}

function wrapExport(call: AnyFunction, trail: Trail, hooks: SiteHooks): AnyFunction {
  const { context, clock } = trail
  const { isTimed } = hooks
  return function (this: unknown, ...args: unknown[]): unknown {
    hooks.onCall()
    const { bytesIn, bytesOut } = context
    trail.bytesOut = bytesOut
    const { importNs } = clock
    const start = isTimed ? performance.now() : 0
    let result: unknown
    try {
      result = call.apply(this, args)
    } catch (error) {
      const durationNs = isTimed ? elapsed(start) : 0
      trail.flush()
      hooks.onError(error, durationNs, clock.importNs - importNs)
      throw error
    }
    const durationNs = isTimed ? elapsed(start) : 0
    trail.flush()
    hooks.onReturn(durationNs, context.bytesIn - bytesIn, context.bytesOut - bytesOut, clock.importNs - importNs)
    return result
  }
}

function wrapImport(call: AnyFunction, trail: Trail, hooks: SiteHooks): AnyFunction {
  const { context, clock } = trail
  const { isTimed } = hooks
  return function (this: unknown, ...args: unknown[]): unknown {
    trail.flush()
    const bytesOut = context.bytesOut - trail.bytesOut
    trail.bytesOut = context.bytesOut
    hooks.onCall()
    const start = isTimed ? performance.now() : 0
    let result: unknown
    try {
      result = call.apply(this, args)
    } catch (error) {
      const durationNs = isTimed ? elapsed(start) : 0
      clock.importNs += durationNs
      hooks.onError(error, durationNs, 0)
      throw error
    }
    const durationNs = isTimed ? elapsed(start) : 0
    clock.importNs += durationNs
    trail.importReturned(hooks, durationNs, bytesOut)
    return result
  }
}

/** Nanoseconds since `start`, which is in milliseconds. */
function elapsed(start: number): number {
  return (performance.now() - start) * 1e6
}
