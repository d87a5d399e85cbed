import { Cursor } from './cursor.ts'

/** Where the texts are that other sections refer to. */
export interface Strings {
  /** `.debug_str` */
  readonly str: Uint8Array
  /** `.debug_line_str` */
  readonly lineStr: Uint8Array
}

/**
 * A path, read when it is asked for: few of a table are. Thousands of entries can refer to the same bytes, and would be far more
 * together than the section. Throws `RangeError` where there is none.
 */
export type Path = () => string

/** A folder or a file of a line table. */
export interface EntryField {
  readonly path: Path
  readonly directory: number
}

/** How many files a unit may have: more than any compiler gives it. */
export const MOST_FILES = 65_536

const NO_PATH: Path = () => ''

const PATH = 1
const DIRECTORY = 2

/** Folders or files as DWARF 5 writes them (sections 6.2.4.1 and 7.22): each table says which fields it has, in which form. */
export function readEntries(r: Cursor, is64: boolean, strings: Strings): readonly EntryField[] {
  const format = Array.from({ length: r.u8() }, () => ({ content: r.uleb(), form: r.uleb() }))
  const count = r.uleb()
  if (count > Math.min(r.end, MOST_FILES)) throw new RangeError('more entries than there can be')
  return Array.from({ length: count }, () => {
    let path: Path = NO_PATH
    let directory = 0
    for (const { content, form } of format) {
      const value = readForm(r, form, is64, strings)
      if (content === PATH && typeof value === 'function') path = value
      else if (content === DIRECTORY && typeof value === 'number') directory = value
    }
    return { path, directory }
  })
}

/** The forms that line tables may have (section 7.5.6); undefined for values that are of no interest. */
function readForm(r: Cursor, form: number, is64: boolean, strings: Strings): Path | number | undefined {
  switch (form) {
    case 0x08: // DW_FORM_string
      return (
        (text) => () =>
          text
      )(r.text())
    case 0x0e: // DW_FORM_strp
      return textIn(strings.str, is64 ? r.u64() : r.u32())
    case 0x1f: // DW_FORM_line_strp
      return textIn(strings.lineStr, is64 ? r.u64() : r.u32())
    case 0x0b: // DW_FORM_data1
      return r.u8()
    case 0x05: // DW_FORM_data2
      return r.u16()
    case 0x06: // DW_FORM_data4
      return r.u32()
    case 0x07: // DW_FORM_data8
      return r.u64()
    case 0x0f: // DW_FORM_udata
      return r.uleb()
    case 0x1e: // DW_FORM_data16: a hash of the file
      return void r.skip(16)
    case 0x09: // DW_FORM_block
      return void r.skip(r.uleb())
    default:
      throw new RangeError(`form 0x${form.toString(16)} in a line table`)
  }
}

function textIn(section: Uint8Array, offset: number): Path {
  return () => new Cursor(section, offset).text()
}
