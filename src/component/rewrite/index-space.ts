/** An index space that gets further imports: what the module defines itself moves up behind them. */
export class IndexSpace {
  /** The index of the first import that is added. */
  readonly first: number
  readonly #added: number

  /**
   * @param imported how many the module imports by itself
   * @param added how many are added behind those
   */
  constructor(imported: number, added: number) {
    this.first = imported
    this.#added = added
  }

  /** The index that what had `index` has now. */
  map(index: number): number {
    return index < this.first ? index : index + this.#added
  }
}
