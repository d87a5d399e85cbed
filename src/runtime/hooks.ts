import type { Logger } from './logger.ts'

/** One function of one instance, on one side: the same frozen object in every event. */
export interface CallSite {
  /** The instance's name. */
  readonly module: string
  /** `ns:pkg/iface@1.0.0`, the kebab name of an inline interface, or `$root` for functions of the world itself. */
  readonly interface: string
  /** The WIT name. */
  readonly function: string
  /** `export`: the host calls the guest; `import`: the guest calls the host. */
  readonly direction: 'export' | 'import'
}

/**
 * What is told of each call. Bytes are those of strings, lists and what else has no fixed size, `bytesIn` on the way into
 * the guest, `bytesOut` out of it. An export's bytes and duration include the imports that it calls. What an import's
 * result takes is known only when the guest has it, so `onReturn` of an import comes just before the instance's next event.
 *
 * A hook that throws is logged, and ignored.
 */
export interface CallHooks {
  onCall?(site: CallSite): void
  onReturn?(site: CallSite, durationNs: number, bytesIn: number, bytesOut: number): void
  onError?(site: CallSite, error: unknown, durationNs: number): void
}

/** Hooks as a wrapper calls them: those of one function, which never throw. */
export interface SiteHooks {
  /** Whether the durations are looked at: reading the clock costs more than anything else here. */
  readonly isTimed: boolean
  onCall(): void
  /** `importNs`: how much of an export's `durationNs` the imports took that it called; 0 for an import. */
  onReturn(durationNs: number, bytesIn: number, bytesOut: number, importNs: number): void
  onError(error: unknown, durationNs: number, importNs: number): void
}

/** Site hooks that, unless they are timed, want nothing but to count. */
export interface CountingHooks extends SiteHooks {
  /** A call has returned. In place of `onCall` and `onReturn`. */
  count(bytesIn: number, bytesOut: number): void
}

/** An instance, as hooks see it that look at more than its calls. */
export interface HookedInstance {
  /** Its name. */
  readonly module: string
  /** Its memories, those that values pass through. */
  memories(): ReadonlySet<WebAssembly.Memory>
}

/** Hooks that keep state per function, as `MetricsCollector` does, give those of one function directly: no search per call. */
interface OwnSiteHooks {
  forSite(site: CallSite): SiteHooks
}

/** Hooks that run calls themselves, so that something holds while a call runs: what `wrap` gives is called in its place. */
interface WrappingHooks {
  wrap(site: CallSite, call: AnyFunction): AnyFunction
}

type AnyFunction = (...args: unknown[]) => unknown

/** `call` as the hooks want it to run, those of the first around those of the next. */
export function wrappedCall(hooks: readonly CallHooks[], site: CallSite, call: AnyFunction): AnyFunction {
  return hooks.reduceRight((inner, h) => (isWrapping(h) ? h.wrap(site, inner) : inner), call)
}

function isWrapping(hooks: CallHooks): hooks is CallHooks & WrappingHooks {
  return 'wrap' in hooks && typeof hooks.wrap === 'function'
}

/** Hooks that want to know the instances that they are told of: `attach` before the first call, `detach` when it ends. */
interface InstanceHooks {
  attach(instance: HookedInstance): void
  detach(instance: HookedInstance): void
}

/** The hooks as those that want to know instances; undefined for others. */
export function instanceHooks(hooks: CallHooks): InstanceHooks | undefined {
  const isOne = 'attach' in hooks && typeof hooks.attach === 'function' && 'detach' in hooks
  return isOne ? (hooks as CallHooks & InstanceHooks) : undefined
}

/** The hooks for one function: those of all `hooks`, in their order. */
export function siteHooks(hooks: readonly CallHooks[], site: CallSite, logger: Logger | undefined): SiteHooks {
  const all = hooks.map((h) => (hasOwnSiteHooks(h) ? h.forSite(site) : guarded(h, site, logger)))
  const [first] = all
  if (first !== undefined && all.length === 1) return first
  return {
    isTimed: all.some((h) => h.isTimed),
    onCall() {
      for (const h of all) h.onCall()
    },
    onReturn(durationNs, bytesIn, bytesOut, importNs) {
      for (const h of all) h.onReturn(durationNs, bytesIn, bytesOut, importNs)
    },
    onError(error, durationNs, importNs) {
      for (const h of all) h.onError(error, durationNs, importNs)
    },
  }
}

function hasOwnSiteHooks(hooks: CallHooks): hooks is CallHooks & OwnSiteHooks {
  return 'forSite' in hooks && typeof hooks.forSite === 'function'
}

function guarded(hooks: CallHooks, site: CallSite, logger: Logger | undefined): SiteHooks {
  return {
    isTimed: hooks.onReturn !== undefined || hooks.onError !== undefined,
    onCall() {
      try {
        hooks.onCall?.(site)
      } catch (error) {
        hookFailed(logger, 'onCall', error)
      }
    },
    onReturn(durationNs, bytesIn, bytesOut) {
      try {
        hooks.onReturn?.(site, durationNs, bytesIn, bytesOut)
      } catch (error) {
        hookFailed(logger, 'onReturn', error)
      }
    },
    onError(thrown, durationNs) {
      try {
        hooks.onError?.(site, thrown, durationNs)
      } catch (error) {
        hookFailed(logger, 'onError', error)
      }
    },
  }
}

let hasWarned = false

function hookFailed(logger: Logger | undefined, hook: string, error: unknown): void {
  if (logger !== undefined) {
    try {
      return logger.warn({ err: error, hook }, 'a call hook threw; the call goes on')
    } catch {
      // The call goes on all the same.
      return
    }
  }
  if (hasWarned) return
  hasWarned = true
  console.warn(`witgen: the call hook ${hook} threw; the call goes on (said once per process)`, error)
}
