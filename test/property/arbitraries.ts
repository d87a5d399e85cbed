// Random values that more than one type is made of.
import fc from 'fast-check'

export interface ElementType {
  /** Kebab name: part of the names of the functions. */
  readonly name: string
  /** WIT text of the type, and what it declares. */
  readonly wit: string
  readonly declares?: string
  /** Values that are legal. */
  readonly values: fc.Arbitrary<unknown>
  /** What comes back for one of them; itself, if absent. */
  readonly lifted?: (value: never) => unknown
  /** Values that are refused, and the text behind the path. */
  readonly refused: readonly (readonly [value: unknown, text: string])[]
}

export const integer = (min: number, max: number): fc.Arbitrary<unknown> =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0, -0, 1, Math.floor(max / 2)))
export const big = (min: bigint, max: bigint): fc.Arbitrary<unknown> =>
  fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max, 0n, 1n, max >> 1n))
/** Any code units, lone surrogates too; mostly short. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'binary-ascii', maxLength: 100 }),
  fc.array(fc.integer({ min: 0xd7ff, max: 0xe001 }), { maxLength: 5 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('', '\0', '\uFEFFx', 'é'.repeat(300)),
)
export const wellFormed = (value: string): string => value.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
export const positive = (value: number): number => (value === 0 ? 0 : value)
export const floats: fc.Arbitrary<number> = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, 2 ** -149, 16777217),
)
export const chars: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.constantFrom('\0', '\uD7FF', '\uE000', '\u{10FFFF}', '\uFEFF'),
)
export const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined })
export const tagged = (tag: string, val?: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  val === undefined ? fc.constant({ tag }) : val.map((v) => ({ tag, val: v }))
export const list = (of: fc.Arbitrary<unknown>, length: number): fc.Arbitrary<unknown> =>
  fc.array(of, { maxLength: length })
export const typed = <T>(make: (values: number[]) => T, of: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .array(of as fc.Arbitrary<number>, { maxLength: 20 })
    .chain((values) => fc.constantFrom<unknown>(values, make(values)))
