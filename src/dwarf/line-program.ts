import type { Cursor } from './cursor.ts'
import { MOST_FILES, type Path } from './line-entries.ts'
import type { LineHeader } from './line-header.ts'

/** A run of code that belongs to one place in a source; addresses as in DWARF, `end` exclusive. */
export interface LineSpan {
  readonly start: number
  readonly end: number
  readonly file: Path | undefined
  /** 0: the compiler made it, no line has it. */
  readonly line: number
  /** 0: the whole line. */
  readonly column: number
}

/**
 * Runs a line number program (section 6.2.5 of DWARF 4 and 5) and yields its spans, in its order.
 *
 * @throws RangeError when it is malformed
 */
export function* runLineProgram(r: Cursor, header: LineHeader): Generator<LineSpan, void, undefined> {
  const { minimumInstructionLength: unit, lineBase, lineRange, opcodeBase, operandCounts, files } = header
  const constAddPc = Math.floor((255 - opcodeBase) / lineRange) * unit
  const begin = { address: 0, file: header.firstFile, line: 1, column: 0 }
  let row = { ...begin }
  let last: typeof row | undefined
  let isDead = false
  /** The span from the last row to this one. */
  const span = (): LineSpan | undefined => {
    const from = last
    // The linker gives code that it has dropped an address where no code is: 0, or the last ones.
    if (from === undefined) isDead = row.address === 0 || row.address >= 0xffff_fffe
    last = { ...row }
    if (from === undefined || isDead || row.address <= from.address) return undefined
    const { address: start, line, column } = from
    return { start, end: row.address, file: files.get(from.file), line, column }
  }
  while (r.pos < r.end) {
    const opcode = r.u8()
    let found: LineSpan | undefined
    if (opcode >= opcodeBase) {
      const adjusted = opcode - opcodeBase
      row.address += Math.floor(adjusted / lineRange) * unit
      row.line += lineBase + (adjusted % lineRange)
      found = span()
    } else if (opcode === 0) {
      const extended = r.part(r.uleb())
      const which = extended.u8()
      if (which === 1) {
        found = span() // DW_LNE_end_sequence
        row = { ...begin }
        last = undefined
      } else if (which === 2) row.address = extended.unsigned(extended.end - 1)
      else if (which === 3) defineFile(extended, header)
    } else if (opcode === 1) found = span()
    else if (opcode === 2) row.address += r.uleb() * unit
    else if (opcode === 3) row.line += r.sleb()
    else if (opcode === 4) row.file = r.uleb()
    else if (opcode === 5) row.column = r.uleb()
    else if (opcode === 8) row.address += constAddPc
    else if (opcode === 9) row.address += r.u16()
    else for (let i = operandCounts[opcode - 1] ?? 0; i > 0; i--) r.uleb()
    if (found !== undefined) yield found
  }
}

/** DW_LNE_define_file, up to DWARF 4. */
function defineFile(r: Cursor, { files, pathOf }: LineHeader): void {
  if (files.size > MOST_FILES) throw new RangeError('more files than there can be')
  const name = r.text()
  files.set(
    files.size + 1,
    pathOf(() => name, r.uleb()),
  )
}
