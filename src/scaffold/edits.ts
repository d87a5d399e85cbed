/** A piece of a text and what comes in its place; offsets in UTF-16 code units, `end` exclusive. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The text with all edits made at once; what they do not touch stays as it is. Insertions at one place keep their order.
 *
 * @throws RangeError where two edits overlap
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits
    .map((edit, i) => ({ ...edit, i }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.i - b.i)
  let result = ''
  let at = 0
  for (const { start, end, text: piece } of sorted) {
    if (start < at) throw new RangeError(`edits overlap at ${start}`)
    result += text.slice(at, start) + piece
    at = end
  }
  return result + text.slice(at)
}
