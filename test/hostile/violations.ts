/** What a guest hands over, and the error that follows. */
export interface Violation {
  readonly title: string
  /** The type's name in `reader-guest.ts`. */
  readonly type: string
  /** Words written into the guest's memory before: address and value. */
  readonly memory: readonly (readonly [at: number, word: number])[]
  /** For a result its pointer or core value. */
  readonly value: number
  readonly message: string
}

/** The bytes of the guest's memory. */
const SIZE = 65536
const MAX_BYTES = 2 ** 28 - 1
const oob = (size: number, ptr: number): string =>
  `[2 MemoryAccessViolation]: ${size} bytes at ${ptr} do not lie in the memory of ${SIZE} bytes`
const unaligned = (ptr: number, align: number): string => `[14 AbiViolation]: pointer ${ptr} is not aligned to ${align}`
const tooLong = (size: number): string =>
  `[14 AbiViolation]: a string or list of ${size} bytes is over the limit of ${MAX_BYTES}`
const discriminant = (n: number): string => `[14 AbiViolation]: unknown discriminant ${n}`
const noChar = (code: string): string => `[14 AbiViolation]: ${code} is no Unicode scalar value`
const noUtf8 = (n: number, ptr: number): string =>
  `[14 AbiViolation]: the string of ${n} bytes at ${ptr} is not valid UTF-8`

/** Size and alignment of the element of each type that is a pointer and a length, by the specification. */
export const SPANS: readonly (readonly [type: string, size: number, align: number])[] = [
  ['text', 1, 1],
  ['bytes', 1, 1],
  ['shorts', 2, 2],
  ['words', 4, 4],
  ['longs', 8, 8],
  ['floats', 4, 4],
  ['doubles', 8, 8],
  ['points', 16, 8],
  ['texts', 8, 4],
  ['bools', 1, 1],
  ['chars', 4, 4],
  ['fews', 1, 1],
  ['manys', 2, 2],
  ['shapes', 12, 4],
  ['pairs', 12, 4],
]

/** Size and alignment of each type whose results stand in memory. */
const RESULTS: readonly (readonly [type: string, size: number, align: number])[] = [
  ...SPANS.map(([type]) => [type, 8, 4] as const),
  ['opt', 8, 4],
  ['nested', 3, 1],
  ['res', 8, 4],
  ['outcome', 12, 4],
  ['both', 8, 4],
]

/** The pointer to a result itself. */
export const RESULT_POINTERS: readonly Violation[] = RESULTS.flatMap(([type, size, align]): Violation[] => [
  ...[1, 2].flatMap((by): Violation[] =>
    by % align === 0
      ? []
      : [
          {
            title: `${type}: unaligned by ${by}`,
            type,
            memory: [],
            value: 64 + by,
            message: unaligned(64 + by, align),
          },
        ],
  ),
  ...[SIZE, SIZE - size + align, 0x8000_0000, 2 ** 32 - align].map((value): Violation => ({
    title: `${type}: at ${value}`,
    type,
    memory: [],
    value,
    message: oob(size, value),
  })),
])

/** Pointers and lengths of strings, lists and maps, each as `[pointer, length, message]`. */
export const SPAN_VIOLATIONS: readonly (readonly [type: string, ptr: number, n: number, message: string])[] =
  SPANS.flatMap(([type, size, align]) => {
    const most = Math.floor(MAX_BYTES / size)
    return [
      [type, SIZE, 1, oob(size, SIZE)] as const,
      [type, SIZE - 8 * size, 9, oob(9 * size, SIZE - 8 * size)] as const,
      [type, SIZE + 8, 0, oob(0, SIZE + 8)] as const,
      [type, 2 ** 32 - 8, 0, oob(0, 2 ** 32 - 8)] as const,
      [type, 2 ** 32 - 8, 1, oob(size, 2 ** 32 - 8)] as const,
      [type, 0, most, oob(most * size, 0)] as const,
      [type, 0, most + 1, tooLong((most + 1) * size)] as const,
      [type, 0, 2 ** 32 - 1, tooLong((2 ** 32 - 1) * size)] as const,
      ...[1, 2, 4].flatMap((by) =>
        by % align === 0
          ? []
          : [
              [type, 128 + by, 1, unaligned(128 + by, align)] as const,
              [type, 128 + by, 0, unaligned(128 + by, align)] as const,
            ],
      ),
    ]
  })

/** One element, whose first word is given, that is no value of its type. */
export const ELEMENTS: readonly (readonly [title: string, type: string, n: number, word: number, message: string])[] = [
  ['a byte that begins nothing', 'text', 1, 0xff, noUtf8(1, 128)],
  ['a continuation byte alone', 'text', 1, 0x80, noUtf8(1, 128)],
  ['an overlong form', 'text', 2, 0x80c0, noUtf8(2, 128)],
  ['an overlong NUL in three bytes', 'text', 3, 0x8080e0, noUtf8(3, 128)],
  ['a surrogate', 'text', 3, 0x80a0ed, noUtf8(3, 128)],
  ['the end cut off', 'text', 2, 0x82e2, noUtf8(2, 128)],
  ['beyond U+10FFFF', 'text', 4, 0x808090f4, noUtf8(4, 128)],
  ['a five-byte form', 'text', 4, 0x808088f8, noUtf8(4, 128)],
  ['a wrong byte in a long string', 'text', 1000, 0xff, noUtf8(1000, 128)],
  ['a wrong byte after 24 good ones', 'text', 64, 0xc0, noUtf8(64, 128)],
  ['the first surrogate', 'chars', 1, 0xd800, noChar('0xd800')],
  ['the last surrogate', 'chars', 1, 0xdfff, noChar('0xdfff')],
  ['beyond the last char', 'chars', 1, 0x110000, noChar('0x110000')],
  ['the highest word', 'chars', 1, 0xffff_ffff, noChar('0xffffffff')],
  ['an enum one too far', 'fews', 1, 3, discriminant(3)],
  ['an enum of 255', 'fews', 1, 0xff, discriminant(255)],
  ['an enum of two bytes one too far', 'manys', 1, 300, discriminant(300)],
  ['an enum of 65535', 'manys', 1, 0xffff, discriminant(65535)],
  ['a variant one too far', 'shapes', 1, 3, discriminant(3)],
  ['a variant of 255', 'shapes', 1, 255, discriminant(255)],
  ['a string in a variant that is nowhere', 'shapes', 1, 2, noUtf8(1, 2048)],
  ['a string in a list that is nowhere', 'texts', 1, SIZE + 1, oob(0, SIZE + 1)],
]

const memory = (word: number): Violation['memory'] => [[64, word]]

/** Discriminants of results that stand in memory. */
export const DISCRIMINANTS: readonly Violation[] = [
  { title: 'option of 2', type: 'opt', memory: memory(2), value: 64, message: discriminant(2) },
  { title: 'option of 255', type: 'opt', memory: memory(255), value: 64, message: discriminant(255) },
  { title: 'nested option, the outer', type: 'nested', memory: memory(2), value: 64, message: discriminant(2) },
  { title: 'nested option, the inner', type: 'nested', memory: memory(0x201), value: 64, message: discriminant(2) },
  { title: 'result of 2 in a tuple', type: 'res', memory: memory(2), value: 64, message: discriminant(2) },
  { title: 'result of 2', type: 'outcome', memory: memory(2), value: 64, message: discriminant(2) },
  { title: 'variant of two bytes', type: 'both', memory: memory(300), value: 64, message: discriminant(300) },
  {
    title: 'an err that is no string',
    type: 'outcome',
    memory: [
      [64, 1],
      [68, 128],
      [72, 1],
      [128, 0xff],
    ],
    value: 64,
    message: noUtf8(1, 128),
  },
]

/** Results that are core values. */
export const FLAT: readonly Violation[] = [
  { title: 'char, a surrogate', type: 'letter', memory: [], value: 0xd800, message: noChar('0xd800') },
  { title: 'char, the last surrogate', type: 'letter', memory: [], value: 0xdfff, message: noChar('0xdfff') },
  { title: 'char beyond the last', type: 'letter', memory: [], value: 0x110000, message: noChar('0x110000') },
  { title: 'char -1', type: 'letter', memory: [], value: 2 ** 32 - 1, message: noChar('0xffffffff') },
  { title: 'enum one too far', type: 'one', memory: [], value: 3, message: discriminant(3) },
  { title: 'enum 256 is not 0', type: 'one', memory: [], value: 256, message: discriminant(256) },
  { title: 'enum -1', type: 'one', memory: [], value: 2 ** 32 - 1, message: discriminant(2 ** 32 - 1) },
  { title: 'enum of 300 cases', type: 'big', memory: [], value: 300, message: discriminant(300) },
  { title: 'result 2', type: 'done', memory: [], value: 2, message: discriminant(2) },
  { title: 'result -1', type: 'done', memory: [], value: 2 ** 32 - 1, message: discriminant(2 ** 32 - 1) },
]
