import type { Context } from './context.ts'

/** What those who watch the calls of one instance know between two events, whichever of its components they are of. */
export interface Clock {
  /** What all imports have taken so far, in nanoseconds. */
  importNs: number
  /** The import that has returned, while the guest has not taken its result yet. */
  returned: { tell(): void } | undefined
}

/** What those who watch the calls of one context know between two events. */
export class Trail {
  // Declared only: what is assigned once is a constant to engines, what is first undefined is not.
  declare readonly context: Context
  declare readonly clock: Clock
  /** `context.bytesOut` at the last event: what has been added since is the arguments of the import that is called next. */
  bytesOut: number
  /** Of each export that runs and is timed, when it began and what imports had taken by then: milliseconds, nanoseconds. */
  readonly began: number[] = []

  constructor(context: Context, clock: Clock) {
    this.context = context
    this.clock = clock
    this.bytesOut = context.bytesOut
  }

  /** Tells of the import that has returned: the guest goes on, so its result has been lowered. */
  flush(): void {
    const { clock } = this
    const { returned } = clock
    if (returned === undefined) return
    clock.returned = undefined
    returned.tell()
  }

  /**
   * An export is called, or hooks change. The last import may be yet to be told of: hooks that came in the middle of a call did not
   * see its end. Nor did they see what passed before.
   */
  rest(): void {
    this.flush()
    this.bytesOut = this.context.bytesOut
  }
}
