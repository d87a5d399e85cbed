import { crc32 } from 'node:zlib'
import type { Calls } from '../call.ts'

const S32_MIN = -2_147_483_648
const S32_MAX = 2_147_483_647

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** More bytes than a page of memory holds. */
const BYTES = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31 + (i >> 8)) % 256)

/** Calls with lists of numbers. Bounds are not asked of lists that hold both 0 and −0: the smaller of the two is not defined. */
export const lists: Calls<'checksum' | 'reverseBytes' | 'scale' | 'runningSums' | 'bounds'> = {
  checksum: [
    { what: 'of nothing', args: [[]], gives: { value: 0 } },
    { what: 'of a zero', args: [[0]], gives: { value: 0xd202ef8d } },
    { what: 'of the usual digits', args: [ascii('123456789')], gives: { value: 0xcbf43926 } },
    {
      what: 'of the usual sentence',
      args: [ascii('The quick brown fox jumps over the lazy dog')],
      gives: { value: 0x414fa339 },
    },
    { what: 'of more than a page', args: [BYTES], gives: { value: crc32(BYTES) } },
  ],

  reverseBytes: [
    { what: 'nothing', args: [[]], gives: { value: Uint8Array.of() } },
    { what: 'an array', args: [[1, 2, 255]], gives: { value: Uint8Array.of(255, 2, 1) } },
    { what: 'a part of a buffer', args: [BYTES.subarray(1, 4)], gives: { value: Uint8Array.of(93, 62, 31) } },
    {
      what: 'more than a page',
      args: [BYTES],
      gives: { value: Uint8Array.from(BYTES, (_, i) => BYTES[69_999 - i] ?? 0) },
    },
  ],

  scale: [
    { what: 'nothing', args: [[], 2], gives: { value: Float64Array.of() } },
    { what: 'by 2', args: [Float64Array.of(1, -2.5, 1e300), 2], gives: { value: Float64Array.of(2, -5, 2e300) } },
    { what: 'by −1', args: [[0, -0, 0.1], -1], gives: { value: Float64Array.of(-0, 0, -0.1) } },
    {
      what: 'out of range',
      args: [[1e308, -1e308, 5e-324], 10],
      gives: { value: Float64Array.of(Infinity, -Infinity, 5e-323) },
    },
    { what: 'to no number', args: [[Infinity, NaN, 1], 0], gives: { value: Float64Array.of(NaN, NaN, 0) } },
  ],

  runningSums: [
    { what: 'of nothing', args: [[]], gives: { value: BigInt64Array.of() } },
    { what: 'of some', args: [[1, -2, 3, -4]], gives: { value: BigInt64Array.of(1n, -1n, 2n, -2n) } },
    {
      what: 'beyond 32 bits',
      args: [[S32_MAX, S32_MAX, S32_MAX]],
      gives: { value: BigInt64Array.of(2_147_483_647n, 4_294_967_294n, 6_442_450_941n) },
    },
    {
      what: 'below 32 bits',
      args: [Int32Array.of(S32_MIN, S32_MIN)],
      gives: { value: BigInt64Array.of(-2_147_483_648n, -4_294_967_296n) },
    },
    {
      what: 'of many',
      args: [Int32Array.from({ length: 20_000 }, (_, i) => i + 1)],
      gives: { value: BigInt64Array.from({ length: 20_000 }, (_, i) => (BigInt(i + 1) * BigInt(i + 2)) / 2n) },
    },
  ],

  bounds: [
    { what: 'of nothing', args: [[]], gives: { value: undefined } },
    { what: 'of one', args: [[-7.25]], gives: { value: [-7.25, -7.25] } },
    { what: 'of some', args: [[3, -1.5, 0.5]], gives: { value: [-1.5, 3] } },
    { what: 'of infinities', args: [Float32Array.of(Infinity, 1, -Infinity)], gives: { value: [-Infinity, Infinity] } },
    { what: 'of numbers below zero', args: [[-3, -1, -2]], gives: { value: [-3, -1] } },
  ],
}
