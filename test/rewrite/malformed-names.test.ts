// Engines do not look into name sections, so a guest may have anything there.
import { expect, test } from 'vitest'
import { rewriteModule, type RewriteOptions } from '../../src/component/rewrite/rewrite.ts'

const OPTIONS: RewriteOptions = {
  module: 0,
  maxMemoryPages: 10,
  maxTableElements: 10,
  memories: true,
  budget: true,
  noWaiting: true,
  depth: true,
}

/** A module with a function that grows the memory, and with a name section that has this content. */
function module(content: readonly number[]): Uint8Array<ArrayBuffer> {
  const name = [4, ...new TextEncoder().encode('name'), ...content]
  const sections = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    [1, 4, 1, 0x60, 0, 0],
    [3, 2, 1, 0],
    [5, 3, 1, 0, 1],
    [10, 9, 1, 7, 0, 0x41, 1, 0x40, 0, 0x1a, 0x0b],
    [0, name.length, ...name],
  ]
  return Uint8Array.from(sections.flat())
}

test.each([
  ['a subsection without a length', [0, 1, 1, 0x6d]],
  ['a length without an end', [1, 0xff]],
  ['a length that is no number', [1, ...Array.from({ length: 100 }, () => 0xff)]],
  ['an empty list of functions', [1, 0]],
  ['a count without an end', [1, 1, 0xff]],
  ['a count that is no number', [1, 100, ...Array.from({ length: 100 }, () => 0xff)]],
  ['more names than there are', [1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ['an index without an end', [1, 2, 1, 0xff]],
  ['a name that is too long', [1, 3, 1, 0, 9]],
])('%s', (_what, content) => {
  const bytes = module(content)
  expect(WebAssembly.validate(bytes)).toBe(true)
  expect(WebAssembly.validate(rewriteModule(bytes, OPTIONS).bytes)).toBe(true)
})
