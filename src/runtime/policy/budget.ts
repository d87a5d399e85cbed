/** Between two looks at the clock: some ten microseconds of the fastest instructions, some milliseconds of the slowest. */
const SLICE = 1 << 16

/** How many instructions a guest may execute until it has to ask again. */
export class Budget {
  /** The guest counts it down, and asks when it is negative. */
  readonly global: WebAssembly.Global<'i64'> = new WebAssembly.Global({ value: 'i64', mutable: true }, 0n)
  readonly #isSliced: boolean
  #fuel: number
  #granted = 0

  /**
   * @param fuel in instructions; undefined for any number
   * @param isSliced whether it has to be asked for again and again, as for looking at the clock
   */
  constructor(fuel: number | undefined, isSliced: boolean) {
    this.#fuel = fuel ?? Number.POSITIVE_INFINITY
    this.#isSliced = isSliced || fuel === undefined
    this.refill()
  }

  /** Instructions so far. */
  get used(): number {
    return this.#granted - Number(this.global.value)
  }

  /** Instructions that are left. */
  get left(): number {
    return Math.max(0, this.#fuel - this.used)
  }

  get isExhausted(): boolean {
    return this.used > this.#fuel
  }

  refill(): void {
    const { used } = this
    const left = Math.max(0, this.#fuel - used)
    const next = this.#isSliced ? Math.min(SLICE, left) : left
    this.#granted = used + next
    this.global.value = BigInt(next)
  }

  add(fuel: number): void {
    this.#fuel += fuel
    this.refill()
  }

  /** Lets the guest ask at the next opportunity. */
  stop(): void {
    this.#granted = this.used - 1
    this.global.value = -1n
  }
}
