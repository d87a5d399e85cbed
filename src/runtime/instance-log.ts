import type * as states from './context.ts'
import type { Logger } from './logger.ts'

// A constant of this file: engines fold it, but not an imported one.
const IDLE: typeof states.IDLE = 0

type AnyFunction = (...args: unknown[]) => unknown
type Level = keyof Logger

/** What is looked at of a context: whether it is in the middle of a call, and whether it is alone in its instance. */
interface CallState {
  readonly state: number
  readonly peers: readonly unknown[]
}

let instances = 0

/**
 * The log of one instance: every line says of which instance and of which call it is. Fields: `module`, the instance's
 * name; `instance`, a number that tells instances of one name apart within a process or worker; `function` and `call`, the
 * export that is running, or ran last, and its number among the calls of this instance. What the host has to say, and not
 * the guest, has an `event`.
 */
export class InstanceLog implements Logger {
  readonly #logger: Logger
  readonly #module: string
  readonly #instance: number = ++instances
  readonly #now = { calls: 0, call: 0, func: '', depth: 0 }

  constructor(logger: Logger, module: string) {
    this.#logger = logger
    this.#module = module
  }

  trace(fields: object, message: string): void {
    this.#logger.trace(this.#ofCall(fields), message)
  }
  debug(fields: object, message: string): void {
    this.#logger.debug(this.#ofCall(fields), message)
  }
  info(fields: object, message: string): void {
    this.#logger.info(this.#ofCall(fields), message)
  }
  warn(fields: object, message: string): void {
    this.#logger.warn(this.#ofCall(fields), message)
  }
  error(fields: object, message: string): void {
    this.#logger.error(this.#ofCall(fields), message)
  }
  fatal(fields: object, message: string): void {
    this.#logger.fatal(this.#ofCall(fields), message)
  }

  /** Writes a line about what has become of the instance, whatever call ran last. */
  event(level: Level, event: string, fields: object, message: string): void {
    this.#write(level, { module: this.#module, instance: this.#instance, event, ...fields }, message)
  }

  /** Writes a line about what happens in the call that is running. */
  callEvent(level: Level, event: string, fields: object, message: string): void {
    this.#write(level, this.#ofCall({ event, ...fields }), message)
  }

  /**
   * `call`, with its number and name in the lines that are written while it runs. A call that is refused, since another one
   * runs or the instance is lost, gets no number.
   *
   * @param context the one that the call enters
   */
  numbered(call: AnyFunction, func: string, context: CallState): AnyFunction {
    const now = this.#now
    if (context.peers.length > 0) return this.#numberedAmongPeers(call, func, context)
    return function (this: unknown, ...args: unknown[]): unknown {
      if (context.state === IDLE) {
        now.call = ++now.calls
        now.func = func
      }
      return call.apply(this, args)
    }
  }

  /** Of several component instances one may be called while another one calls the host: the outer call's name comes back. */
  #numberedAmongPeers(call: AnyFunction, func: string, context: CallState): AnyFunction {
    const now = this.#now
    return function (this: unknown, ...args: unknown[]): unknown {
      if (context.state !== IDLE) return call.apply(this, args)
      const { call: outer, func: outerFunc } = now
      now.call = ++now.calls
      now.func = func
      now.depth++
      try {
        return call.apply(this, args)
      } finally {
        if (--now.depth > 0) {
          now.call = outer
          now.func = outerFunc
        }
      }
    }
  }

  #ofCall(fields: object): object {
    const { call, func } = this.#now
    const running = call === 0 ? {} : { function: func, call }
    return { module: this.#module, instance: this.#instance, ...running, ...fields }
  }

  /** A logger that throws does not change what happens; a guest's own lines tell that it is broken. */
  #write(level: Level, fields: object, message: string): void {
    try {
      this.#logger[level](fields, message)
    } catch {
      // What has happened is what counts.
    }
  }
}
