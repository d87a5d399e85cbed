/** Text that is no WAVE value of its type; `start` and `end` are offsets in UTF-16 code units. */
export class WaveError extends Error {
  override readonly name: string = 'WaveError'
  readonly start: number
  readonly end: number

  constructor(message: string, start: number, end: number) {
    super(message)
    this.start = start
    this.end = end
  }
}
