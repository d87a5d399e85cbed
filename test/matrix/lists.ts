import { becomes, kind, same, wrong, type Kind, type Value, type Wrong } from './kind.ts'
import { BIG_INTEGERS, INTEGERS, range, type NumberArray } from './scalars.ts'

/** Typed arrays, plain arrays, subclasses, parts of a larger buffer and growable buffers; other kinds of arrays are refused. */
function numericList(
  name: string,
  TypedArray: NumberArray,
  numbers: readonly unknown[],
  bad: unknown,
  got: string,
): Kind {
  const of = (values: readonly unknown[]): object => new TypedArray(values as never[])
  const all = of(numbers)
  class Mine extends (TypedArray as unknown as Uint8ArrayConstructor) {}
  const [first] = numbers
  const size = TypedArray.BYTES_PER_ELEMENT
  const buffer = new ArrayBuffer(size * 4)
  const growable = Reflect.construct(ArrayBuffer, [size * 2, { maxByteLength: size * 8 }]) as ArrayBuffer
  const shared = new SharedArrayBuffer(size * 2) as unknown as ArrayBuffer
  const odd = new Uint8Array(new ArrayBuffer(size * 4 + 8))
  odd.fill(7)
  const values: Value[] = [
    same(all),
    same(of([])),
    becomes([], of([])),
    becomes([...numbers], all),
    becomes(new Mine(numbers as number[]), all),
    becomes(new TypedArray(buffer, size, 2), of(zeros(first, 2))),
    becomes(new TypedArray(growable, 0, 2), of(zeros(first, 2))),
    becomes(new TypedArray(shared, 0, 2), of(zeros(first, 2))),
    same(of(Array.from({ length: 5000 }, () => first))),
  ]
  const Other = name === 'u16' ? Int16Array : Uint16Array
  const expected = `expected ${TypedArray.name} or array`
  const refused: Wrong[] = [
    wrong(new Other([]), `${expected}, got ${Other.name}`),
    wrong(new DataView(buffer), `${expected}, got DataView`),
    wrong(buffer, `${expected}, got an object`),
    wrong({ length: 1, 0: first }, `${expected}, got an object`),
    wrong('x', `${expected}, got "x"`),
    wrong(undefined, `${expected}, got undefined`),
    wrong([first, first, bad], `expected ${name}, got ${got}`, '[2]'),
    wrong(sparse(first), `expected ${name}, got undefined`, '[1]'),
  ]
  return kind('list', `list<${name}>`, values, refused)
}

const zeros = (like: unknown, n: number): unknown[] =>
  Array.from({ length: n }, () => (typeof like === 'bigint' ? 0n : 0))

/** An array whose second element is a hole. */
function sparse(first: unknown): unknown[] {
  const list = [first]
  list.length = 2
  return list
}

const FLOATS = [1.5, 0, -0, NaN, Infinity, -Infinity, 2 ** -149]

const numeric: readonly Kind[] = [
  ...INTEGERS.map(([name, TypedArray]) => {
    const [min, max] = range(name).map(Number) as [number, number]
    return numericList(name, TypedArray, [1, min, max, 0], max + 1, String(max + 1))
  }),
  ...BIG_INTEGERS.map(([name, TypedArray]) => {
    const [min, max] = range(name)
    return numericList(name, TypedArray, [1n, min, max, 0n], 1, '1')
  }),
  numericList('f32', Float32Array, FLOATS, '1', '"1"'),
  numericList('f64', Float64Array, FLOATS, 1n, '1n'),
]

const notArrays: readonly Wrong[] = [
  wrong({}, 'expected array, got an object'),
  wrong('x', 'expected array, got "x"'),
  wrong(null, 'expected array, got null'),
  wrong(undefined, 'expected array, got undefined'),
  wrong(new Set(), 'expected array, got an object'),
  wrong(new Uint8Array(2), 'expected array, got Uint8Array'),
]

export const lists: readonly Kind[] = [
  ...numeric,
  kind('list', 'list<bool>', [[true, false, true], [], Array.from({ length: 3000 }, (_, i) => i % 3 === 0)].map(same), [
    ...notArrays,
    wrong([true, 1], 'expected bool, got 1', '[1]'),
    wrong(sparse(true), 'expected bool, got undefined', '[1]'),
  ]),
  kind('list', 'list<char>', [['a', '😀', '\0', '\ufeff'], []].map(same), [
    ...notArrays,
    wrong(['a', 'ab'], 'expected char (one Unicode scalar value), got "ab"', '[1]'),
  ]),
  kind(
    'list',
    'list<string>',
    [same(['a', '', '😀', '\0', 'z'.repeat(500)]), same([]), becomes(['\ud800', 'b'], ['\ufffd', 'b'])],
    [
      ...notArrays,
      wrong(['a', 'b', 3], 'expected string, got 3', '[2]'),
      wrong(sparse('a'), 'expected string, got undefined', '[1]'),
    ],
  ),
  kind(
    'list',
    'list<item>',
    [
      same([
        { id: 1, label: 'one' },
        { id: 2, label: undefined },
      ]),
      same([]),
      becomes(
        [{ id: 1 }, { id: 2, label: 'two', more: 1 }],
        [
          { id: 1, label: undefined },
          { id: 2, label: 'two' },
        ],
      ),
      same(Array.from({ length: 500 }, (_, id) => ({ id, label: `${id}€` }))),
    ],
    [
      ...notArrays,
      wrong([{ id: 1 }, null], 'expected item, got null', '[1]'),
      wrong([{ id: 1 }, { id: -1 }], 'expected u32, got -1', '[1].id'),
      wrong([{ id: 1 }, { id: 1, label: 2 }], 'expected string, got 2', '[1].label'),
    ],
    { declarations: 'record item { id: u32, label: option<string> }' },
  ),
  kind(
    'list',
    'list<list<list<u16>>>',
    [
      same([[Uint16Array.of(1, 2), Uint16Array.of()], [], [Uint16Array.of(65535)]]),
      same([]),
      becomes([[[1]]], [[Uint16Array.of(1)]]),
    ],
    [...notArrays, wrong([[], [[1, 2], [70000]]], 'expected u16, got 70000', '[1][1][0]')],
  ),
  fixedNumeric('u8', [1, 255, 0]),
  fixedNumeric('s32', [1, -(2 ** 31), 2 ** 31 - 1]),
  fixedNumeric('u64', [1n, 2n ** 64n - 1n, 0n]),
  fixedNumeric('f64', [1.5, -0, NaN]),
  kind(
    'fixed-length-list',
    'list<string, 2>',
    [same(['a', '😀']), same(['', '\0']), becomes(['\ud800', 'b'], ['\ufffd', 'b'])],
    [
      wrong(['a'], 'expected array of 2, got an array of 1'),
      wrong(['a', 'b', 'c'], 'expected array of 2, got an array of 3'),
      wrong({ length: 2, 0: 'a', 1: 'b' }, 'expected array of 2, got an object'),
      wrong(['a', 1], 'expected string, got 1', '[1]'),
    ],
  ),
  kind(
    'fixed-length-list',
    'list<u16, 20>',
    [same(Array.from({ length: 20 }, (_, i) => 65535 - i))],
    [
      wrong(new Uint16Array(20), 'expected array of 20, got Uint16Array'),
      wrong([...Array(19).keys(), -1], 'expected u16, got -1', '[19]'),
    ],
  ),
]

function fixedNumeric(name: string, numbers: readonly unknown[]): Kind {
  const expected = 'expected array of 3'
  return kind(
    'fixed-length-list',
    `list<${name}, 3>`,
    [same([...numbers])],
    [
      wrong(numbers.slice(1), `${expected}, got an array of 2`),
      wrong([...numbers, numbers[0]], `${expected}, got an array of 4`),
      wrong(new Uint8Array(3), `${expected}, got Uint8Array`),
      wrong('abc', `${expected}, got "abc"`),
      wrong([numbers[0], '1', numbers[0]], `expected ${name}, got "1"`, '[1]'),
    ],
  )
}
