import type { CallHooks, CallSite } from './hooks.ts'

/** A call that another thread runs, as those who trace it see it. */
export interface TracedCall {
  /** Which call it is, as plain data that goes along with it. */
  readonly carrier: unknown
  /** It has its outcome; only the first one counts. */
  end(error?: unknown): void
}

/** Hooks that follow calls into other threads, as `otelSpans` does. */
export interface TracingHooks {
  /** What is active now: the parent of calls that are begun later. */
  active(): unknown
  /** A call is made that another thread runs; `parent` is what `active` gave. */
  begin(site: CallSite, parent: unknown): TracedCall
  /** Runs `action` with the call of a carrier as the active one, in whichever thread. */
  resume<T>(carrier: unknown, action: () => T): T
}

/** The hooks as those that follow calls into other threads; undefined for others. */
export function tracingHooks(hooks: CallHooks | undefined): TracingHooks | undefined {
  const isOne = hooks !== undefined && 'begin' in hooks && 'active' in hooks && 'resume' in hooks
  return isOne ? (hooks as CallHooks & TracingHooks) : undefined
}
