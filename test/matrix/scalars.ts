import type { TypeKind } from '../../src/ir/index.ts'
import { becomes, kind, same, wrong, type Kind, type Value, type Wrong } from './kind.ts'

/** A class of typed arrays, whatever its numbers. */
export interface NumberArray {
  readonly name: string
  readonly BYTES_PER_ELEMENT: number
  new (numbers: readonly never[]): object
  new (buffer: ArrayBuffer, offset: number, length: number): object
}

const listOf =
  (TypedArray: NumberArray) =>
  (numbers: readonly unknown[]): object =>
    new TypedArray(numbers as never[])

/** The integer kinds, and the typed array of their lists. */
export const INTEGERS: readonly (readonly [TypeKind, NumberArray])[] = [
  ['s8', Int8Array],
  ['u8', Uint8Array],
  ['s16', Int16Array],
  ['u16', Uint16Array],
  ['s32', Int32Array],
  ['u32', Uint32Array],
]
export const BIG_INTEGERS: readonly (readonly [TypeKind, NumberArray])[] = [
  ['s64', BigInt64Array],
  ['u64', BigUint64Array],
]

/** The least and the greatest value of an integer kind. */
export function range(name: string): readonly [bigint, bigint] {
  const bits = BigInt(name.slice(1))
  return name.startsWith('s') ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n]
}

const integers: readonly Kind[] = INTEGERS.map(([name, TypedArray]) => {
  const [min, max] = range(name).map(Number) as [number, number]
  const values: Value[] = [same(1), same(0), same(min), same(max), becomes(-0, 0), same(max - 1), same(min + 1)]
  const refused: Wrong[] = [
    wrong(min - 1, `expected ${name}, got ${min - 1}`),
    wrong(max + 1, `expected ${name}, got ${max + 1}`),
    wrong(1.5, `expected ${name}, got 1.5`),
    wrong(NaN, `expected ${name}, got NaN`),
    wrong(Infinity, `expected ${name}, got Infinity`),
    wrong('1', `expected ${name}, got "1"`),
    wrong(1n, `expected ${name}, got 1n`),
    wrong(true, `expected ${name}, got true`),
    wrong(undefined, `expected ${name}, got undefined`),
    wrong(null, `expected ${name}, got null`),
  ]
  return kind(name, name, values, refused, { list: listOf(TypedArray) })
})

const bigIntegers: readonly Kind[] = BIG_INTEGERS.map(([name, TypedArray]) => {
  const [min, max] = range(name)
  const values = [1n, 0n, min, max, max - 1n, min + 1n, 2n ** 53n + 1n, 2n ** 32n].map(same)
  const refused = [
    wrong(min - 1n, `expected ${name}, got ${min - 1n}n`),
    wrong(max + 1n, `expected ${name}, got ${max + 1n}n`),
    wrong(1, `expected ${name}, got 1`),
    wrong('1', `expected ${name}, got "1"`),
    wrong(undefined, `expected ${name}, got undefined`),
  ]
  return kind(name, name, values, refused, { list: listOf(TypedArray) })
})

const FLOATS = [
  1.5,
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  0.1,
  5e-324,
  Number.MAX_VALUE,
  1e-45,
  3.4028234663852886e38,
  2 ** 24 + 1,
]
const notFloats = (name: string): Wrong[] => [
  wrong('1', `expected ${name}, got "1"`),
  wrong(1n, `expected ${name}, got 1n`),
  wrong(null, `expected ${name}, got null`),
  wrong(undefined, `expected ${name}, got undefined`),
  wrong(new Date(0), `expected ${name}, got an object`),
]

const CHAR = 'expected char (one Unicode scalar value), got'

export const scalars: readonly Kind[] = [
  kind(
    'bool',
    'bool',
    [same(true), same(false)],
    [
      wrong(1, 'expected bool, got 1'),
      wrong('true', 'expected bool, got "true"'),
      wrong(null, 'expected bool, got null'),
      wrong(undefined, 'expected bool, got undefined'),
      wrong({ valueOf: () => true }, 'expected bool, got an object'),
    ],
  ),
  ...integers,
  ...bigIntegers,
  kind(
    'f32',
    'f32',
    FLOATS.map((x) => becomes(x, Math.fround(x))),
    notFloats('f32'),
    { list: listOf(Float32Array) },
  ),
  kind('f64', 'f64', FLOATS.map(same), notFloats('f64'), { list: listOf(Float64Array) }),
  kind(
    'char',
    'char',
    [
      'a',
      '\0',
      '\x7f',
      '\x80',
      'é',
      '\ud7ff',
      '\ue000',
      '\ufeff',
      '\ufffd',
      '\uffff',
      '\u{10000}',
      '😀',
      '\u{10ffff}',
    ].map(same),
    [
      wrong('', `${CHAR} ""`),
      wrong('ab', `${CHAR} "ab"`),
      wrong('😀😀', `${CHAR} "😀😀"`),
      wrong('e\u0301', `${CHAR} "e\u0301"`),
      wrong('\ud800', `${CHAR} "\\ud800"`),
      wrong('\udfff', `${CHAR} "\\udfff"`),
      wrong('\udc00\ud800', `${CHAR} "\\udc00\\ud800"`),
      wrong(97, `${CHAR} 97`),
      wrong(undefined, `${CHAR} undefined`),
    ],
  ),
  kind(
    'string',
    'string',
    [
      'a',
      '',
      'z'.repeat(28),
      'z'.repeat(29),
      'z'.repeat(1000),
      '\0',
      'a\0b',
      '\ufeff',
      '\ufeffbom',
      'ä',
      '€',
      '😀',
      'a😀b',
      `${'x'.repeat(30)}é`,
      `é${'x'.repeat(30)}`,
      '€'.repeat(300),
      '😀'.repeat(20),
      '\u{10ffff}\uffff',
      `${'x'.repeat(23)}é`,
      'x'.repeat(70_000),
    ]
      .map(same)
      .concat([
        becomes('\ud800', '\ufffd'),
        becomes('\udc00', '\ufffd'),
        becomes('a\udfffb', 'a\ufffdb'),
        becomes('\udc00\ud800', '\ufffd\ufffd'),
        becomes(`${'x'.repeat(40)}\ud83d`, `${'x'.repeat(40)}\ufffd`),
        becomes('\ud83d😀', '\ufffd😀'),
      ]),
    [
      wrong(1, 'expected string, got 1'),
      wrong(null, 'expected string, got null'),
      wrong(undefined, 'expected string, got undefined'),
      wrong(Symbol('s'), 'expected string, got a symbol'),
      wrong(['a'], 'expected string, got an array of 1'),
      wrong(Object('a'), 'expected string, got an object'),
      wrong(() => 'a', 'expected string, got a function'),
    ],
  ),
]
