import type { Kind, Value } from './kind.ts'

/** One column of the matrix: a function in whose type the kind's type stands at one place. */
export interface Position {
  readonly name: string
  /** The function's name in WIT. */
  readonly func: string
  /** Declarations that the function needs, after those of the kind. */
  readonly declarations: (type: string) => string
  /** The function's parameters, and its result where `out` is not `none` and the kind can be returned. */
  readonly params: (type: string) => string
  readonly result: (type: string) => string
  /** Arguments before the value. */
  readonly before: readonly unknown[]
  /** The value with what stands around it, as it is given and as it arrives; `other` is a further good value. */
  readonly wrap: (value: Value, other: Value, kind: Kind) => Value
  /** Values of the whole in which no value of the kind stands. */
  readonly absent: (kind: Kind) => readonly Value[]
  /** Where the value stands in the parameter or result. */
  readonly at: (kind: Kind) => string
  /** How the value goes out: not at all, as the result, or as ok or err of a result that is outermost. */
  readonly out: 'none' | 'value' | 'ok' | 'err'
  /** Whether there is a parameter. */
  readonly in: boolean
}

const none = (): readonly Value[] => []
const both = (f: (part: 'given' | 'lifted') => unknown): Value => ({ given: f('given'), lifted: f('lifted') })
const asIs = (value: Value): Value => value

function position(name: string, shape: Partial<Position> & { readonly type?: (type: string) => string }): Position {
  const { type = (t: string) => t } = shape
  return {
    name,
    func: name.replaceAll(' ', '-'),
    declarations: () => '',
    params: (t) => `x: ${type(t)}`,
    result: type,
    before: [],
    wrap: asIs,
    absent: none,
    at: () => '',
    out: 'value',
    in: true,
    ...shape,
  }
}

/** Sixteen parameters that take all flat places: what follows travels in memory. */
const SPILLED = 'u8 s16 u32 s64 f32 f64 bool char u8 s16 u32 s64 f32 f64 bool char'.split(' ')
const SPILLED_VALUES = [255, -32768, 2 ** 32 - 1, -1n, 0.5, NaN, true, '😀', 0, 1, 2, 3n, -0, -Infinity, false, 'a']

const isOption = (kind: Kind): boolean => kind.covers === 'option'
const optional = (value: unknown, kind: Kind): unknown => (isOption(kind) ? { tag: 'some', val: value } : value)
const FLATS = [0.5, 2n ** 64n - 1n, -0]

export const positions: readonly Position[] = [
  position('parameter', { out: 'none' }),
  position('sole result', { params: () => '', in: false }),
  position('record field', {
    declarations: (t) => `record holder { before: u8, it: ${t}, after: u16 }`,
    type: () => 'holder',
    wrap: (v) => both((part) => ({ before: 255, it: v[part], after: 65535 })),
    at: () => '.it',
  }),
  position('list element', {
    type: (t) => `list<${t}>`,
    wrap: (v, other, kind) => {
      const [given, lifted] = [
        [other.given, v.given],
        [other.lifted, v.lifted],
      ]
      return {
        given,
        get lifted() {
          return kind.list === undefined ? lifted : kind.list(lifted)
        },
      }
    },
    absent: (kind) => [{ given: [], lifted: kind.list === undefined ? [] : kind.list([]) }],
    at: () => '[1]',
  }),
  position('fixed-length list element', {
    func: 'fixed-list-element',
    type: (t) => `list<${t}, 2>`,
    wrap: (v, other) => both((part) => [other[part], v[part]]),
    at: () => '[1]',
  }),
  position('tuple element', {
    type: (t) => `tuple<u8, ${t}, s16>`,
    wrap: (v) => both((part) => [0, v[part], -1]),
    at: () => '[1]',
  }),
  position('variant payload', {
    // The other case makes most flat places wider, or of another kind, than the payload needs them.
    declarations: (t) => `variant choice { nothing, it(${t}), wide(tuple<f32, u64, f64>) }`,
    type: () => 'choice',
    wrap: (v) => both((part) => ({ tag: 'it', val: v[part] })),
    absent: () => [both(() => ({ tag: 'nothing' })), both(() => ({ tag: 'wide', val: FLATS }))],
    at: () => '.val',
  }),
  position('option payload', {
    type: (t) => `option<${t}>`,
    wrap: (v, _, kind) => both((part) => optional(v[part], kind)),
    absent: (kind) => [both(() => (isOption(kind) ? { tag: 'none' } : undefined))],
    at: (kind) => (isOption(kind) ? '.val' : ''),
  }),
  position('ok payload', {
    type: (t) => `tuple<result<${t}, u64>>`,
    wrap: (v) => both((part) => [{ tag: 'ok', val: v[part] }]),
    absent: () => [both(() => [{ tag: 'err', val: 2n ** 63n }])],
    at: () => '[0].val',
  }),
  position('err payload', {
    type: (t) => `tuple<result<f32, ${t}>>`,
    wrap: (v) => both((part) => [{ tag: 'err', val: v[part] }]),
    absent: () => [both(() => [{ tag: 'ok', val: -0 }])],
    at: () => '[0].val',
  }),
  position('outermost ok', { result: (t) => `result<${t}, string>`, out: 'ok' }),
  position('outermost err', { result: (t) => `result<u16, ${t}>`, out: 'err' }),
  position('map value', {
    type: (t) => `map<string, ${t}>`,
    wrap: (v, other) =>
      both(
        (part) =>
          new Map([
            ['one', other[part]],
            ['😀', v[part]],
          ]),
      ),
    absent: () => [both(() => new Map())],
    at: () => '[1]',
  }),
  position('map key', {
    type: (t) => `map<${t}, u8>`,
    wrap: (v) => both((part) => new Map([[v[part], 255]])),
    absent: () => [both(() => new Map())],
    at: () => '[0]',
  }),
  position('spilled', {
    params: (t) => `${SPILLED.map((k, i) => `p${i}: ${k}`).join(', ')}, x: ${t}`,
    before: SPILLED_VALUES,
  }),
]

/** Cells that cannot be: WIT refuses them, and says why. */
export function refusal(kind: Kind, { name, func }: Position): string | undefined {
  if (name === 'map key' && !MAP_KEYS.has(kind.covers))
    return 'the key of a map must be a bool, an integer, a char or a string'
  if (kind.covers !== 'borrow') return undefined
  return RETURNS_ONLY.has(name) ? `the function \`${func}\` returns a \`borrow\`` : undefined
}

const MAP_KEYS = new Set<string>('bool s8 u8 s16 u16 s32 u32 s64 u64 char string'.split(' '))
/** Positions that are about results: elsewhere a kind that cannot be returned is a parameter only. */
const RETURNS_ONLY = new Set(['sole result', 'outermost ok', 'outermost err'])
