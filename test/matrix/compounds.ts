import { becomes, kind, same, wrong, type Kind } from './kind.ts'

class Point {
  readonly #reads: string[] = []
  get small(): number {
    this.#reads.push('small')
    if (this.#reads.length > 1) throw new Error('a field was read twice')
    return 7
  }
  readonly text = 'from a class'
  readonly wide = 1n
}

const many = (n: number): readonly string[] => Array.from({ length: n }, (_, i) => `n${i}`)

/** `n0` … all false but for those named. */
const bits = (n: number, ...set: readonly number[]): Record<string, boolean> =>
  Object.fromEntries(many(n).map((name, i) => [name, set.includes(i)]))

function flags(n: number): Kind {
  const type = `flags${n}`
  const names = many(n)
  return kind(
    'flags',
    type,
    [
      same(bits(n, 0)),
      same(bits(n)),
      becomes({}, bits(n)),
      same(bits(n, ...names.keys())),
      same(bits(n, n - 1)),
      becomes({ [`n${n - 1}`]: true }, bits(n, n - 1)),
      becomes({ n0: undefined }, bits(n)),
    ],
    [
      wrong({ n0: true, other: false }, `expected one of the flags ${names.join(', ')}, got "other"`, '.other'),
      wrong({ [`n${n}`]: true }, `expected one of the flags ${names.join(', ')}, got "n${n}"`, `.n${n}`),
      wrong({ n0: 1 }, 'expected bool, got 1', '.n0'),
      wrong({ n0: null }, 'expected bool, got null', '.n0'),
      wrong(1, `expected ${type}, got 1`),
      wrong('n0', `expected ${type}, got "n0"`),
      wrong(null, `expected ${type}, got null`),
    ],
    { declarations: `flags ${type} { ${names.join(', ')} }` },
  )
}

function enumeration(n: number): Kind {
  const type = `enum${n}`
  const names = many(n)
  const expected = n === 1 ? 'n0' : `${names.slice(0, -1).join(', ')} or n${n - 1}`
  return kind(
    'enum',
    type,
    [same('n0'), same(`n${n - 1}`), ...(n > 255 ? [same('n254'), same('n255')] : [])],
    [
      wrong(`n${n}`, `expected ${expected}, got "n${n}"`),
      wrong('N0', `expected ${expected}, got "N0"`),
      wrong(0, `expected ${expected}, got 0`),
      wrong('toString', `expected ${expected}, got "toString"`),
      wrong(undefined, `expected ${expected}, got undefined`),
    ],
    { declarations: `enum ${type} { ${names.join(', ')} }` },
  )
}

const pair = (a: unknown, b: unknown): Map<unknown, unknown> => new Map([[a, b]])

export const compounds: readonly Kind[] = [
  kind(
    'record',
    'point',
    [
      same({ small: 255, text: 'a', wide: -1n, maybe: -32768 }),
      same({ small: 0, text: '', wide: 0n, maybe: undefined }),
      becomes({ small: 1, text: 'x', wide: 2n }, { small: 1, text: 'x', wide: 2n, maybe: undefined }),
      becomes({ small: 1, text: 'x', wide: 2n, extra: {} }, { small: 1, text: 'x', wide: 2n, maybe: undefined }),
      // Read once: this value can be given once only, so each cell makes it anew.
      {
        get given() {
          return new Point()
        },
        lifted: { small: 7, text: 'from a class', wide: 1n, maybe: undefined },
      },
    ],
    [
      wrong(null, 'expected point, got null'),
      wrong(undefined, 'expected point, got undefined'),
      wrong(1, 'expected point, got 1'),
      wrong('x', 'expected point, got "x"'),
      wrong({}, 'expected u8, got undefined', '.small'),
      wrong({ small: 256, text: 'a', wide: 0n }, 'expected u8, got 256', '.small'),
      wrong({ small: 1, text: 2, wide: 0n }, 'expected string, got 2', '.text'),
      wrong({ small: 1, text: 'a', wide: 0 }, 'expected s64, got 0', '.wide'),
      wrong({ small: 1, text: 'a', wide: 0n, maybe: null }, 'expected s16, got null', '.maybe'),
    ],
    { declarations: 'record point { small: u8, text: string, wide: s64, maybe: option<s16> }' },
  ),
  kind(
    'tuple',
    'tuple<u8, string, f64>',
    [same([1, 'a', 1.5]), same([255, '', -0])],
    [
      wrong([1, 'a'], 'expected array of 3, got an array of 2'),
      wrong([1, 'a', 1, 1], 'expected array of 3, got an array of 4'),
      wrong({ 0: 1, 1: 'a', 2: 1, length: 3 }, 'expected array of 3, got an object'),
      wrong(new Uint8Array(3), 'expected array of 3, got Uint8Array'),
      wrong([1, 'a', 'b'], 'expected f64, got "b"', '[2]'),
      wrong([-1, 'a', 1], 'expected u8, got -1', '[0]'),
    ],
  ),
  kind('tuple', 'tuple<bool>', [same([true]), same([false])], [wrong([], 'expected array of 1, got an array of 0')]),
  kind(
    'variant',
    'shape',
    [
      same({ tag: 'empty' }),
      same({ tag: 'number', val: 2 ** 32 - 1 }),
      same({ tag: 'text', val: '😀' }),
      same({ tag: 'bytes', val: Uint8Array.of(1, 2) }),
      same({ tag: 'real', val: -0 }),
      same({ tag: 'is-XML', val: 0.5 }),
      becomes({ tag: 'empty', val: 'ignored' }, { tag: 'empty' }),
      becomes({ tag: 'number', val: 1, more: 2 }, { tag: 'number', val: 1 }),
    ],
    [
      wrong({ tag: 'other' }, 'expected empty, number, text, bytes, real or is-XML, got "other"', '.tag'),
      wrong({}, 'expected empty, number, text, bytes, real or is-XML, got undefined', '.tag'),
      wrong({ tag: 'toString' }, 'expected empty, number, text, bytes, real or is-XML, got "toString"', '.tag'),
      wrong({ tag: '__proto__' }, 'expected empty, number, text, bytes, real or is-XML, got "__proto__"', '.tag'),
      wrong({ tag: 0 }, 'expected empty, number, text, bytes, real or is-XML, got 0', '.tag'),
      wrong('empty', 'expected shape, got "empty"'),
      wrong(null, 'expected shape, got null'),
      wrong({ tag: 'number' }, 'expected u32, got undefined', '.val'),
      wrong({ tag: 'number', val: -1 }, 'expected u32, got -1', '.val'),
      wrong({ tag: 'text', val: 1 }, 'expected string, got 1', '.val'),
      wrong({ tag: 'bytes', val: [1, 256] }, 'expected u8, got 256', '.val[1]'),
    ],
    { declarations: 'variant shape { empty, number(u32), text(string), bytes(list<u8>), real(f64), is-XML(f32) }' },
  ),
  enumeration(1),
  enumeration(2),
  enumeration(256),
  enumeration(257),
  ...[1, 8, 9, 16, 17, 32].map(flags),
  kind(
    'map',
    'map<string, u32>',
    [
      same(
        new Map([
          ['a', 1],
          ['', 0],
          ['😀', 2 ** 32 - 1],
        ]),
      ),
      same(new Map()),
      becomes(pair('\ud800', 1), pair('\ufffd', 1)),
    ],
    [
      wrong({ a: 1 }, 'expected Map, got an object'),
      wrong([['a', 1]], 'expected Map, got an array of 1'),
      wrong(null, 'expected Map, got null'),
      wrong(undefined, 'expected Map, got undefined'),
      wrong(
        new Map<unknown, unknown>([
          ['a', 1],
          ['b', -1],
        ]),
        'expected u32, got -1',
        '[1]',
      ),
      wrong(new Map<unknown, unknown>([[1, 1]]), 'expected string, got 1', '[0]'),
    ],
  ),
  kind(
    'map',
    'map<u64, list<string>>',
    [
      same(
        new Map([
          [0n, ['a']],
          [2n ** 64n - 1n, []],
        ]),
      ),
    ],
    [wrong(pair(1, []), 'expected u64, got 1', '[0]'), wrong(pair(1n, [1]), 'expected string, got 1', '[0][0]')],
  ),
]
