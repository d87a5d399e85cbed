import { exportWatch, importWatch } from './call-watch.ts'
import type { Context } from './context.ts'
import { instanceHooks, siteHooks, type CallHooks, type CallSite, type HookedInstance, wrappedCall } from './hooks.ts'
import type { Instrumentable } from './instrumentables.ts'
import type { InstanceLog } from './instance-log.ts'
import { MethodPoint } from './resource-sites.ts'
import { type Clock, Trail } from './trail.ts'
import { splitVersion } from './versions.ts'
import { watchedExport, watchedImport } from './watched-call.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** Puts hooks around functions by swapping members; what is not hooked is not touched and costs nothing. */
export class Instrumentation implements HookedInstance {
  /** The instance's name. */
  readonly module: string
  readonly #contexts: readonly Context[]
  readonly #clock: Clock = { importNs: 0, returned: undefined }
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
    for (const trail of this.#trails.values()) trail.rest()
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
    const wrapped = wrappedCall(this.#hooks, site, call)
    if (site.direction === 'import') {
      object[member] = watchedImport(wrapped, importWatch(trail, hooks))
      return
    }
    object[member] = watchedExport(wrapped, exportWatch(trail, hooks))
  }
}

/** The function's name as errors have it, without a version. */
function nameOf(site: CallSite): string {
  return site.interface === '$root' ? site.function : `${splitVersion(site.interface).base}#${site.function}`
}
