import type { Cursor } from './cursor.ts'

/** What follows an opcode. `leb` is any integer or index. */
type Immediate =
  'leb' | 'block' | 'heap' | 'types' | 'labels' | 'catches' | 'memarg' | 'byte' | 'bytes4' | 'bytes8' | 'bytes16'

type Row = readonly [first: number, last: number, ...Immediate[]]

// Core specification, binary format, instructions: MVP, sign extension, saturating conversions, bulk memory, reference types,
// multi-value, tail calls, exceptions (both kinds), typed references, garbage collection, SIMD (relaxed too), atomics.
const ROWS: readonly Row[] = [
  [0x00, 0x01],
  [0x02, 0x04, 'block'],
  [0x05, 0x05],
  [0x06, 0x06, 'block'],
  [0x07, 0x09, 'leb'],
  [0x0a, 0x0b],
  [0x0c, 0x0d, 'leb'],
  [0x0e, 0x0e, 'labels'],
  [0x0f, 0x0f],
  [0x10, 0x10, 'leb'],
  [0x11, 0x11, 'leb', 'leb'],
  [0x12, 0x12, 'leb'],
  [0x13, 0x13, 'leb', 'leb'],
  [0x14, 0x15, 'leb'],
  [0x18, 0x18, 'leb'],
  [0x19, 0x1b],
  [0x1c, 0x1c, 'types'],
  [0x1f, 0x1f, 'block', 'catches'],
  [0x20, 0x26, 'leb'],
  [0x28, 0x3e, 'memarg'],
  [0x3f, 0x42, 'leb'],
  [0x43, 0x43, 'bytes4'],
  [0x44, 0x44, 'bytes8'],
  [0x45, 0xc4],
  [0xd0, 0xd0, 'heap'],
  [0xd1, 0xd1],
  [0xd2, 0xd2, 'leb'],
  [0xd3, 0xd4],
  [0xd5, 0xd6, 'leb'],
]

const PREFIXED: Readonly<Record<number, readonly Row[]>> = {
  0xfb: [
    [0, 1, 'leb'],
    [2, 5, 'leb', 'leb'],
    [6, 7, 'leb'],
    [8, 10, 'leb', 'leb'],
    [11, 14, 'leb'],
    [15, 15],
    [16, 16, 'leb'],
    [17, 19, 'leb', 'leb'],
    [20, 23, 'heap'],
    [24, 25, 'byte', 'leb', 'heap', 'heap'],
    [26, 30],
  ],
  0xfc: [
    [0, 7],
    [8, 8, 'leb', 'leb'],
    [9, 9, 'leb'],
    [10, 10, 'leb', 'leb'],
    [11, 11, 'leb'],
    [12, 12, 'leb', 'leb'],
    [13, 13, 'leb'],
    [14, 14, 'leb', 'leb'],
    [15, 17, 'leb'],
  ],
  0xfd: [
    [0, 11, 'memarg'],
    [12, 13, 'bytes16'],
    [14, 20],
    [21, 34, 'byte'],
    [35, 83],
    [84, 91, 'memarg', 'byte'],
    [92, 93, 'memarg'],
    [94, 275],
  ],
  0xfe: [
    [0, 2, 'memarg'],
    [3, 3, 'byte'],
    [0x10, 0x4e, 'memarg'],
  ],
}

type Table = (readonly Immediate[] | undefined)[]

function tableOf(rows: readonly Row[]): Table {
  const table: Table = []
  for (const [first, last, ...immediates] of rows) for (let op = first; op <= last; op++) table[op] = immediates
  return table
}

const PLAIN: Table = tableOf(ROWS)
const TABLES: Table[] = []
for (const [prefix, rows] of Object.entries(PREFIXED)) TABLES[Number(prefix)] = tableOf(rows)

/** An instruction that this runtime does not know. What it does not know it does not let pass. */
export class UnknownInstruction extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'UnknownInstruction'
  }
}

/** Whether an opcode is a prefix, which an integer follows that says which instruction it is. */
export function isPrefix(opcode: number): boolean {
  return opcode >= 0xfb && opcode <= 0xfe
}

/**
 * Steps over the immediates of an instruction.
 *
 * @param sub the number behind the prefix; 0 where `opcode` is none
 * @throws UnknownInstruction
 */
export function skipImmediates(c: Cursor, opcode: number, sub: number): void {
  const immediates = isPrefix(opcode) ? TABLES[opcode]?.[sub] : PLAIN[opcode]
  if (immediates === undefined) throw new UnknownInstruction(`opcode ${nameOf(opcode, sub)}`)
  for (const immediate of immediates) skipImmediate(c, immediate)
}

/** `0xfc 12` */
function nameOf(opcode: number, sub: number): string {
  const hex = `0x${opcode.toString(16).padStart(2, '0')}`
  return isPrefix(opcode) ? `${hex} ${sub}` : hex
}

function skipImmediate(c: Cursor, immediate: Immediate): void {
  switch (immediate) {
    case 'leb':
      return c.skipLeb()
    case 'block':
      return skipBlockType(c)
    case 'heap':
      return skipHeapType(c)
    case 'types':
      for (let n = c.u32(); n > 0; n--) skipValueType(c)
      return
    case 'labels':
      for (let n = c.u32() + 1; n > 0; n--) c.skipLeb()
      return
    case 'catches':
      for (let n = c.u32(); n > 0; n--) skipCatch(c)
      return
    case 'memarg':
      // Bit 6 of the alignment: the index of the memory follows.
      if ((c.u32() & 0x40) !== 0) c.skipLeb()
      return c.skipLeb()
    case 'byte':
      return c.skip(1)
    case 'bytes4':
      return c.skip(4)
    case 'bytes8':
      return c.skip(8)
    case 'bytes16':
      return c.skip(16)
    default:
      return immediate satisfies never
  }
}

function skipCatch(c: Cursor): void {
  const kind = c.u8()
  if (kind > 3) throw new UnknownInstruction(`a catch clause of kind ${kind}`)
  if (kind < 2) c.skipLeb()
  c.skipLeb()
}

function skipBlockType(c: Cursor): void {
  const byte = c.peek()
  if (byte === 0x63 || byte === 0x64) skipValueType(c)
  else c.skipLeb()
}

/** A `heaptype`: an abstract one, or the index of a type. */
function skipHeapType(c: Cursor): void {
  const byte = c.peek()
  // 0x69 to 0x74 are abstract types, what is below 0x40 or goes on an index; the rest belongs to proposals.
  if (byte < 0x80 && byte >= 0x40 && (byte < 0x69 || byte > 0x74))
    throw new UnknownInstruction(`heap type 0x${byte.toString(16)}`)
  c.skipLeb()
}

/** A `valtype`. */
export function skipValueType(c: Cursor): void {
  const byte = c.u8()
  if (byte === 0x63 || byte === 0x64) skipHeapType(c)
  else if (byte < 0x69 || byte > 0x7f) throw new UnknownInstruction(`value type 0x${byte.toString(16)}`)
}
