// The vector guest and its scalar twin: what they consist of, that they compute the same, and engines without SIMD.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { print } from '@bytecodealliance/jco'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { compile, instantiate } from 'witgen/runtime'
import { guestFiles, isSkipped } from './guests.ts'

interface Kernels {
  dot(a: Int16Array, b: Int16Array): bigint
  dotFloats(a: Float32Array, b: Float32Array): number
  addSaturating(a: Uint8Array, b: Uint8Array): Uint8Array
  countByte(bytes: Uint8Array, value: number): number
}

const vectors = guestFiles('simd/vector.wasm')
const scalars = guestFiles('simd/scalar.wasm')

/** The names of the instructions on v128 in a component. */
async function vectorInstructions(path: string): Promise<ReadonlySet<string>> {
  const text = await print(readFileSync(path))
  return new Set(text.match(/\b(?:v128|[if](?:8x16|16x8|32x4|64x2))\.\w+/g))
}

async function load(path: string): Promise<Kernels> {
  const { exports } = instantiate<{ 'test:simd/kernels': Kernels }>(await compile(path))
  return exports['test:simd/kernels']
}

/** A list of each length up to a few vectors and back, and one more or less. */
const pair = <T>(element: fc.Arbitrary<T>): fc.Arbitrary<readonly [T[], T[]]> => {
  const list = fc.array(element, { maxLength: 70, size: 'max' })
  return fc.tuple(list, list)
}

describe.skipIf(isSkipped('c'))('simd', () => {
  test.each(vectors)('$title has instructions on vectors', async ({ path }) => {
    expect([...(await vectorInstructions(path))]).toEqual(
      expect.arrayContaining([
        'v128.load',
        'v128.store',
        'i8x16.add_sat_u',
        'i8x16.bitmask',
        'i8x16.eq',
        'i32x4.extmul_low_i16x8_s',
        'i32x4.extmul_high_i16x8_s',
        'i64x2.add',
        'f32x4.mul',
        'f32x4.add',
      ]),
    )
  })

  test.each(scalars)('$title has none', async ({ path }) => {
    expect([...(await vectorInstructions(path))]).toEqual([])
  })

  describe.each(vectors.map(({ title, path }, i) => ({ title, path, twin: scalars[i]?.path ?? '' })))(
    '$title, its twin and JavaScript agree',
    ({ path, twin }) => {
      let both: readonly [Kernels, Kernels]
      beforeAll(async () => {
        both = [await load(path), await load(twin)]
      })

      test('dot', () => {
        const check = (a: Int16Array, b: Int16Array): void => {
          const n = Math.min(a.length, b.length)
          const expected = a.subarray(0, n).reduce((sum, x, i) => sum + BigInt(x * (b[i] ?? NaN)), 0n)
          expect(both.map((kernels) => kernels.dot(a, b))).toEqual([expected, expected])
        }
        const element = fc.oneof(fc.integer({ min: -32_768, max: 32_767 }), fc.constantFrom(-32_768, 32_767))
        fc.assert(fc.property(pair(element), ([a, b]) => check(Int16Array.from(a), Int16Array.from(b))))
        const least = new Int16Array(200_003).fill(-32_768)
        check(least, least)
      })

      test('dotFloats', () => {
        const element = fc.oneof(fc.float({ noNaN: true }), fc.float({ noNaN: true, min: -100, max: 100 }))
        fc.assert(
          fc.property(pair(element), ([x, y]) => {
            const [a, b] = [Float32Array.from(x), Float32Array.from(y)]
            const expected = dotOfFloats(a, b)
            expect(both.map((kernels) => kernels.dotFloats(a, b))).toEqual([expected, expected])
          }),
          { numRuns: 500 },
        )
        // The order counts here: from left to right it would be 1, then 0.
        const [big, one] = [Float32Array.of(1e8, 1, -1e8, 1), new Float32Array(4).fill(1)]
        expect(both.map((kernels) => kernels.dotFloats(big, one))).toEqual([0, 0])
        const order = Float32Array.of(1, 1e8, 0, 0, 0, -1e8, 0, 0)
        expect(both.map((kernels) => kernels.dotFloats(order, new Float32Array(8).fill(1)))).toEqual([1, 1])
      })

      test('addSaturating', () => {
        const element = fc.integer({ min: 0, max: 255 })
        fc.assert(
          fc.property(pair(element), ([a, b]) => {
            const expected = Uint8Array.from(a.slice(0, b.length), (x, i) => Math.min(255, x + (b[i] ?? NaN)))
            const [c, d] = [Uint8Array.from(a), Uint8Array.from(b)]
            expect(both.map((kernels) => kernels.addSaturating(c, d))).toEqual([expected, expected])
          }),
        )
      })

      test('countByte', () => {
        const element = fc.integer({ min: 0, max: 3 })
        fc.assert(
          fc.property(fc.array(element, { maxLength: 70, size: 'max' }), element, (list, value) => {
            const expected = list.filter((byte) => byte === value).length
            const bytes = Uint8Array.from(list)
            expect(both.map((kernels) => kernels.countByte(bytes, value))).toEqual([expected, expected])
          }),
        )
        const many = new Uint8Array(1_000_003).fill(255)
        expect(both.map((kernels) => kernels.countByte(many, 255))).toEqual([1_000_003, 1_000_003])
      })

      test('calls with more than the memory holds, taken together: what they take is given back', () => {
        const [kernels] = both
        const bytes = new Uint8Array(2 ** 26).fill(200)
        for (let i = 0; i < 65; i++) expect(kernels.countByte(bytes, 200)).toBe(bytes.length)
        const some = bytes.subarray(0, 100)
        for (let i = 0; i < 10; i++) expect(kernels.addSaturating(some, some)).toEqual(new Uint8Array(100).fill(255))
      })
    },
  )

  // V8 has no SIMD on processors without SSE 4.1, and can be told that this is one. Other processors than x64 always have it.
  test.runIf(process.arch === 'x64').each(vectors)('$title is refused by an engine without SIMD', ({ path }) => {
    expect(outputWithoutSimd(path)).toContain('[5 InvalidModule]: the guest needs SIMD, which Node 16 and newer have')
    expect(outputWithoutSimd(scalars[0]?.path ?? '')).toBe('compiled\n')
  })
})

/** `dot-floats` as the WIT has it. */
function dotOfFloats(a: Float32Array, b: Float32Array): number {
  const length = Math.min(a.length, b.length)
  const whole = length - (length % 4)
  const product = (i: number): number => Math.fround((a[i] ?? NaN) * (b[i] ?? NaN))
  const column = (first: number): number => {
    let sum = 0
    for (let i = first; i < whole; i += 4) sum = Math.fround(sum + product(i))
    return sum
  }
  let sum = Math.fround(Math.fround(column(0) + column(1)) + Math.fround(column(2) + column(3)))
  for (let i = whole; i < length; i++) sum = Math.fround(sum + product(i))
  return sum
}

/** What compiling a guest prints where the engine has no SIMD. */
function outputWithoutSimd(path: string): string {
  const script = `
    import { compile } from 'witgen/runtime'
    await compile(${JSON.stringify(path)}).then(() => console.log('compiled'), (error) => console.log(error.message))`
  const options = ['--no-enable-sse4-1', '--conditions=witgen-source', '--input-type=module', '--eval', script]
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, options, { cwd, encoding: 'utf8' })
  return stdout + stderr
}
