import type { GuestModule } from './guest-module.ts'
import { lineSpans } from './line-table.ts'

/** A place in a source. */
export interface Place {
  /** As the compiler noted it: relative to the folder that it ran in, or absolute. */
  readonly file: string
  /** From 1; left out where the compiler made the code for no line. */
  readonly line?: number
  /** From 1; left out where only the line is known. */
  readonly column?: number
}

/**
 * Finds the places of instructions.
 *
 * @param offsets in bytes from the beginning of the core module
 * @returns by offset, those that the module knows
 */
export function placesOf(module: GuestModule, offsets: readonly number[]): ReadonlyMap<number, Place> {
  const wanted = [...new Set(offsets)].sort((a, b) => a - b)
  const found = new Map<number, Place>()
  for (const { start, end, file, line, column } of lineSpans(module.bytes)) {
    if (file === undefined) continue
    const from = start + module.codeStart
    const to = end + module.codeStart
    for (let i = firstAtLeast(wanted, from); i < wanted.length; i++) {
      const offset = wanted[i]
      if (offset === undefined || offset >= to) break
      found.set(offset, placeOf(file, line, column))
    }
  }
  return found
}

/** The first place in each function that has one, by the function's index. */
export function functionPlaces(module: GuestModule): ReadonlyMap<number, Place> {
  const { codeStart, functions } = module
  const starts = functions.map((func) => func.start)
  const found = new Map<number, { readonly start: number; readonly place: Place }>()
  for (const { start, file, line, column } of lineSpans(module.bytes)) {
    const offset = start + codeStart
    const func = functions[firstAtLeast(starts, offset + 1) - 1]
    if (func === undefined || offset >= func.end || file === undefined || line === 0) continue
    const other = found.get(func.index)
    if (other === undefined || start < other.start) found.set(func.index, { start, place: placeOf(file, line, column) })
  }
  return new Map([...found].map(([index, { place }]) => [index, place]))
}

function placeOf(file: string, line: number, column: number): Place {
  return { file, ...(line === 0 ? {} : { line }), ...(line === 0 || column === 0 ? {} : { column }) }
}

/** The index of the first of the sorted numbers that is `least` or more. */
function firstAtLeast(sorted: readonly number[], least: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}
