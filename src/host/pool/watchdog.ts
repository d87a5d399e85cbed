import type { Control } from './control.ts'

/** Says when one call of a guest has run for too long. The time between calls does not count. */
export class Watchdog {
  readonly #control: Control
  readonly #bark: (limitMs: number) => void
  #timer: NodeJS.Timeout | undefined
  #limitMs: number | undefined

  constructor(control: Control, bark: (limitMs: number) => void) {
    this.#control = control
    this.#bark = bark
  }

  /** Watches until `stop`; without a limit there is nothing to watch. */
  start(limitMs: number | undefined): void {
    this.stop()
    this.#limitMs = limitMs
    if (limitMs !== undefined) this.#timer = setTimeout(() => this.look(), limitMs)
  }

  /** Looks now, too: while messages come in without end, timers wait. */
  look(): void {
    const limitMs = this.#limitMs
    if (limitMs === undefined) return
    const leftMs = limitMs - (this.#control.runningMs ?? 0)
    clearTimeout(this.#timer)
    if (leftMs > 0) this.#timer = setTimeout(() => this.look(), Math.max(1, leftMs))
    else {
      this.stop()
      this.#bark(limitMs)
    }
  }

  stop(): void {
    this.#limitMs = undefined
    clearTimeout(this.#timer)
  }
}
