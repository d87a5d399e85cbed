import { describe, expect, it } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { lex } from '../../src/wit/lexer.ts'
import { Report } from '../../src/wit/report.ts'

function tokens(text: string): string[] {
  const report = new Report()
  const found = lex({ path: 'test.wit', text }, report)
  report.throwIfFailed()
  return found.map((t) => (t.kind === text.slice(t.start, t.end) ? t.kind : `${t.kind}:${text.slice(t.start, t.end)}`))
}

function errors(text: string): string[] {
  const report = new Report()
  lex({ path: 'test.wit', text }, report)
  try {
    report.throwIfFailed()
    return []
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return error.diagnostics.map((d) => `${d.span?.start}-${d.span?.end} ${d.code} ${d.message}`)
  }
}

describe('lex', () => {
  it('tells keywords, names, escaped names, numbers and punctuation apart', () => {
    expect(tokens('use a-b.{%use, F32}; 12->_')).toEqual([
      'use',
      'name:a-b',
      '.',
      '{',
      '%name:%use',
      ',',
      'name:F32',
      '}',
      ';',
      'integer:12',
      '->',
      '_',
      'end:',
    ])
  })

  it('knows error-context and the types as keywords, get and set as names', () => {
    expect(tokens('error-context f64 get set error')).toEqual([
      'error-context',
      'f64',
      'name:get',
      'name:set',
      'name:error',
      'end:',
    ])
  })

  it('takes a hyphen at the end of a word as part of it', () => {
    expect(tokens('a->b')).toEqual(['name:a-', '>', 'name:b', 'end:'])
  })

  it('hands comments to the token behind them', () => {
    const text = '/// one\n// two\n/* three /* nested */ */ a // last'
    const [a, end] = lex({ path: 'test.wit', text }, new Report())
    expect(a?.comments.map((c) => text.slice(c.start, c.end))).toEqual([
      '/// one',
      '// two',
      '/* three /* nested */ */',
    ])
    expect(end?.comments.map((c) => text.slice(c.start, c.end))).toEqual(['// last'])
  })

  it('reads strings with escapes', () => {
    expect(tokens('"a\\"b\\u{1F600}"')).toEqual(['text:"a\\"b\\u{1F600}"', 'end:'])
  })

  it.each([
    ['a $ b', '2-3 WIT0001 unexpected character `$`'],
    ['a 😀', '2-4 WIT0001 unexpected character `😀`'],
    [
      '// \u202e',
      '3-4 WIT0002 the character U+202E is not allowed: it changes the direction of text and could hide what a file says',
    ],
    ['// \u0007', '3-4 WIT0002 the character U+0007 is not allowed: it is a control character'],
    ['// \u0149', '3-4 WIT0002 the character U+0149 is not allowed: it is deprecated by Unicode'],
    ['a /* b /* c */', '2-4 WIT0003 the comment has no closing `*/`'],
    ['"abc', '0-4 WIT0003 the string has no closing `"`'],
    ['"\\q"', '1-3 WIT0004 unknown escape `\\q`'],
    ['"\\u{d800}"', '1-9 WIT0004 `\\u{d800}` is no Unicode character'],
    ['"\\ff"', '0-5 WIT0004 the bytes of the string are not UTF-8'],
  ])('refuses %j', (text, message) => {
    expect(errors(text)).toEqual([message])
  })

  it('goes on behind an error', () => {
    expect(errors('$ a #')).toHaveLength(2)
  })
})
