// The allocator of SharedMemory against a model that knows nothing of lists: which blocks live, and what stands in them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SharedMemory } from 'witgen/runtime'
import { FreeList } from '../../src/runtime/free-list.ts'

const START = 4096
const SIZE = 65536

/** The gaps between live blocks: what has to be free, in as few pieces as can be. */
function gaps(live: ReadonlyMap<number, number>): { ptr: number; size: number }[] {
  const found: { ptr: number; size: number }[] = []
  let at = START
  for (const [ptr, size] of [...live].sort(([a], [b]) => a - b)) {
    if (ptr < at) throw new Error(`the block at ${ptr} overlaps the one before it`)
    if (ptr > at) found.push({ ptr: at, size: ptr - at })
    at = ptr + size
  }
  if (at > START + SIZE) throw new Error(`the block that ends at ${at} leaves the region`)
  if (at < START + SIZE) found.push({ ptr: at, size: START + SIZE - at })
  return found
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ take: fc.integer({ min: 0, max: 9000 }), log: fc.integer({ min: 0, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ take: fc.integer({ min: 0, max: 100 }), log: fc.constant(0) }) },
  { weight: 4, arbitrary: fc.record({ give: fc.nat() }) },
)

describe('the free list', () => {
  test('is at all times what lies between the live blocks, neighbours in one piece', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const list = new FreeList()
        list.add(START, SIZE)
        const live = new Map<number, number>()
        for (const action of steps) {
          if ('give' in action) {
            const ptr = [...live.keys()][action.give % Math.max(live.size, 1)]
            if (ptr === undefined) continue
            expect(list.give(ptr)).toBe(true)
            live.delete(ptr)
            expect(list.give(ptr)).toBe(false)
          } else {
            const { take, log } = action
            const size = Math.ceil(Math.max(take, 1) / 8) * 8
            const align = 2 ** log
            const ptr = list.take(take, align)
            const fits = gaps(live).some((gap) => Math.ceil(gap.ptr / align) * align + size <= gap.ptr + gap.size)
            expect(ptr >= 0).toBe(fits)
            if (!fits) continue
            expect(ptr % Math.max(align, 8)).toBe(0)
            live.set(ptr, size)
          }
          expect(list.freeBlocks()).toEqual(gaps(live))
          expect(list.taken).toBe(live.size)
          expect(list.takenBytes).toBe([...live.values()].reduce((a, b) => a + b, 0))
        }
      }),
      { numRuns: 150 },
    )
  })
})

/** A generator of numbers below `n` that is the same in every run (mulberry32). */
function random(seed: number): (n: number) => number {
  return (n) => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n)
  }
}

const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text))
const PIECES = ['', 'a', 'é', '€', '😀', 'the quick brown fox ', 'straße ', '\ud800']

describe('a million cycles of writing and freeing', () => {
  test('keep every string, and the memory stops growing', { timeout: 120_000 }, () => {
    const shared = new SharedMemory(new WebAssembly.Memory({ initial: 1, maximum: 1000 }))
    const pick = random(20_261_126)
    const live: { readonly ptr: number; readonly len: number; readonly text: string }[] = []
    let bytes = 0
    let pagesAtFirst = 0
    let wrong = 0
    for (let cycle = 1; cycle <= 1_000_000; cycle++) {
      // Up and down between few and many live strings, so that there is always something to coalesce.
      const wanted = 100 + Math.abs((cycle % 4000) - 2000)
      while (live.length >= wanted) {
        const index = pick(live.length)
        const block = live[index]
        const last = live.pop()
        if (block === undefined || last === undefined) throw new Error('nothing is live')
        if (block !== last) live[index] = last
        if (shared.readString(block.ptr, block.len) !== block.text) wrong++
        bytes -= Math.ceil(Math.max(block.len, 1) / 8) * 8
        shared.free(block.ptr)
      }
      const piece = PIECES[pick(PIECES.length)] ?? ''
      const text = `${cycle}${piece.repeat(pick(pick(100) === 0 ? 200 : 8))}`
      const { ptr, len } = shared.writeString(text)
      live.push({ ptr, len, text: wellFormed(text) })
      bytes += Math.ceil(Math.max(len, 1) / 8) * 8
      if (cycle === 100_000) pagesAtFirst = shared.usage.pages
      if (cycle % 50_000 === 0) expect(shared.usage).toMatchObject({ blocks: live.length, bytes })
    }
    expect(wrong).toBe(0)
    expect(shared.usage.pages).toBe(pagesAtFirst)
    for (const { ptr } of live) shared.free(ptr)
    expect(shared.usage).toEqual({ blocks: 0, bytes: 0, pages: pagesAtFirst })
    // One piece again: all that the host added, but for the padding.
    expect(shared.alloc((pagesAtFirst - 1) * 65536)).toBe(65536)
    expect(shared.usage.pages).toBe(pagesAtFirst)
  })
})
