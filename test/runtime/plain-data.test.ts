// Values as data that `JSON.stringify` can write, and as a short text.
import { expect, test } from 'vitest'
import { plainData, shortText } from '../../src/runtime/plain-data.ts'

/** As long as a guest can make them: to write them out would take seconds, or more characters than a string can have. */
const LONG: readonly (readonly [string, unknown, string])[] = [
  ['bytes', { data: new Uint8Array(200_000_000) }, '{"data":[0,0,'],
  ['a list', { data: Array.from({ length: 100_000 }, () => 'x'.repeat(10_000)) }, '{"data":["xxx'],
  ['a string', { data: Buffer.alloc(100_000_000, 'x').toString('latin1') }, '{"data":"xxx'],
  ['lists of lists', Array.from({ length: 1000 }, () => Array.from({ length: 1000 }, () => [1])), '[[[1],[1],'],
]

test.each(LONG)('the short text of what is long inside is short: %s', (_name, value, begin) => {
  const start = performance.now()
  const text = shortText(value)
  expect(performance.now() - start).toBeLessThan(200)
  expect([text.length, text.startsWith(begin), text.endsWith('…')]).toEqual([100, true, true])
})

test('the short text of what is short is whole', () => {
  const value = {
    text: 'x',
    list: [1, [], {}],
    big: 2n,
    map: new Map([['a', 1]]),
    nothing: null,
    bytes: new Uint8Array(2),
  }
  expect(shortText(value)).toBe('{"text":"x","list":[1,[],{}],"big":"2","map":[["a",1]],"nothing":null,"bytes":[0,0]}')
  expect(shortText('x'.repeat(98))).toBe(`"${'x'.repeat(98)}"`)
  expect(shortText('x'.repeat(99))).toBe(`"${'x'.repeat(98)}…`)
})

test('what an error writes of itself is plain data too', () => {
  const cyclic: Record<string, unknown> = { size: 1n, call: () => 1 }
  cyclic['self'] = cyclic
  const error = Object.assign(new Error('x'), { toJSON: () => cyclic })
  expect(JSON.stringify(plainData({ error }))).toContain('{"error":{"size":"1","call":"() => 1","self":{"size":"1"')
})
