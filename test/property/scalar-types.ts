// Types made of nothing else: WIT text, random values, what comes back, and values that are refused.
import fc from 'fast-check'
import { big, chars, floats, integer, positive, text, wellFormed, type ElementType } from './arbitraries.ts'

const integers = (
  name: string,
  min: number,
  max: number,
  wrong: readonly unknown[] = [0.5, NaN, Infinity],
): ElementType => ({
  name,
  wit: name,
  values: integer(min, max),
  lifted: positive,
  refused: [min - 1, max + 1, ...wrong].map((value) => [value, `expected ${name}, got ${String(value)}`]),
})

/** The types that are made of nothing else. */
export const SCALAR_TYPES: readonly ElementType[] = [
  {
    name: 'bool',
    wit: 'bool',
    values: fc.boolean(),
    refused: [
      [0, 'expected bool, got 0'],
      ['true', 'expected bool, got "true"'],
      [undefined, 'expected bool, got undefined'],
    ],
  },
  integers('u8', 0, 255),
  integers('s8', -128, 127),
  integers('u16', 0, 65_535),
  integers('s16', -32_768, 32_767),
  integers('u32', 0, 2 ** 32 - 1),
  integers('s32', -(2 ** 31), 2 ** 31 - 1),
  {
    name: 'u64',
    wit: 'u64',
    values: big(0n, 2n ** 64n - 1n),
    refused: [
      [-1n, 'expected u64, got -1n'],
      [2n ** 64n, 'expected u64, got 18446744073709551616n'],
      [1, 'expected u64, got 1'],
    ],
  },
  {
    name: 's64',
    wit: 's64',
    values: big(-(2n ** 63n), 2n ** 63n - 1n),
    refused: [
      [2n ** 63n, 'expected s64, got 9223372036854775808n'],
      [0, 'expected s64, got 0'],
    ],
  },
  { name: 'f32', wit: 'f32', values: floats, lifted: Math.fround, refused: [['1', 'expected f32, got "1"']] },
  { name: 'f64', wit: 'f64', values: floats, refused: [[1n, 'expected f64, got 1n']] },
  {
    name: 'char',
    wit: 'char',
    values: chars,
    refused: [
      ['', 'expected char (one Unicode scalar value), got ""'],
      ['ab', 'expected char (one Unicode scalar value), got "ab"'],
      ['\uDFFF', 'expected char (one Unicode scalar value), got "\\udfff"'],
      [97, 'expected char (one Unicode scalar value), got 97'],
    ],
  },
  { name: 'text', wit: 'string', values: text, lifted: wellFormed, refused: [[1, 'expected string, got 1']] },
]
