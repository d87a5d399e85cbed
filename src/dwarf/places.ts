import type { GuestModule } from './guest-module.ts'
import type { LineSpan } from './line-program.ts'
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
  const found = new Map<number, LineSpan>()
  for (const span of lineSpans(module.bytes)) {
    const { start, end, file } = span
    if (file === undefined) continue
    const from = start + module.codeStart
    const to = end + module.codeStart
    for (let i = firstAtLeast(wanted, from); i < wanted.length; i++) {
      const offset = wanted[i]
      if (offset === undefined || offset >= to) break
      found.set(offset, span)
    }
  }
  return placesIn(found)
}

/** The first place in each function that has one, by the function's index. */
export function functionPlaces(module: GuestModule): ReadonlyMap<number, Place> {
  const { codeStart, functions } = module
  const starts = functions.map((func) => func.start)
  const found = new Map<number, LineSpan>()
  for (const span of lineSpans(module.bytes)) {
    const { start, file, line } = span
    const offset = start + codeStart
    const func = functions[firstAtLeast(starts, offset + 1) - 1]
    if (func === undefined || offset >= func.end || file === undefined || line === 0) continue
    const other = found.get(func.index)
    if (other === undefined || start < other.start) found.set(func.index, span)
  }
  return placesIn(found)
}

function placesIn(spans: ReadonlyMap<number, LineSpan>): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>()
  for (const [key, span] of spans) {
    const place = placeOf(span)
    if (place !== undefined) places.set(key, place)
  }
  return places
}

/** Undefined where the path of the file cannot be read. */
function placeOf({ file, line, column }: LineSpan): Place | undefined {
  try {
    const path = file?.()
    if (path === undefined) return undefined
    if (!isFromOne(line)) return { file: path }
    return { file: path, line, ...(isFromOne(column) ? { column } : {}) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return undefined
  }
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

/** Whether it is a line or a column: 0 is none, anything else is what malformed tables give. */
function isFromOne(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0
}
