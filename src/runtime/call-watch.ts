import type { Context } from './context.ts'
import type { CountingHooks, SiteHooks } from './hooks.ts'
import type { Trail } from './trail.ts'

/*
 * What is done around a call. Counting has classes of its own: engines inline so much code into one function and no more, and what
 * a call does with its hooks counts for that.
 *
 * Fields are declared only: what is assigned once is a constant to engines, what is first undefined is not.
 */

/** Who is told of the calls of an exported function in one instance. */
export interface ExportWatch {
  readonly context: Context
  begin(): void
  /** @param bytesIn those of the context when the call began, as `bytesOut` */
  returned(bytesIn: number, bytesOut: number): void
  threw(error: unknown): void
}

/** Who is told of the calls of an imported function. */
export interface ImportWatch {
  /** The guest has called. Gives what the arguments took, in bytes. */
  begin(): number
  /** The time, in milliseconds; 0 where nobody looks at it. */
  now(): number
  returned(start: number, bytesOut: number): void
  threw(error: unknown, start: number): void
}

/** Tells hooks of everything. */
export class ToldExport implements ExportWatch {
  declare readonly context: Context
  declare readonly trail: Trail
  declare readonly hooks: SiteHooks

  constructor(trail: Trail, hooks: SiteHooks) {
    this.context = trail.context
    this.trail = trail
    this.hooks = hooks
  }

  begin(): void {
    const { trail, hooks } = this
    trail.rest()
    hooks.onCall()
    if (hooks.isTimed) trail.began.push(trail.clock.importNs, performance.now())
  }

  returned(bytesIn: number, bytesOut: number): void {
    const durationNs = this.#durationNs()
    const importNs = this.#importNs()
    this.trail.flush()
    this.hooks.onReturn(durationNs, this.context.bytesIn - bytesIn, this.context.bytesOut - bytesOut, importNs)
  }

  threw(error: unknown): void {
    const durationNs = this.#durationNs()
    const importNs = this.#importNs()
    this.trail.flush()
    this.hooks.onError(error, durationNs, importNs)
  }

  #durationNs(): number {
    return this.hooks.isTimed ? sinceMs(this.trail.began.pop() ?? 0) : 0
  }

  #importNs(): number {
    const { clock, began } = this.trail
    return this.hooks.isTimed ? clock.importNs - (began.pop() ?? 0) : 0
  }
}

/** Tells hooks that only count. */
export class CountedExport implements ExportWatch {
  declare readonly context: Context
  declare readonly trail: Trail
  declare readonly hooks: CountingHooks

  constructor(trail: Trail, hooks: CountingHooks) {
    this.context = trail.context
    this.trail = trail
    this.hooks = hooks
  }

  begin(): void {
    this.trail.rest()
  }

  returned(bytesIn: number, bytesOut: number): void {
    const { context, trail, hooks } = this
    trail.flush()
    hooks.count(context.bytesIn - bytesIn, context.bytesOut - bytesOut)
  }

  threw(error: unknown): void {
    this.trail.flush()
    this.hooks.onError(error, 0, 0)
  }
}

/** Tells hooks of everything: of a return at the next event, since what an import's result takes is known when the guest has it. */
export class ToldImport implements ImportWatch {
  declare readonly context: Context
  declare readonly trail: Trail
  declare readonly hooks: SiteHooks
  // Of the call that has returned last.
  #durationNs = 0
  #bytesIn = 0
  #bytesOut = 0

  constructor(trail: Trail, hooks: SiteHooks) {
    this.context = trail.context
    this.trail = trail
    this.hooks = hooks
  }

  begin(): number {
    const { context, trail } = this
    trail.flush()
    const bytesOut = context.bytesOut - trail.bytesOut
    trail.bytesOut = context.bytesOut
    this.hooks.onCall()
    return bytesOut
  }

  now(): number {
    return this.hooks.isTimed ? performance.now() : 0
  }

  returned(start: number, bytesOut: number): void {
    this.#durationNs = this.#take(start)
    this.#bytesIn = this.context.bytesIn
    this.#bytesOut = bytesOut
    this.trail.clock.returned = this
  }

  threw(error: unknown, start: number): void {
    this.hooks.onError(error, this.#take(start), 0)
  }

  tell(): void {
    this.hooks.onReturn(this.#durationNs, this.context.bytesIn - this.#bytesIn, this.#bytesOut, 0)
  }

  /** What an import has taken is part of what the export takes that called it. */
  #take(start: number): number {
    if (!this.hooks.isTimed) return 0
    const durationNs = sinceMs(start)
    this.trail.clock.importNs += durationNs
    return durationNs
  }
}

/** Tells hooks that only count, of a return at the next event too. */
export class CountedImport implements ImportWatch {
  declare readonly context: Context
  declare readonly trail: Trail
  declare readonly hooks: CountingHooks
  // Of the call that has returned last.
  #bytesIn = 0
  #bytesOut = 0

  constructor(trail: Trail, hooks: CountingHooks) {
    this.context = trail.context
    this.trail = trail
    this.hooks = hooks
  }

  begin(): number {
    const { context, trail } = this
    trail.flush()
    const bytesOut = context.bytesOut - trail.bytesOut
    trail.bytesOut = context.bytesOut
    return bytesOut
  }

  now(): number {
    return 0
  }

  returned(_start: number, bytesOut: number): void {
    this.#bytesIn = this.context.bytesIn
    this.#bytesOut = bytesOut
    this.trail.clock.returned = this
  }

  threw(error: unknown): void {
    this.hooks.onError(error, 0, 0)
  }

  tell(): void {
    this.hooks.count(this.context.bytesIn - this.#bytesIn, this.#bytesOut)
  }
}

/** What tells the hooks of an exported function. */
export function exportWatch(trail: Trail, hooks: SiteHooks): ExportWatch {
  return isCounting(hooks) ? new CountedExport(trail, hooks) : new ToldExport(trail, hooks)
}

/** What tells the hooks of an imported function. */
export function importWatch(trail: Trail, hooks: SiteHooks): ImportWatch {
  return isCounting(hooks) ? new CountedImport(trail, hooks) : new ToldImport(trail, hooks)
}

function isCounting(hooks: SiteHooks): hooks is CountingHooks {
  return 'count' in hooks && !hooks.isTimed
}

/** Nanoseconds since `start`, which is in milliseconds. */
function sinceMs(start: number): number {
  return (performance.now() - start) * 1e6
}
