import type { Control } from './control.ts'

/** Says when one call of a guest has run for too long. The time between calls does not count. */
export class Watchdog {
  readonly #control: Control
  readonly #bark: (limitMs: number) => void
  #timer: NodeJS.Timeout | undefined

  constructor(control: Control, bark: (limitMs: number) => void) {
    this.#control = control
    this.#bark = bark
  }

  /** Watches until `stop`; without a limit there is nothing to watch. */
  start(limitMs: number | undefined): void {
    this.stop()
    if (limitMs === undefined) return
    const look = (): void => {
      const runningMs = this.#control.runningMs ?? 0
      if (runningMs >= limitMs) this.#bark(limitMs)
      else this.#timer = setTimeout(look, Math.max(1, limitMs - runningMs))
    }
    this.#timer = setTimeout(look, limitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
