import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unifiedDiff } from '../../src/scaffold/diff.ts'
import { applyEdits } from '../../src/scaffold/edits.ts'
import { similarity } from '../../src/scaffold/similar-names.ts'
import { gives, takes, tokens } from '../../src/scaffold/type-text.ts'
import { readWitSignature } from '../../src/scaffold/wit-signature.ts'

describe('unifiedDiff', () => {
  test('one hunk with three lines around it', () => {
    const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n'
    expect(unifiedDiff('a', 'b', before, before.replace('5\n', 'five\n5a\n'))).toBe(
      '--- a\n+++ b\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n+5a\n 6\n 7\n 8\n',
    )
  })

  test('equal texts have none', () => expect(unifiedDiff('a', 'b', 'x\n', 'x\n')).toBe(''))

  test('`patch` makes the one of the other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'witgen-diff-'))
    const text = fc
      .array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n'), { maxLength: 30 })
      .map((lines) => lines.join(''))
    const end = fc.constantFrom('', 'end', 'end\n')
    try {
      fc.assert(
        fc.property(text, text, end, end, (one, two, oneEnd, twoEnd) => {
          const [before, after] = [one + oneEnd, two + twoEnd]
          fc.pre(before !== after && before !== '' && after !== '')
          writeFileSync(join(folder, 'f'), before)
          const patch = unifiedDiff('f', 'f', before, after)
          execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', '-'], { cwd: folder, input: patch })
          expect(readFileSync(join(folder, 'f'), 'utf8')).toBe(after)
        }),
        { numRuns: 50 },
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('applyEdits', () => {
  test('at once, in any order; insertions at one place keep theirs', () => {
    const edits = [
      { start: 3, end: 3, text: 'x' },
      { start: 0, end: 1, text: 'A' },
      { start: 3, end: 3, text: 'y' },
      { start: 3, end: 4, text: 'D' },
    ]
    expect(applyEdits('abcde', edits)).toBe('AbcxyDe')
  })

  test('not two in one place', () => {
    const edits = [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ]
    expect(() => applyEdits('abc', edits)).toThrow(new RangeError('edits overlap at 1'))
  })
})

test.each([
  ['log: func()', { name: 'log', shape: 'func()', params: [], result: undefined }],
  [
    'a-b: static func(x: tuple<u8, list<s8>>, y: own<z>) -> result<_, string>',
    {
      name: 'a-b',
      shape: 'static func(x: tuple<u8, list<s8>>, y: own<z>) -> result<_, string>',
      params: [
        { name: 'x', type: 'tuple<u8, list<s8>>' },
        { name: 'y', type: 'own<z>' },
      ],
      result: 'result<_, string>',
    },
  ],
  [
    'constructor(n: u32)',
    { name: '', shape: 'constructor(n: u32)', params: [{ name: 'n', type: 'u32' }], result: undefined },
  ],
])('%s is taken apart', (text, wanted) => expect(readWitSignature(text)).toEqual(wanted))

test.each([
  ['flush', 'flush-all', true],
  ['size', 'file-size', true],
  ['count-entries', 'count', true],
  ['colour', 'color', true],
  ['clear', 'delete', false],
  ['get', 'set', true],
  ['open', 'unlink', false],
])('%s and %s are similar: %s', (a, b, similar) => expect(similarity(a, b) > 0).toBe(similar))

describe('types are compared without a checker', () => {
  const own = (text: string, isForeign = false): { text: string; isForeign: boolean } => ({
    text: tokens(text),
    isForeign,
  })
  test.each([
    ['string | undefined', 'undefined | string', true],
    ['readonly string[]', 'string[]', true],
    ['number', 'number | undefined', false],
    ["{ tag: 'ok'; val: number; }", '{ tag: "ok", val: number }', true],
  ])('a parameter of type %s takes %s: %s', (a, b, fits) => expect(takes(own(a), tokens(b))).toBe(fits))
  test.each([
    ['string[]', 'readonly string[]', true],
    ['number', 'number | undefined', true],
    ['number | undefined', 'number', false],
  ])('a result of type %s serves as %s: %s', (a, b, fits) => expect(gives(own(a), tokens(b))).toBe(fits))
  test('what the user named is left to TypeScript', () => {
    expect([takes(own('Mine', true), 'string'), gives(own('Mine', true), 'string')]).toEqual([true, true])
  })
})
