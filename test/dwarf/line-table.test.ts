// The reader of line tables against what LLVM reads of the same modules, and against tables written by hand.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coreModules, functionPlaces, placesOf, readGuestModule, type GuestModule } from '../../src/dwarf/index.ts'
import { lineSpans } from '../../src/dwarf/line-table.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'
import { lineUnit, moduleWith } from './line-unit.ts'

interface Row {
  readonly address: number
  readonly line: number
  readonly column: number
  readonly isEnd: boolean
}

/** The rows of `llvm-dwarfdump --debug-line`. */
function rowsOf(text: string): readonly Row[] {
  return [...text.matchAll(/^0x([0-9a-f]{16}) +(\d+) +(\d+) .*$/gm)].map(([all, address = '', line, column]) => ({
    address: Number.parseInt(address, 16),
    line: Number(line),
    column: Number(column),
    isEnd: all.includes('end_sequence'),
  }))
}

function coreModule(path: string): GuestModule {
  const [bytes] = coreModules(readFileSync(path))
  return readGuestModule(bytes ?? new Uint8Array())
}

describe.skipIf(isSkipped('c')).each([
  { guest: 'debug', version: 4 },
  { guest: 'dwarf5', version: 5 },
])('DWARF $version', ({ guest, version }) => {
  const [{ path } = { path: '' }] = guestFiles(`debug/${guest}.wasm`)
  const golden = readFileSync(new URL(`golden/${guest}.txt`, import.meta.url), 'utf8')
  const rows = rowsOf(golden)

  test('what LLVM has read is of this version, and not empty', () => {
    expect(golden).toContain(`version: ${version}\n`)
    expect(rows.length).toBeGreaterThan(30)
  })

  test('every byte of code has the line and column that LLVM finds', () => {
    const module = coreModule(path)
    const expected = new Map<number, object>()
    for (const [i, { address, line, column, isEnd }] of rows.entries()) {
      const end = isEnd ? address : (rows[i + 1]?.address ?? address)
      const place = {
        file: 'faults.c',
        ...(line === 0 ? {} : { line }),
        ...(line === 0 || column === 0 ? {} : { column }),
      }
      for (let at = address; at < end; at++) expected.set(at + module.codeStart, place)
    }
    const offsets = Array.from(module.bytes, (_, offset) => offset)
    expect(placesOf(module, offsets)).toEqual(new Map([...expected].sort(([a], [b]) => a - b)))
  })

  test('functions begin at the lines of their sources', () => {
    const { functions, ...module } = coreModule(path)
    const places = functionPlaces({ functions, ...module })
    const source = readFileSync(new URL('../guests/debug/faults.c', import.meta.url), 'utf8').split('\n')
    const named = functions.filter(({ name }) => name !== undefined)
    expect(named.map(({ name }) => name)).toContain('one_deeper')
    for (const { index, name = '' } of named) {
      const line = places.get(index)?.line ?? 0
      // The first instruction belongs to the line of the function, or to the one below.
      expect(source.slice(Math.max(0, line - 2), line).join('\n')).toContain(`${name}(`)
    }
  })
})

describe('tables by hand', () => {
  const spans = (...units: readonly Uint8Array[]): readonly object[] =>
    [...lineSpans(moduleWith(...units))].map((span) => ({ ...span, file: span.file?.() }))
  const SET = [0, 5, 2]
  const END = [0, 1, 1]

  test('opcodes', () => {
    const program = [
      [...SET, 0x10, 0, 0, 0], // address 16
      [5, 7], // column 7
      [1], // a row: 16, line 1
      [2, 0x80, 1], // 128 bytes on
      [3, 0x7e], // two lines back …
      [3, 10], // … and ten on
      [1], // 144, line 9
      [8], // DW_LNS_const_add_pc: (255 - 13) / 14 = 17
      [9, 0, 1], // 256 bytes on
      [13 + 14 * 2 + 5], // special: 2 bytes on, the line as it is
      [6, 7, 10, 11], // of no interest
      [12, 3], // the instruction set, with its operand
      [0, 2, 4, 9], // a discriminator
      [0, 3, 0x80, 1, 2], // an extended opcode that nobody knows
      [2, 4],
      END,
    ]
    expect(spans(lineUnit({ files: ['a.c'], program: program.flat() }))).toEqual([
      { start: 16, end: 144, file: 'a.c', line: 1, column: 7 },
      { start: 144, end: 419, file: 'a.c', line: 9, column: 7 },
      { start: 419, end: 423, file: 'a.c', line: 9, column: 7 },
    ])
  })

  test('files by folder, a file that the program defines', () => {
    const text = (name: string): number[] => [...new TextEncoder().encode(name), 0]
    const define = [3, ...text('late.c'), 2, 0, 0]
    const program = [
      [...SET, 1, 0, 0, 0, 1, 2, 1],
      [4, 2, 1, 2, 1],
      [4, 3, 1, 2, 1],
      [0, define.length, ...define, 4, 4, 1, 2, 1],
      [4, 9, 1, 2, 1, ...END],
    ].flat()
    const directories = ['src', '/abs']
    const files = ['a.c', { name: 'b.c', directory: 1 }, { name: '/other/c.c', directory: 1 }]
    expect(spans(lineUnit({ directories, files, program })).map((span) => 'file' in span && span.file)).toEqual([
      'a.c',
      'src/b.c',
      '/other/c.c',
      '/abs/late.c',
      undefined,
    ])
  })

  test('code that the linker has dropped has no lines', () => {
    const sequence = (...address: readonly number[]): number[] => [...SET, ...address, 1, 2, 4, ...END]
    const program = [
      ...sequence(0, 0, 0, 0),
      ...sequence(0xff, 0xff, 0xff, 0xff),
      ...sequence(0xfe, 0xff, 0xff, 0xff),
      ...sequence(8, 0, 0, 0),
    ]
    expect(spans(lineUnit({ files: ['a.c'], program }))).toEqual([
      { start: 8, end: 12, file: 'a.c', line: 1, column: 0 },
    ])
  })

  test('the 64-bit format; a unit that is wrong does not hide the next', () => {
    const program = [...SET, 8, 0, 0, 0, 1, 2, 4, ...END]
    const wide = lineUnit({ files: ['wide.c'], program, is64: true })
    const future = lineUnit({ files: ['future.c'], program, version: 6 })
    const broken = lineUnit({ files: ['broken.c'], program: [...program, 2] })
    const fine = lineUnit({ files: ['fine.c'], program })
    expect(spans(wide, future, broken, fine).map((span) => 'file' in span && span.file)).toEqual([
      'wide.c',
      'broken.c',
      'fine.c',
    ])
  })

  test('whatever the bytes are, reading ends without an error', () => {
    const unit = lineUnit({ files: ['a.c'], program: [...SET, 8, 0, 0, 0, 1, 2, 4, ...END] })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(unit.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(unit.length),
        (changes, length) => {
          const changed = Uint8Array.from(unit)
          for (const [at, byte] of changes) changed[at] = byte
          spans(changed.subarray(0, length))
        },
      ),
      { numRuns: 500 },
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void spans(bytes)))
  })
})
