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

  /** Instructions so far. Those that there was no fuel for were asked for, and not executed. */
  get used(): number {
    return Math.min(this.#asked, this.#fuel)
  }

  get #asked(): number {
    return this.#granted - Number(this.global.value)
  }

  /** Instructions that are left. */
  get left(): number {
    return this.#fuel - this.used
  }

  get isExhausted(): boolean {
    return this.#asked > this.#fuel
  }

  refill(): void {
    this.#refill(this.used)
  }

  #refill(used: number): void {
    const left = this.#fuel - used
    const next = this.#isSliced ? Math.min(SLICE, left) : left
    this.#granted = used + next
    this.global.value = BigInt(next)
  }

  add(fuel: number): void {
    const { used } = this
    this.#fuel += fuel
    this.#refill(used)
  }

  /** Lets the guest ask at the next opportunity. */
  stop(): void {
    this.#granted = this.used - 1
    this.global.value = -1n
  }
}
