// Memories of instances do not begin at the same place of the processor's caches.
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { spaceMemories } from '../../src/runtime/memory-spacing.ts'

/** A size that no other mapping has: the memories are found by it. */
const PAGES = 37

/** Where the memories begin, modulo 256 MiB: what beyond that differs does not matter to caches. */
function places(): number[] {
  return readFileSync('/proc/self/maps', 'utf8')
    .split('\n')
    .map((line) => line.split(/[- ]/, 2).map((address) => Number.parseInt(address, 16)))
    .filter(([begin = 0, end = 0]) => end - begin === PAGES * 65_536)
    .map(([begin = 0]) => begin % 2 ** 28)
}

test.runIf(existsSync('/proc/self/maps'))('ten memories begin at ten places', () => {
  const kept: unknown[] = []
  for (let i = 0; i < 10; i++) kept.push(spaceMemories(), new WebAssembly.Memory({ initial: PAGES }))
  const found = places()
  expect(found).toHaveLength(10)
  // Two may meet by chance, where the address space had a gap.
  expect(new Set(found).size).toBeGreaterThanOrEqual(8)
  expect(kept).toHaveLength(20)
})
