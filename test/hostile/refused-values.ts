/** The types of the functions `echo-NAME` of the guest in `host.test.ts`. */
export const SPANS = {
  bytes: 'list<u8>',
  words: 'list<u32>',
  doubles: 'list<f64>',
  longs: 'list<u64>',
  text: 'string',
  texts: 'list<string>',
  rows: 'list<row>',
  shapes: 'list<shape>',
  entries: 'map<string, u32>',
  pairs: 'list<tuple<u32, u32>>',
  fixed: 'list<list<u32, 2>>',
  marks: 'list<marks>',
  nested: 'list<list<u8>>',
} as const
export type Span = keyof typeof SPANS

/** What has no business being called. */
export function thrower(): never {
  throw new Error('this must not be called')
}

const holes: unknown[] = [1, 2, 3]
delete holes[1]
const huge: unknown[] = []
huge.length = 2 ** 32 - 1
const rows = (name: unknown): unknown => [{ id: 1, name }]

/** Values that are refused: what they are, for which function, and the text that says so. */
export const REFUSED: readonly (readonly [title: string, name: Span, value: unknown, text: string])[] = [
  ['a hole in numbers', 'bytes', holes, 'value[1]: expected u8, got undefined'],
  ['a hole in strings', 'texts', ['a', ...Array<string>(1)], 'value[1]: expected string, got undefined'],
  ['a hole in a fixed list', 'fixed', [[1, ...Array<number>(1)]], 'value[0][1]: expected u32, got undefined'],
  ['a huge length', 'bytes', huge, 'value: expected at most 268435455 bytes, got 4294967295'],
  ['a huge length of strings', 'texts', huge, 'value: expected at most 268435455 bytes, got 34359738360'],
  ['a string too long', 'text', 'x'.repeat(2 ** 28), 'value: expected at most 268435455 bytes, got 268435456'],
  ['a String object', 'text', new String('x'), 'value: expected string, got an object'],
  ['an object with toString', 'text', { toString: () => 'x' }, 'value: expected string, got an object'],
  ['a toString that throws', 'text', { toString: thrower, valueOf: thrower, [Symbol.toPrimitive]: thrower }, 'value: expected string, got an object'], // prettier-ignore
  ['a symbol', 'text', Symbol('x'), 'value: expected string, got a symbol'],
  ['an object with valueOf for an integer', 'words', [{ valueOf: () => 1 }], 'value[0]: expected u32, got an object'],
  ['a Number object', 'doubles', [new Number(1)], 'value[0]: expected f64, got an object'],
  ['a Boolean object as a flag', 'marks', [{ a: new Boolean(true) }], 'value[0].a: expected bool, got an object'],
  ['1 as a flag', 'marks', [{ b: 1 }], 'value[0].b: expected bool, got 1'],
  ['null as a flag', 'marks', [{ b: null }], 'value[0].b: expected bool, got null'],
  ['an unknown flag', 'marks', [{ a: true, c: true }], 'value[0].c: expected one of the flags a, b, got "c"'],
  ['an unknown flag that is false', 'marks', [{ c: false }], 'value[0].c: expected one of the flags a, b, got "c"'],
  ['a flag in another case', 'marks', [{ A: true }], 'value[0].A: expected one of the flags a, b, got "A"'],
  ['an inherited unknown flag', 'marks', [Object.create({ c: true })], 'value[0].c: expected one of the flags a, b, got "c"'], // prettier-ignore
  ['a String object as a tag', 'shapes', [{ tag: new String('none') }], 'value[0].tag: expected none or side, got an object'], // prettier-ignore
  ['a tag that every object inherits', 'shapes', [{ tag: 'constructor' }], 'value[0].tag: expected none or side, got "constructor"'], // prettier-ignore
  ['__proto__ as a tag', 'shapes', [{ tag: '__proto__' }], 'value[0].tag: expected none or side, got "__proto__"'],
  ['a number as a tag', 'shapes', [{ tag: 0 }], 'value[0].tag: expected none or side, got 0'],
  ['an object without a tag', 'shapes', [{}], 'value[0].tag: expected none or side, got undefined'],
  ['an array-like object', 'texts', { length: 1, 0: 'a' }, 'value: expected array, got an object'],
  ['an iterable', 'texts', new Set(['a']), 'value: expected array, got an object'],
  ['a string as a list of strings', 'texts', 'abc', 'value: expected array, got "abc"'],
  ['a typed array as a list of records', 'rows', new Uint8Array(2), 'value: expected array, got Uint8Array'],
  ['a typed array as a fixed list', 'fixed', [new Uint32Array(2)], 'value[0]: expected array of 2, got Uint32Array'],
  ['a fixed list that is too long', 'fixed', [[1, 2, 3]], 'value[0]: expected array of 2, got an array of 3'],
  ['a tuple that is too short', 'pairs', [[1]], 'value[0]: expected array of 2, got an array of 1'],
  ['an object as a map', 'entries', { a: 1 }, 'value: expected Map, got an object'],
  ['entries as a map', 'entries', [['a', 1]], 'value: expected Map, got an array of 1'],
  ['a wrong key', 'entries', new Map([[1, 1]]), 'value[0]: expected string, got 1'],
  ['a wrong value in the second entry', 'entries', new Map<string, unknown>([['a', 1], ['b', -1]]), 'value[1]: expected u32, got -1'], // prettier-ignore
  ['a view of another kind', 'bytes', new Int8Array(1), 'value: expected Uint8Array or array, got Int8Array'],
  ['a clamped view', 'bytes', new Uint8ClampedArray(1), 'value: expected Uint8Array or array, got Uint8ClampedArray'],
  ['a DataView', 'bytes', new DataView(new ArrayBuffer(1)), 'value: expected Uint8Array or array, got DataView'],
  ['an ArrayBuffer', 'bytes', new ArrayBuffer(1), 'value: expected Uint8Array or array, got an object'],
  ['signed words', 'words', new Int32Array(1), 'value: expected Uint32Array or array, got Int32Array'],
  ['floats', 'doubles', new Float32Array(1), 'value: expected Float64Array or array, got Float32Array'],
  ['signed longs', 'longs', new BigInt64Array(1), 'value: expected BigUint64Array or array, got BigInt64Array'],
  ['numbers for bigints', 'longs', [1], 'value[0]: expected u64, got 1'],
  ['bigints for numbers', 'words', [1n], 'value[0]: expected u32, got 1n'],
  ['an array in a nested list', 'nested', [[256]], 'value[0][0]: expected u8, got 256'],
  ['a field that is missing', 'rows', [{ id: 1 }], 'value[0].name: expected string, got undefined'],
  ['a field of another kind', 'rows', rows(5), 'value[0].name: expected string, got 5'],
  ['null as a record', 'rows', [null], 'value[0]: expected row, got null'],
  ['a function as a record', 'rows', [() => {}], 'value[0]: expected row, got a function'],
]
