import type { Cursor } from './cursor.ts'
import { MOST_FILES, readEntries, type EntryField, type Path, type Strings } from './line-entries.ts'

/** The header of a line number program: section 6.2.4 of DWARF 4 and 5. */
export interface LineHeader {
  readonly minimumInstructionLength: number
  readonly lineBase: number
  readonly lineRange: number
  readonly opcodeBase: number
  /** How many operands each standard opcode has; the first is that of opcode 1. */
  readonly operandCounts: readonly number[]
  /** The paths of the files by their number. */
  readonly files: Map<number, Path>
  /** The number of the file that a program begins with. */
  readonly firstFile: number
  /** The path of a file that is in a folder by its number. */
  readonly pathOf: (name: Path, directory: number) => Path
}

/**
 * Reads the header that `r` stands at, `version` first; `r` stands at the program afterwards.
 *
 * @param is64 whether the unit is in the 64-bit format of DWARF
 * @returns undefined for versions other than 2 to 5
 * @throws RangeError when it is malformed
 */
export function readLineHeader(r: Cursor, is64: boolean, strings: Strings): LineHeader | undefined {
  const version = r.u16()
  if (version < 2 || version > 5) return undefined
  if (version === 5) r.skip(2) // sizes of an address and of a segment
  const length = is64 ? r.u64() : r.u32()
  const program = r.pos + length
  const minimumInstructionLength = r.u8()
  if (version >= 4) r.skip(1) // operations per instruction: for architectures with long instruction words
  r.skip(1) // whether rows begin as statements
  const lineBase = r.i8()
  const lineRange = r.u8()
  const opcodeBase = r.u8()
  if (lineRange === 0) throw new RangeError('a line range of 0')
  const operandCounts = Array.from({ length: Math.max(0, opcodeBase - 1) }, () => r.u8())
  const tables = version === 5 ? readTables(r, is64, strings) : readOldTables(r)
  r.pos = program
  const pathOf = (name: Path, directory: number): Path => {
    return () => join(tables.directories, name(), directory)
  }
  const files = new Map<number, Path>()
  for (const [i, { name, directory }] of tables.files.entries()) {
    files.set(i + tables.firstFile, pathOf(name, directory))
  }
  return { minimumInstructionLength, lineBase, lineRange, opcodeBase, operandCounts, files, firstFile: 1, pathOf }
}

interface File {
  readonly name: Path
  readonly directory: number
}

interface Tables {
  /** The first is the folder that the compiler ran in, where that is known. */
  readonly directories: readonly Path[]
  readonly files: readonly File[]
  /** The number of the first file. */
  readonly firstFile: number
}

/** DWARF 2 to 4: without the folder that the compiler ran in, which stands in another section. */
function readOldTables(r: Cursor): Tables {
  const directories: Path[] = [() => '']
  for (let name = r.text(); name !== ''; name = r.text()) directories.push(() => name)
  const files: File[] = []
  for (let name = r.text(); name !== ''; name = r.text()) {
    files.push({ name: () => name, directory: r.uleb() })
    if (files.length > MOST_FILES) throw new RangeError('more files than there can be')
    r.uleb() // when it was changed
    r.uleb() // its size
  }
  return { directories, files, firstFile: 1 }
}

function readTables(r: Cursor, is64: boolean, strings: Strings): Tables {
  const directories = readEntries(r, is64, strings).map(({ path }) => path)
  const files = readEntries(r, is64, strings).map(({ path, directory }: EntryField) => ({ name: path, directory }))
  return { directories, files, firstFile: 0 }
}

/** Relative paths begin where the compiler ran, as far as that is known. */
function join(directories: readonly Path[], name: string, directory: number): string {
  const parts = [name]
  if (!isAbsolute(name)) {
    const folder = directories[directory]?.() ?? ''
    parts.unshift(folder)
    if (directory !== 0 && !isAbsolute(folder)) parts.unshift(directories[0]?.() ?? '')
  }
  return parts
    .map((part) => part.replace(/^(?:\.\/)+|^\.$/, '').replace(/(?<=.)\/$/, ''))
    .filter((part) => part !== '')
    .join('/')
}

function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[a-z]:[/\\])/i.test(path)
}
