// Engines are told which branches of the added code are not taken.
import { expect, test } from 'vitest'
import { customSections } from '../../src/component/custom-sections.ts'
import { Cursor } from '../../src/component/rewrite/cursor.ts'
import { readShape } from '../../src/component/rewrite/module-shape.ts'
import { rewriteModule, type RewriteOptions } from '../../src/component/rewrite/rewrite.ts'
import { wat } from '../helpers/wat.ts'

const OPTIONS: RewriteOptions = {
  module: 0,
  maxMemoryPages: undefined,
  maxTableElements: undefined,
  memories: false,
  budget: true,
  noWaiting: false,
  depth: true,
}
const SECTION = 'metadata.code.branch_hint'

/** The hints of a module: by function, the offsets from the beginning of its body. */
function hintsOf(bytes: Uint8Array): [index: number, offsets: number[]][] {
  const [section] = customSections(bytes, SECTION).filter(({ name }) => name === SECTION)
  if (section === undefined) return []
  const c = new Cursor(section.bytes)
  return Array.from({ length: c.u32() }, () => {
    const index = c.u32()
    const offsets = Array.from({ length: c.u32() }, () => {
      const offset = c.u32()
      // One byte, which says: not likely.
      expect([c.u32(), c.u8()]).toEqual([1, 0])
      return offset
    })
    return [index, offsets]
  })
}

/** The bodies of the functions that a module defines, locals first. */
function bodiesOf(bytes: Uint8Array): Uint8Array[] {
  const code = readShape(bytes).sections.find(({ id }) => id === 10)
  const c = new Cursor(bytes, code?.start, code?.end)
  return Array.from({ length: c.u32() }, () => {
    const { pos, end } = c.sized()
    return bytes.subarray(pos, end)
  })
}

const TEXT = `(module
  (import "m" "f" (func (param i32)))
  (func (export "a") (param i32) (loop $l (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "b") (loop (try_table (catch_all 0) (call 0 (i32.const 1))))))`

test('each hint is at an `if` of the function that it names', async () => {
  const { bytes } = rewriteModule(await wat(TEXT), OPTIONS)
  const hints = hintsOf(bytes)
  const bodies = bodiesOf(bytes)
  // For each function its depth, its entry, its loop; the second one was written twice.
  expect(hints.map(([index, offsets]) => [index, offsets.length])).toEqual([
    [1, 3],
    [2, 3],
  ])
  for (const [index, offsets] of hints)
    for (const offset of offsets)
      expect(bodies[index - 1]?.subarray(offset, offset + 2)).toEqual(Uint8Array.of(4, 0x40))
  const ids = readShape(bytes).sections.map(({ id }) => id)
  expect(ids[ids.indexOf(10) - 1]).toBe(0)
  expect(WebAssembly.validate(bytes)).toBe(true)
})

test('without branches there is no section', async () => {
  const { bytes } = rewriteModule(await wat(TEXT), { ...OPTIONS, budget: false, depth: false, maxMemoryPages: 4 })
  expect(hintsOf(bytes)).toEqual([])
})
