// What `npm run fuzz` does, with few inputs and a fixed seed; and that it finds what there is to find.
import { describe, expect, test } from 'vitest'
import { fuzz, inputOf, minimise } from './fuzz.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe.each([
  [targets.wit, 100],
  [targets.component, 500],
  [targets.rewrite, 1000],
  [targets.dwarf, 400],
])('$name', (target, runs) => {
  test(`${runs} inputs`, async () => {
    const result = await fuzz(target, 1, (run) => run < runs)
    expect(result).toMatchObject({ runs, finding: undefined })
    // Mutations that are all refused at once, or change nothing, would show nothing.
    expect(result.taken).toBeGreaterThan(runs / 100)
    expect(result.taken).toBeLessThan(runs * 0.9)
  }, 60_000)

  test('the same seed gives the same inputs, another seed others', () => {
    expect(inputOf(target, 7, 3)).toEqual(inputOf(target, 7, 3))
    expect(inputOf(target, 8, 3)).not.toEqual(inputOf(target, 7, 3))
  })
})

/** Something that fails where the input has a `!`, and hides it behind other failures. */
const faulty: Target = {
  name: 'wit',
  extension: 'wit',
  corpus: [encode('one two three ! four five six')],
  mutate: (random, seed) => (random.below(5) === 0 ? seed : encode('nothing')),
  check(input) {
    const text = decode(input)
    if (text === '') throw new TypeError('empty')
    if (text.includes('!')) throw new Error(`a mark at ${text.indexOf('!')}`)
    return true
  },
}

test('a failure is found, and its input made small', async () => {
  const { finding, runs } = await fuzz(faulty, 1, (run) => run < 100)
  expect(runs).toBeLessThan(100)
  expect(finding).toMatchObject({ seed: 1, run: runs - 1 })
  expect(finding?.message).toContain('a mark at ')
  expect(decode(finding?.input ?? encode(''))).toBe('!')
})

test('an allocation out of proportion is one', async () => {
  const kept: Uint8Array[] = []
  // Once only: the input is used again and again while it is made small.
  const check = (): boolean => kept.length > 0 || kept.push(new Uint8Array(300 * 2 ** 20)) > 0
  const { finding } = await fuzz({ ...faulty, check }, 1, (run) => run < 1)
  expect(finding?.message).toMatch(/\d+ bytes were allocated for an input of \d+/u)
})

test('what need not be there is taken out', async () => {
  const small = await minimise(encode('abcXdefYghi'), (text) => Promise.resolve(/X.*Y/u.test(decode(text))))
  expect(decode(small)).toBe('XY')
})
