/**
 * Rows of cells as lines with aligned columns, two spaces between them.
 *
 * @param rows the first one may be titles; every row has as many cells as the first
 * @param left the indices of the columns that are aligned to the left; the others are to the right
 */
export function columns(rows: readonly (readonly string[])[], left: readonly number[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, i) => (left.includes(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
