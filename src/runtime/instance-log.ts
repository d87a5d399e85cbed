import type { Logger } from './logger.ts'

type AnyFunction = (...args: unknown[]) => unknown
type Level = keyof Logger

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
  readonly #now = { calls: 0, call: 0, func: '', isRunning: false }

  constructor(logger: Logger, module: string) {
    this.#logger = logger
    this.#module = module
  }

  trace(fields: object, message: string): void {
    this.#logger.trace(this.#fields(fields), message)
  }
  debug(fields: object, message: string): void {
    this.#logger.debug(this.#fields(fields), message)
  }
  info(fields: object, message: string): void {
    this.#logger.info(this.#fields(fields), message)
  }
  warn(fields: object, message: string): void {
    this.#logger.warn(this.#fields(fields), message)
  }
  error(fields: object, message: string): void {
    this.#logger.error(this.#fields(fields), message)
  }
  fatal(fields: object, message: string): void {
    this.#logger.fatal(this.#fields(fields), message)
  }

  /** Writes a line about what happened to the instance; a logger that throws does not change what happens. */
  event(level: Level, event: string, fields: object, message: string): void {
    try {
      this[level]({ event, ...fields }, message)
    } catch {
      // The event is what counts; a guest's own lines tell that the logger is broken.
    }
  }

  /** `call`, with its number and name in the lines that are written while it runs. */
  numbered(call: AnyFunction, func: string): AnyFunction {
    const now = this.#now
    return function (this: unknown, ...args: unknown[]): unknown {
      const { call: outer, func: outerFunc, isRunning: isNested } = now
      now.call = ++now.calls
      now.func = func
      now.isRunning = true
      try {
        return call.apply(this, args)
      } finally {
        // A call within a call is refused: the lines that follow are of the outer one.
        if (isNested) {
          now.call = outer
          now.func = outerFunc
        } else now.isRunning = false
      }
    }
  }

  #fields(fields: object): object {
    const { call, func } = this.#now
    const running = call === 0 ? {} : { function: func, call }
    return { module: this.#module, instance: this.#instance, ...running, ...fields }
  }
}
