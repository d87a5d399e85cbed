import { customSections } from '../component/custom-sections.ts'
import { Cursor } from './cursor.ts'
import { readLineHeader } from './line-header.ts'
import { runLineProgram, type LineSpan } from './line-program.ts'

/** Whether a core module carries a table of source lines. */
export function hasLineTable(bytes: Uint8Array): boolean {
  return sectionOf(bytes, '.debug_line').length > 0
}

/**
 * The source lines of a core module's code, from its `.debug_line` (DWARF 2 to 5), unit by unit. A unit that is malformed or
 * of another version ends early or yields nothing; the others are read all the same.
 *
 * @throws ComponentError when the bytes are no core module or malformed
 */
export function* lineSpans(bytes: Uint8Array): Generator<LineSpan, void, undefined> {
  const strings = { str: sectionOf(bytes, '.debug_str'), lineStr: sectionOf(bytes, '.debug_line_str') }
  const r = new Cursor(sectionOf(bytes, '.debug_line'))
  try {
    while (r.pos < r.end) {
      const length = r.u32()
      const is64 = length === 0xffff_ffff
      const unit = r.part(is64 ? r.u64() : length)
      try {
        const header = readLineHeader(unit, is64, strings)
        if (header !== undefined) yield* runLineProgram(unit, header)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }
  } catch (error) {
    // The length of a unit that goes beyond the section: nothing can be found behind it.
    if (!(error instanceof RangeError)) throw error
  }
}

function sectionOf(bytes: Uint8Array, name: string): Uint8Array {
  return customSections(bytes, name).find((section) => section.name === name)?.bytes ?? new Uint8Array()
}
