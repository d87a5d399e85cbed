import type { Calls } from '../call.ts'

const U32_MAX = 4_294_967_295
const S32_MIN = -2_147_483_648
const S64_MIN = -(2n ** 63n)
const S64_MAX = 2n ** 63n - 1n
const U64_MAX = 2n ** 64n - 1n

/** The smallest f32 above zero. */
const F32_LEAST = 2 ** -149
const F32_MOST = (2 - 2 ** -23) * 2 ** 127

const overflow = { error: { tag: 'unusable', val: 'overflow' } } as const
const byZero = { error: { tag: 'unusable', val: 'division by zero' } } as const

/** Flags as a guest returns them: all of them. */
function marks(...names: readonly ('negative' | 'zero' | 'even' | 'huge')[]): Record<(typeof names)[number], boolean> {
  const holds = (name: (typeof names)[number]): boolean => names.includes(name)
  return { negative: holds('negative'), zero: holds('zero'), even: holds('even'), huge: holds('huge') }
}

/** Calls with numbers, truth values and flags. */
export const numbers: Calls<
  | 'add'
  | 'multiply'
  | 'saturatingAdd'
  | 'divide'
  | 'divMod'
  | 'meanOfThree'
  | 'half'
  | 'exclusiveOr'
  | 'marksOf'
  | 'differingMarks'
> = {
  add: [
    { what: 'nothing', args: [0, 0], gives: { value: 0 } },
    { what: 'small numbers', args: [40, 2], gives: { value: 42 } },
    { what: 'up to 2³¹ − 1', args: [2 ** 30, 2 ** 30 - 1], gives: { value: 2_147_483_647 } },
    { what: 'above 2³¹', args: [2_147_483_648, 5], gives: { value: 2_147_483_653 } },
    { what: 'the largest', args: [U32_MAX, 0], gives: { value: U32_MAX } },
    { what: 'wraps to 0', args: [U32_MAX, 1], gives: { value: 0 } },
    { what: 'wraps twice the largest', args: [U32_MAX, U32_MAX], gives: { value: 4_294_967_294 } },
  ],

  multiply: [
    { what: 'by 0', args: [U64_MAX, 0n], gives: { value: 0n } },
    {
      what: 'beyond the integers of a double',
      args: [94_906_267n, 94_906_267n],
      gives: { value: 9_007_199_515_875_289n },
    },
    { what: 'the largest by 1', args: [1n, U64_MAX], gives: { value: U64_MAX } },
    { what: 'the largest by itself', args: [U64_MAX, U64_MAX], gives: { value: 1n } },
    { what: 'wraps', args: [2n ** 63n + 1n, 6n], gives: { value: 6n } },
  ],

  saturatingAdd: [
    { what: 'small numbers', args: [-5n, 8n], gives: { value: 3n } },
    { what: 'a negative sum', args: [-8n, 5n], gives: { value: -3n } },
    { what: 'up to the largest', args: [S64_MAX - 1n, 1n], gives: { value: S64_MAX } },
    { what: 'stops at the largest', args: [S64_MAX, 1n], gives: { value: S64_MAX } },
    { what: 'stops at the largest, far above', args: [S64_MAX, S64_MAX], gives: { value: S64_MAX } },
    { what: 'stops at the smallest', args: [S64_MIN, -1n], gives: { value: S64_MIN } },
    { what: 'both ends', args: [S64_MIN, S64_MAX], gives: { value: -1n } },
  ],

  divide: [
    { what: 'without remainder', args: [42, -7], gives: { value: -6 } },
    { what: 'towards zero, from above', args: [7, 2], gives: { value: 3 } },
    { what: 'towards zero, from below', args: [-7, 2], gives: { value: -3 } },
    { what: 'a small negative one', args: [1, -2], gives: { value: 0 } },
    { what: 'the smallest by 1', args: [S32_MIN, 1], gives: { value: S32_MIN } },
    { what: 'the smallest by itself', args: [S32_MIN, S32_MIN], gives: { value: 1 } },
    { what: 'does not fit', args: [S32_MIN, -1], gives: overflow },
    { what: 'by 0', args: [1, 0], gives: byZero },
    { what: '0 by 0', args: [0, 0], gives: byZero },
  ],

  divMod: [
    { what: 'the largest by 10', args: [U64_MAX, 10n], gives: { value: [1_844_674_407_370_955_161n, 5n] } },
    { what: 'by a larger one', args: [3n, U64_MAX], gives: { value: [0n, 3n] } },
    { what: 'by 1', args: [2n ** 63n, 1n], gives: { value: [2n ** 63n, 0n] } },
    { what: 'by 0', args: [1n, 0n], gives: { value: undefined } },
  ],

  meanOfThree: [
    { what: 'exact', args: [1, 2, 3], gives: { value: 2 } },
    { what: 'rounded down', args: [1, 1, 0], gives: { value: 0 } },
    { what: 'rounded down from −1/3', args: [-1, 0, 0], gives: { value: -1 } },
    { what: 'rounded down from −2/3', args: [-1, 0, -1], gives: { value: -1 } },
    { what: 'exact below zero', args: [-1, 0, -2], gives: { value: -1 } },
    { what: 'the smallest', args: [-128, 0, -32_768], gives: { value: -10_966 } },
    { what: 'the largest', args: [127, 255, 32_767], gives: { value: 11_049 } },
  ],

  half: [
    { what: 'of 3', args: [3], gives: { value: 1.5 } },
    { what: 'of −0', args: [-0], gives: { value: -0 } },
    { what: 'of what is closest to 0.1', args: [Math.fround(0.1)], gives: { value: Math.fround(0.1) / 2 } },
    { what: 'of the largest', args: [F32_MOST], gives: { value: F32_MOST / 2 } },
    { what: 'of the least, to even', args: [F32_LEAST], gives: { value: 0 } },
    { what: 'of three times the least, to even', args: [3 * F32_LEAST], gives: { value: 2 * F32_LEAST } },
    { what: 'of infinity', args: [-Infinity], gives: { value: -Infinity } },
    { what: 'of no number', args: [NaN], gives: { value: NaN } },
  ],

  exclusiveOr: [
    { what: 'neither', args: [false, false], gives: { value: false } },
    { what: 'the second', args: [false, true], gives: { value: true } },
    { what: 'the first', args: [true, false], gives: { value: true } },
    { what: 'both', args: [true, true], gives: { value: false } },
  ],

  marksOf: [
    { what: '0', args: [0n], gives: { value: marks('zero', 'even') } },
    { what: '1', args: [1n], gives: { value: marks() } },
    { what: '−1', args: [-1n], gives: { value: marks('negative') } },
    { what: '−2', args: [-2n], gives: { value: marks('negative', 'even') } },
    { what: 'below 2⁴⁰', args: [2n ** 40n - 1n], gives: { value: marks() } },
    { what: '2⁴⁰', args: [2n ** 40n], gives: { value: marks('even', 'huge') } },
    { what: 'above −2⁴⁰', args: [1n - 2n ** 40n], gives: { value: marks('negative') } },
    { what: 'below −2⁴⁰', args: [-1n - 2n ** 40n], gives: { value: marks('negative', 'huge') } },
    { what: 'the largest', args: [S64_MAX], gives: { value: marks('huge') } },
    { what: 'the smallest', args: [S64_MIN], gives: { value: marks('negative', 'even', 'huge') } },
  ],

  differingMarks: [
    {
      what: 'all and none',
      args: [marks('negative', 'zero', 'even', 'huge'), {}],
      gives: { value: marks('negative', 'zero', 'even', 'huge') },
    },
    { what: 'the same', args: [{ huge: true }, { huge: true }], gives: { value: marks() } },
    {
      what: 'some',
      args: [
        { zero: true, huge: true },
        { huge: true, even: true },
      ],
      gives: { value: marks('zero', 'even') },
    },
  ],
}
