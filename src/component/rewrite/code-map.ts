/** A run of bytes of a function's body that has been copied as it was. */
interface Run {
  readonly to: number
  readonly from: number
  readonly length: number
}

/** Where the code of some functions stood before their module was written anew. */
export class CodeMap {
  readonly #wanted: ReadonlySet<number>
  readonly #functions: Map<number, { readonly start: number; end: number; runs: Run[] }> = new Map()
  #moved = 0
  /** The index of the first function that was added; all others are the module's. */
  firstAdded: number = Number.POSITIVE_INFINITY

  /** @param wanted the indices of the functions to keep account of; those that the module lacks do not matter */
  constructor(wanted: ReadonlySet<number>) {
    this.#wanted = wanted
  }

  /** A body begins; once more, when it is written again. */
  begin(index: number, start: number): void {
    if (this.#wanted.has(index)) this.#functions.set(index, { start, end: start, runs: [] })
  }

  /** A function that was not there before. */
  added(index: number, start: number): void {
    this.firstAdded = Math.min(this.firstAdded, index)
    this.begin(index, start)
  }

  copied(index: number, run: Run): void {
    this.#functions.get(index)?.runs.push(run)
  }

  end(index: number, end: number): void {
    const func = this.#functions.get(index)
    if (func !== undefined) func.end = end
  }

  /** All of it has been put behind so many bytes. */
  move(bytes: number): void {
    this.#moved = bytes
  }

  /** Whether the function has code at an offset in the module as it is now. */
  has(index: number, offset: number): boolean {
    const func = this.#functions.get(index)
    const at = offset - this.#moved
    return func !== undefined && at >= func.start && at < func.end
  }

  /** Where an instruction was that is at `offset` now; of one that was put in, that before which it was. */
  before(index: number, offset: number): number | undefined {
    const runs = this.#functions.get(index)?.runs ?? []
    const at = offset - this.#moved
    const run = runs.find(({ to, length }) => at < to + length)
    return run && run.from + Math.max(0, at - run.to)
  }
}
