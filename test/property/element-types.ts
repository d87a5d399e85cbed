// Types made of others: WIT text, random values, what comes back, and values that are refused.
import fc from 'fast-check'
import {
  big,
  chars,
  floats,
  integer,
  list,
  maybe,
  positive,
  tagged,
  text,
  typed,
  wellFormed,
  type ElementType,
} from './arbitraries.ts'
import { SCALAR_TYPES } from './scalar-types.ts'

type Flags = Readonly<Record<string, boolean | undefined>>
const flagsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `b${i}`)
const flags = (count: number): ElementType => ({
  name: `flags${count}`,
  wit: `flags${count}`,
  declares: `flags flags${count} { ${flagsOf(count).join(', ')} }`,
  values: fc.record(Object.fromEntries(flagsOf(count).map((name) => [name, maybe(fc.boolean())])), {
    requiredKeys: [],
    noNullPrototype: true,
  }),
  lifted: (value: Flags) => Object.fromEntries(flagsOf(count).map((name) => [name, value[name] === true])),
  refused: [
    [undefined, `expected flags${count}, got undefined`],
    [{ b0: 1 }, '.b0: expected bool, got 1'],
    [{ other: true }, `.other: expected one of the flags ${flagsOf(count).join(', ')}, got "other"`],
  ],
})

const CASES: readonly string[] = Array.from({ length: 300 }, (_, i) => `case${i}`)

interface Item {
  readonly id: number
  readonly weight: number
  readonly label: string
  readonly note?: string | undefined
  readonly inner: readonly [boolean, bigint]
}

/** The types that values are sent around in. */
export const ELEMENT_TYPES: readonly ElementType[] = [
  ...SCALAR_TYPES,
  {
    name: 'bytes',
    wit: 'list<u8>',
    values: typed((v) => Uint8Array.from(v), integer(0, 255)),
    lifted: (value: number[]) => Uint8Array.from(value),
    refused: [
      [[1, 256], '[1]: expected u8, got 256'],
      [new Int8Array(1), 'expected Uint8Array or array, got Int8Array'],
      ['text', 'expected Uint8Array or array, got "text"'],
    ],
  },
  {
    name: 'doubles',
    wit: 'list<f64>',
    values: typed((v) => Float64Array.from(v), floats),
    lifted: (value: number[]) => Float64Array.from(value),
    refused: [[[1, '2'], '[1]: expected f64, got "2"']],
  },
  {
    name: 'texts',
    wit: 'list<string>',
    values: list(text, 5),
    lifted: (value: string[]) => value.map(wellFormed),
    refused: [[['a', 1], '[1]: expected string, got 1']],
  },
  {
    name: 'pair',
    wit: 'tuple<u8, string>',
    values: fc.tuple(integer(0, 255), text),
    lifted: ([a, b]: [number, string]) => [positive(a), wellFormed(b)],
    refused: [
      [[1], 'expected array of 2, got an array of 1'],
      [[1, 'x', 2], 'expected array of 2, got an array of 3'],
      [[256, 'x'], '[0]: expected u8, got 256'],
      [[1, 2], '[1]: expected string, got 2'],
      [{ 0: 1, 1: 'x', length: 2 }, 'expected array of 2, got an object'],
    ],
  },
  {
    name: 'item',
    wit: 'item',
    declares: 'record item { id: u32, weight: f32, label: string, note: option<string>, inner: tuple<bool, u64> }',
    values: fc.record(
      {
        id: integer(0, 2 ** 32 - 1),
        weight: floats,
        label: text,
        note: maybe(text),
        inner: fc.tuple(fc.boolean(), big(0n, 2n ** 64n - 1n)),
        extra: fc.anything(),
      },
      { requiredKeys: ['id', 'weight', 'label', 'inner'] },
    ),
    lifted: ({ id, weight, label, note, inner }: Item) => ({
      id: positive(id),
      weight: Math.fround(weight),
      label: wellFormed(label),
      note: note === undefined ? undefined : wellFormed(note),
      inner,
    }),
    refused: [
      [{}, '.id: expected u32, got undefined'],
      [{ id: 1, weight: 1, label: 'x', note: null, inner: [true, 1n] }, '.note: expected string, got null'],
      [{ id: 1, weight: 1, label: 'x', inner: [true, 1] }, '.inner[1]: expected u64, got 1'],
      [7, 'expected item, got 7'],
    ],
  },
  {
    name: 'padded',
    wit: 'padded',
    declares: 'record padded { a: u8, b: u64, c: s16, d: bool, e: char, f: s8, g: f64, h: u16 }',
    values: fc.record(
      {
        a: fc.nat(255),
        b: big(0n, 2n ** 64n - 1n),
        c: fc.integer({ min: -32_768, max: 32_767 }),
        d: fc.boolean(),
        e: chars,
        f: fc.integer({ min: -128, max: 127 }),
        g: floats,
        h: fc.nat(65_535),
      },
      { noNullPrototype: true },
    ),
    refused: [[{ a: 1, b: 1n, c: 40_000 }, '.c: expected s16, got 40000']],
  },
  {
    name: 'shape',
    wit: 'shape',
    declares:
      'variant shape { empty, byte(u8), long(u64), single(f32), double(f64), words(string), pair(tuple<f32, s64>) }',
    values: fc.oneof(
      tagged('empty'),
      tagged('byte', fc.nat(255)),
      tagged('long', big(0n, 2n ** 64n - 1n)),
      tagged('single', floats.map(Math.fround)),
      tagged('double', floats),
      tagged('words', text.map(wellFormed)),
      tagged('pair', fc.tuple(floats.map(Math.fround), big(-(2n ** 63n), 2n ** 63n - 1n))),
    ),
    refused: [
      [{ tag: 'toString' }, '.tag: expected empty, byte, long, single, double, words or pair, got "toString"'],
      [{ tag: 'byte' }, '.val: expected u8, got undefined'],
      [{ tag: 'pair', val: [1, 1] }, '.val[1]: expected s64, got 1'],
      ['empty', 'expected shape, got "empty"'],
    ],
  },
  {
    name: 'color',
    wit: 'color',
    declares: 'enum color { red, dark-green, blue }',
    values: fc.constantFrom('red', 'dark-green', 'blue'),
    refused: [
      ['darkGreen', 'expected red, dark-green or blue, got "darkGreen"'],
      ['constructor', 'expected red, dark-green or blue, got "constructor"'],
      [0, 'expected red, dark-green or blue, got 0'],
    ],
  },
  {
    name: 'many',
    wit: 'many',
    declares: `enum many { ${CASES.join(', ')} }`,
    values: fc.constantFrom(...CASES),
    refused: [],
  },
  flags(3),
  flags(9),
  flags(32),
  {
    name: 'maybe',
    wit: 'option<string>',
    values: maybe(text),
    lifted: (value: string | undefined) => (value === undefined ? undefined : wellFormed(value)),
    refused: [[null, 'expected string, got null']],
  },
  {
    name: 'nested-option',
    wit: 'option<option<u32>>',
    values: fc.oneof(tagged('none'), tagged('some', maybe(fc.nat()))).map((value) => {
      const { tag, val } = value as { tag: string; val?: unknown }
      return tag === 'none' ? { tag } : { tag, val }
    }),
    refused: [
      [undefined, 'expected option<option<u32>>, got undefined'],
      [{ tag: 'some', val: -1 }, '.val: expected u32, got -1'],
      [{ tag: 'ok', val: 1 }, '.tag: expected none or some, got "ok"'],
    ],
  },
  {
    name: 'outcome',
    wit: 'result<f32, u64>',
    values: fc.oneof(tagged('ok', floats.map(Math.fround)), tagged('err', big(0n, 2n ** 64n - 1n))),
    refused: [
      [{ tag: 'err', val: 1 }, '.val: expected u64, got 1'],
      [{ tag: 'some', val: 1 }, '.tag: expected ok or err, got "some"'],
    ],
  },
  {
    name: 'only-err',
    wit: 'result<_, color>',
    values: fc.oneof(tagged('ok'), tagged('err', fc.constantFrom('red', 'blue'))),
    refused: [[{ tag: 'err', val: 'black' }, '.val: expected red, dark-green or blue, got "black"']],
  },
  {
    name: 'bare-result',
    wit: 'result',
    values: fc.oneof(tagged('ok'), tagged('err')),
    refused: [[true, 'expected result, got true']],
  },
  {
    name: 'table',
    wit: 'map<string, u32>',
    values: fc.array(fc.tuple(text.map(wellFormed), fc.nat()), { maxLength: 6 }).map((entries) => new Map(entries)),
    refused: [
      [{}, 'expected Map, got an object'],
      [[['a', 1]], 'expected Map, got an array of 1'],
    ],
  },
  {
    name: 'three',
    wit: 'list<u16, 3>',
    values: fc.array(fc.nat(65_535), { minLength: 3, maxLength: 3 }),
    refused: [
      [[1, 2], 'expected array of 3, got an array of 2'],
      [[1, 2, 3, 4], 'expected array of 3, got an array of 4'],
      [[1, 2, -3], '[2]: expected u16, got -3'],
    ],
  },
  {
    name: 'two-texts',
    wit: 'list<string, 2>',
    values: fc.array(text.map(wellFormed), { minLength: 2, maxLength: 2 }),
    refused: [[['a'], 'expected array of 2, got an array of 1']],
  },
  {
    name: 'deep',
    wit: 'list<option<tuple<list<result<list<char>, bool>>, char>>>',
    values: list(
      maybe(
        fc.tuple(
          fc.array(fc.oneof(tagged('ok', list(chars, 3)), tagged('err', fc.boolean())), { maxLength: 3 }),
          chars,
        ),
      ),
      4,
    ),
    refused: [
      [
        [undefined, [[{ tag: 'ok', val: ['a', ''] }], 'b']],
        '[1][0][0].val[1]: expected char (one Unicode scalar value), got ""',
      ],
    ],
  },
  {
    name: 'wide',
    wit: 'wide',
    declares:
      'record wide { a: string, b: string, c: string, d: string, e: string, f: string, g: string, h: string, i: u64 }',
    values: fc.record(
      {
        ...Object.fromEntries('abcdefgh'.split('').map((name) => [name, text.map(wellFormed)])),
        i: big(0n, 2n ** 64n - 1n),
      },
      { noNullPrototype: true },
    ),
    refused: [[{ a: '', b: 1 }, '.b: expected string, got 1']],
  },
]
