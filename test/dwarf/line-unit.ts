/** A unit of `.debug_line` as DWARF 4 has it. */
export interface LineUnit {
  readonly directories?: readonly string[]
  readonly files: readonly (string | { readonly name: string; readonly directory: number })[]
  /** The bytes of the line number program; opcodes as in `OPCODE_BASE`, lines from −5 on in a range of 14. */
  readonly program: readonly number[]
  readonly is64?: boolean
  readonly version?: number
}

const OPCODE_BASE = 13
const OPERANDS = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]

const text = (name: string): number[] => [...new TextEncoder().encode(name), 0]
const number = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, i) => (i < 4 ? (value >>> (8 * i)) & 0xff : 0))

/** The bytes of one unit. */
export function lineUnit({ directories = [], files, program, is64 = false, version = 4 }: LineUnit): Uint8Array {
  const size = is64 ? 8 : 4
  const tables = [
    // One byte per instruction, one operation, statements; lines from −5 on in a range of 14.
    1,
    1,
    1,
    0xfb,
    14,
    OPCODE_BASE,
    ...OPERANDS,
    ...directories.flatMap(text),
    0,
    ...files.flatMap((file) =>
      typeof file === 'string' ? [...text(file), 0, 0, 0] : [...text(file.name), file.directory, 0, 0],
    ),
    0,
  ]
  const unit = [...number(version, 2), ...number(tables.length, size), ...tables, ...program]
  return Uint8Array.from([...(is64 ? number(0xffffffff, 4) : []), ...number(unit.length, size), ...unit])
}

/** A core module with these bytes, one behind the other, as its `.debug_line`. */
export function moduleWith(...units: readonly Uint8Array[]): Uint8Array {
  const content = [text('.debug_line').length - 1, ...text('.debug_line').slice(0, -1), ...units.flatMap((u) => [...u])]
  const leb: number[] = []
  for (let rest = content.length; ; rest >>= 7) {
    if (rest < 0x80) {
      leb.push(rest)
      break
    }
    leb.push((rest & 0x7f) | 0x80)
  }
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, ...leb, ...content])
}
