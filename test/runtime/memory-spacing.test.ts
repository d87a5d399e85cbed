// Memories of instances do not begin at the same place of the processor's caches.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * Makes memories in a process of its own, whose address space has a gap of `gap` bytes in which no memory fits.
 *
 * @returns how many were found, and how many places they begin at, modulo 256 MiB: beyond that no cache tells them apart
 */
function places(memories: number, gap: number): { found: number; distinct: number } {
  const program = `
    import { readFileSync } from 'node:fs'
    import { spaceMemories } from '${new URL('../../src/runtime/memory-spacing.ts', import.meta.url).href}'
    const PAGES = 37 // a size that no other mapping has: the memories are found by it
    const kept = [new WebAssembly.Memory({ initial: 1 })]
    let hole = new ArrayBuffer(0, { maxByteLength: ${gap} })
    kept.push(new WebAssembly.Memory({ initial: 1 }))
    hole = undefined
    gc()
    for (let i = 0; i < ${memories}; i++) kept.push(spaceMemories(), new WebAssembly.Memory({ initial: PAGES }))
    const begins = readFileSync('/proc/self/maps', 'utf8').split('\\n')
      .map((line) => line.split(/[- ]/, 2).map((address) => Number.parseInt(address, 16)))
      .filter(([begin, end]) => end - begin === PAGES * 65_536)
      .map(([begin]) => begin % 2 ** 28)
    console.log(JSON.stringify({ found: begins.length, distinct: new Set(begins).size, kept: kept.length }))
  `
  const printed = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  return JSON.parse(printed) as { found: number; distinct: number }
}

test.runIf(existsSync('/proc/self/maps'))(
  'memories begin at different places, also beside gaps of the address space',
  () => {
    for (const gap of [2 ** 16, 2 ** 30, 2 ** 31, 4 * 2 ** 30, 7 * 2 ** 30]) {
      const { found, distinct } = places(40, gap)
      expect(found).toBe(40)
      // The first few may go without: what should keep them apart has gone into the gap.
      expect(distinct, `a gap of ${gap} bytes`).toBeGreaterThanOrEqual(32)
    }
  },
)
