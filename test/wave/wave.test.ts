import { describe, expect, test } from 'vitest'
import type { Param } from '../../src/ir/index.ts'
import { formatValue, parseArguments, parseValue, WaveError } from '../../src/wave/index.ts'
import { DECLARATIONS, typeOf } from './types.ts'

const of = (type: string): ReturnType<typeof typeOf> => typeOf(type, DECLARATIONS)

/** WIT type, WAVE text, value, and the text that is written for it where that is another. */
const VALUES: readonly (readonly [type: string, text: string, value: unknown, written?: string])[] = [
  ['bool', 'true', true],
  ['bool', ' false // no', false, 'false'],
  ['u8', '255', 255],
  ['s8', '-128', -128],
  ['s32', '-2147483648', -2147483648],
  ['u64', '18446744073709551615', 2n ** 64n - 1n],
  ['s64', '-9223372036854775808', -(2n ** 63n)],
  ['f64', '3.14', 3.14],
  ['f64', '6.022e+23', 6.022e23],
  ['f64', '1', 1],
  ['f64', '-0', -0],
  ['f64', 'nan', NaN],
  ['f64', 'inf', Infinity],
  ['f64', '-inf', -Infinity],
  ['f32', '0.1', Math.fround(0.1)],
  ['f32', '3.4028235e+38', Math.fround(3.4028235e38)],
  ['char', "'x'", 'x'],
  ['char', "'☃'", '☃'],
  ['char', "'\\''", "'"],
  ['char', "'\"'", '"', "'\\\"'"],
  ['char', "'\\u{0}'", '\0'],
  ['char', "'\\u{1F44B}'", '👋', "'👋'"],
  ['string', '"abc\\t123"', 'abc\t123'],
  ['string', '""', ''],
  ['string', '"WAVE🌊"', 'WAVE🌊'],
  ['string', '"\\\\\\\'\\"\\t\\n\\r"', '\\\'"\t\n\r'],
  ['string', '"it\'s"', "it's", '"it\\\'s"'],
  ['string', '"☃\\u{2603}\\u{002603}"', '☃☃☃', '"☃☃☃"'],
  ['string', '"// no comment"', '// no comment'],
  ['string', '"""\nA single line\n"""', 'A single line', '"A single line"'],
  ['string', '"""\n"""', '', '""'],
  [
    'string',
    '"""\n    Indentation\n      by the end\n  """',
    '  Indentation\n    by the end',
    '"  Indentation\\n    by the end"',
  ],
  ['string', '"""\r\n\r\nkept\r\n\r\n"""', '\nkept\n', '"\\nkept\\n"'],
  ['string', '"""\nBreak up: ""\\""\n"""', 'Break up: """"', '"Break up: \\"\\"\\"\\""'],
  ['list<char>', '[]', []],
  ['list<char>', "['a', 'b', 'c',]", ['a', 'b', 'c'], "['a', 'b', 'c']"],
  ['list<list<u8>>', '[ [1 ,2],[] ] ', [[1, 2], []], '[[1, 2], []]'],
  ['list<u8, 2>', '[1, 2]', [1, 2]],
  ['tuple<u8, string>', '(123, "abc",)', [123, 'abc'], '(123, "abc")'],
  [
    'map<string, u8>',
    '[("a", 1), ("b", 2)]',
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  ],
  ['point', '{x: 1}', { x: 1, yAxis: undefined, label: undefined }],
  [
    'point',
    '{ label: "p", y-axis: -1, x: 1, }',
    { x: 1, yAxis: -1, label: 'p' },
    '{x: 1, y-axis: some(-1), label: some("p")}',
  ],
  ['point', '{%x: 1, label: none}', { x: 1, yAxis: undefined, label: undefined }, '{x: 1}'],
  ['loose', '{:}', { a: undefined, b: { tag: 'none' } }],
  ['loose', '{b: some(none)}', { a: undefined, b: { tag: 'some', val: undefined } }],
  ['loose', '{a: 1, b: some(some(2))}', { a: 1, b: { tag: 'some', val: 2 } }, '{a: some(1), b: some(some(2))}'],
  ['shape', 'empty', { tag: 'empty' }],
  ['shape', 'circle(1.5)', { tag: 'circle', val: 1.5 }],
  ['shape', '%err("oops")', { tag: 'err', val: 'oops' }],
  ['shape', 'named( ("a", true) )', { tag: 'named', val: ['a', true] }, 'named(("a", true))'],
  ['status', '%ok', 'ok'],
  ['status', '%not-found', 'not-found', 'not-found'],
  ['status', 'HTTP3', 'HTTP3'],
  ['perms', '{can-exec, read,}', { read: true, canExec: true }, '{read, can-exec}'],
  ['perms', '{}', {}],
  ['option<u8>', 'some(1)', 1],
  ['option<u8>', '1', 1, 'some(1)'],
  ['option<u8>', 'none', undefined],
  ['option<option<u8>>', 'some(some(1))', { tag: 'some', val: 1 }],
  ['option<option<u8>>', 'some(1)', { tag: 'some', val: 1 }, 'some(some(1))'],
  ['option<option<u8>>', 'none', { tag: 'none' }],
  ['result<u8, string>', 'ok(1)', { tag: 'ok', val: 1 }],
  ['result<u8, string>', '1', { tag: 'ok', val: 1 }, 'ok(1)'],
  ['result<u8, string>', 'err("oops")', { tag: 'err', val: 'oops' }],
  ['result<_, string>', 'ok', { tag: 'ok' }],
  ['result', 'err', { tag: 'err' }],
]

describe('values', () => {
  const cases = VALUES.map(([type, text, value, written = text]) => ({ type, text, value, written }))
  test.each(cases)('$type: $text', ({ type, text, value, written }) => {
    const t = of(type)
    expect(parseValue(text, t)).toStrictEqual(value)
    expect(formatValue(value, t)).toBe(written)
    expect(parseValue(written, t)).toStrictEqual(value)
  })

  test('typed arrays are lists, -0 is an integer, handles have a name', () => {
    expect(formatValue(Uint8Array.of(1, 2), of('list<u8>'))).toBe('[1, 2]')
    expect(formatValue(BigInt64Array.of(-1n), of('list<s64>'))).toBe('[-1]')
    expect(formatValue(-0, of('s32'))).toBe('0')
    expect(formatValue(Uint8Array.of(1, 2, 3), of('list<u8>'), 2)).toBe('[1, 2, … 1 more]')
    expect(formatValue([[1, 2], [3]], of('list<list<u8>>'), 1)).toBe('[[1, … 1 more], … 1 more]')
    expect(formatValue(new Map([[1, 2]]), of('map<u8, u8>'), 0)).toBe('[… 1 more]')
    expect(formatValue({}, of('own<thing>'))).toBe('<thing>')
  })

  test('control characters are escaped', () => {
    expect(formatValue('\x07\x7f\x80 ', of('string'))).toBe('"\\u{7}\\u{7f}\\u{80} "')
  })
})

const WRONG: readonly (readonly [type: string, text: string, message: string, start: number, end: number])[] = [
  ['bool', '1', 'expected bool (true or false), got `1`', 0, 1],
  ['u8', '256', 'expected u8, got `256`', 0, 3],
  ['u8', '-1', 'expected u8, got `-1`', 0, 2],
  ['u8', '1.0', 'expected u8, got `1.0`', 0, 3],
  ['u8', '"1"', 'expected u8, got `"1"`', 0, 3],
  ['u8', '', 'expected u8, got the end', 0, 0],
  ['u8', '1 2', 'expected nothing more, got `2`', 2, 3],
  ['u8', '1 ?', 'unexpected `?`', 2, 3],
  ['s64', '9223372036854775808', 'expected s64, got `9223372036854775808`', 0, 19],
  ['f64', 'x', 'expected f64, got `x`', 0, 1],
  ['char', "'ab'", "expected exactly one character, got `'ab'`", 0, 4],
  ['char', "''", "expected exactly one character, got `''`", 0, 2],
  ['char', "'a", 'expected a char that is closed', 0, 2],
  ['char', "'\\u{d800}'", '`\\u{d800}` is no Unicode scalar value', 1, 9],
  ['char', "'\\u{110000}'", '`\\u{110000}` is no Unicode scalar value', 1, 11],
  ['string', '"a', 'expected a string that is closed', 0, 2],
  ['string', '"a\nb"', 'expected a string that is closed', 0, 5],
  ['string', '"a\\x"', 'unknown escape `\\x`', 2, 4],
  ['string', 'abc', 'expected string, as in `"text"`, got `abc`', 0, 3],
  ['string', '"""\n a\n  """', 'expected each line to begin with 2 spaces, as the last one does', 0, 12],
  ['list<u8>', '[1 2]', 'expected `,` or `]`, got `2`', 3, 4],
  ['list<u8>', '[1', 'expected `,` or `]`, got the end', 2, 2],
  ['list<u8>', '{1}', 'expected list<u8>, got `{`', 0, 1],
  ['list<u8, 2>', '[1]', 'expected 2 items in list<u8, 2>, got the end', 3, 3],
  ['list<u8, 2>', '[1, 2, 3]', 'expected `]` after 2 items, got `3`', 7, 8],
  ['tuple<u8>', '()', 'expected 1 item in tuple<u8>, got the end', 2, 2],
  ['point', '{}', 'expected the field x in point', 0, 1],
  ['point', '{x: 1, x: 2}', 'expected each field only once, got `x`', 7, 8],
  ['point', '{y: 1}', 'expected a field of point (x, y-axis, label), got `y`', 1, 2],
  ['point', '{x 1}', 'expected `:`, got `1`', 3, 4],
  ['shape', 'square', 'expected shape (empty, circle, %err, named), got `square`', 0, 6],
  ['shape', 'err("x")', 'expected `%err` for the case, got `err`', 0, 3],
  ['shape', 'circle', 'expected `(`, got the end', 6, 6],
  ['shape', 'empty(1)', 'expected nothing more, got `(`', 5, 6],
  ['status', 'gone', 'expected status (%ok, not-found, HTTP3), got `gone`', 0, 4],
  ['perms', '{fly}', 'expected a flag of perms (read, write, can-exec), got `fly`', 1, 4],
  ['perms', '{read, read}', 'expected each flag only once, got `read`', 7, 11],
  ['option<option<u8>>', '1', 'expected `some(…)` or `none`, got `1`', 0, 1],
  ['result<_, u8>', '1', 'expected `ok` or `err`, got `1`', 0, 1],
  ['own<thing>', '1', 'a own<thing> cannot be written as text', 0, 1],
]

test.each(WRONG)('%s: %s is refused', (type, text, message, start, end) => {
  let error: unknown
  try {
    parseValue(text, of(type))
  } catch (caught) {
    error = caught
  }
  expect(error).toBeInstanceOf(WaveError)
  expect(error).toMatchObject({ message, start, end })
})

describe('arguments', () => {
  const params = (...types: string[]): Param[] =>
    types.map((type, i) => ({ name: `p${i}`, type: of(type), span: undefined }))

  test('in order; those that are options may be left out at the end', () => {
    expect(parseArguments('f()', 1, [])).toEqual([])
    expect(parseArguments('f(1, "x")', 1, params('u8', 'string'))).toEqual([1, 'x'])
    expect(parseArguments('f( some(1), )', 1, params('option<u8>', 'option<u8>', 'option<option<u8>>'))).toEqual([
      1,
      undefined,
      { tag: 'none' },
    ])
  })

  test.each([
    ['f', 'expected `(`, got the end', []],
    ['f(1)', 'expected 0 arguments, got one more: `1`', []],
    ['f(1', 'expected `,` or `)`, got the end', ['u8']],
    ['f(1, 2)', 'expected 1 argument, got one more: `2`', ['u8']],
    ['f()', 'expected p0: u8, got `)`', ['u8']],
    ['f(1 2)', 'expected `,` or `)`, got `2`', ['u8', 'u8']],
    ['f(1) x', 'expected nothing more, got `x`', ['u8']],
  ])('%s', (text, message, types) => {
    expect(() => parseArguments(text, 1, params(...types))).toThrow(message)
  })
})
