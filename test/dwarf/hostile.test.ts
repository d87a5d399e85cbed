// Guests bring their debug information along: whatever it is, a trap stays that trap, and its frames are there in a short time.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile, instantiate, isWasmError, resolveFrames, type WasmError } from 'witgen/runtime'
import { customSections } from '../../src/component/custom-sections.ts'
import { coreModules } from '../../src/dwarf/index.ts'
import { lineSpans } from '../../src/dwarf/line-table.ts'
import { Random } from '../fuzz/random.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'

const FORM_LINE_STRP = 0x1f
const u32 = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer)
const leb = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 0x80, ...leb(Math.floor(value / 128))]

function section(name: string, content: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(name)
  const head = [...leb(text.length), ...text]
  return Buffer.concat([Uint8Array.from([0, ...leb(head.length + content.length), ...head]), content])
}

/** A module whose line table has so many files, in so many bytes that all of them refer to, each from a place of its own. */
function sharing(files: number, bytes: number): Uint8Array {
  const texts = new Uint8Array(bytes).fill(0x61)
  texts[bytes - 1] = 0
  const format = [1, 1, FORM_LINE_STRP]
  const begin = [1, 1, 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, ...format, 1, ...u32(bytes - 1), ...format]
  const offsets = Array.from({ length: files }, (_, i) => u32(bytes - 2 - i))
  const tables = Buffer.concat([Uint8Array.from([...begin, ...leb(files)]), ...offsets])
  const program = [0, 5, 2, 16, 0, 0, 0, 1, 2, 4, 0, 1, 1]
  const unit = Buffer.concat([Uint8Array.of(5, 0, 4, 0), u32(tables.length), tables, Uint8Array.from(program)])
  return Buffer.concat([
    Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    section('.debug_line', Buffer.concat([u32(unit.length), unit])),
    section('.debug_line_str', texts),
  ])
}

test('files that share the bytes of their names are not more than the section', () => {
  const before = process.memoryUsage().heapUsed
  const spans = [...lineSpans(sharing(50_000, 400_000))]
  // 18 GB, if all of them were read.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000)
  expect(spans.map(({ start, end, file }) => [start, end, file?.()])).toEqual([[16, 20, 'aa']])
})

interface Faults {
  divide(a: number, b: number): number
}

describe.skipIf(isSkipped('c')).each(['debug', 'dwarf5'])('%s', (guest) => {
  const [{ path } = { path: '' }] = guestFiles(`debug/${guest}.wasm`)
  const original = Uint8Array.from(readFileSync(path))
  const places = coreModules(original)
    .flatMap((core) => customSections(core, '.debug_'))
    .filter(({ name }) => /line|str/u.test(name))
    .map(({ bytes }) => [bytes.byteOffset - original.byteOffset, bytes.length] as const)

  async function trap(bytes: Uint8Array): Promise<WasmError> {
    const { exports } = instantiate<{ 'test:faults/faults': Faults }>(await compile(bytes))
    try {
      exports['test:faults/faults'].divide(1, 0)
    } catch (error) {
      if (isWasmError(error)) return error
      throw error
    }
    throw new Error('nothing was thrown')
  }

  test('a hundred ways of being wrong', async () => {
    const random = new Random(1)
    const frames = [...(await trap(original)).frames]
    let found = 0
    for (let run = 0; run < 100; run++) {
      const bytes = Uint8Array.from(original)
      const [at, length] = random.pick(places)
      for (let changes = 1 + random.below(20); changes > 0; changes--) {
        bytes[at + random.below(length)] = random.below(256)
      }
      const error = await trap(bytes)
      expect(error).toMatchObject({ codeName: 'ArithmeticTrap', function: 'test:faults/faults#divide' })
      const resolved = await resolveFrames(error, bytes)
      // The engine calls a module by its bytes.
      const own = resolved.map(({ functionIndex, functionName, offset }) => ({ functionIndex, functionName, offset }))
      expect(own).toEqual(
        frames.map(({ functionIndex, functionName, offset }) => ({ functionIndex, functionName, offset })),
      )
      if (resolved.some(({ file }) => file !== undefined)) found++
    }
    expect(found).toBeGreaterThan(10)
    expect(found).toBeLessThan(100)
  })
})
