// What crosses to another thread as its buffer, and what is cloned with the rest.
import { describe, expect, test } from 'vitest'
import { largeBuffers, movable } from '../../../src/host/pool/binary.ts'

const LARGE = 20_000

describe('arguments', () => {
  test.each([
    ['a typed array', new Uint8Array(LARGE).fill(7)],
    ['of another kind', new Float64Array(LARGE).fill(0.5)],
    ['a part of an array', new Uint8Array(LARGE * 2).subarray(5, LARGE + 5)],
  ])('%s: a copy is moved, the own one stays', (_what, given) => {
    const { args, moved } = movable([given, 'text'])
    expect(args).toEqual([given, 'text'])
    const [copy] = args as [Uint8Array]
    expect(moved).toEqual([copy.buffer])
    expect(copy.buffer).not.toBe(given.buffer)
    const crossed = structuredClone(args, { transfer: [...moved] })
    expect([copy.byteLength, given.byteLength > 0]).toEqual([0, true])
    expect(crossed).toEqual([given, 'text'])
  })

  test("Node's buffers are not moved with the pool of memory that they are from", () => {
    const given = Buffer.from('x'.repeat(LARGE))
    const { args, moved } = movable([given])
    expect(moved.map(({ byteLength }) => byteLength)).toEqual([LARGE])
    expect(args[0]).toEqual(given)
  })

  test('inside of records and lists', () => {
    const given = [{ id: 1, data: new Uint8Array(LARGE) }]
    const { args, moved } = movable([given])
    expect(moved).toHaveLength(1)
    expect(args).toEqual([given])
    expect(given[0]?.data.byteLength).toBe(LARGE)
  })

  test('shared memory stays what it is, small arrays are cloned', () => {
    const args = [new Uint8Array(new SharedArrayBuffer(LARGE)), new Uint8Array(10)]
    const result = movable(args)
    expect(result.moved).toEqual([])
    expect(result.args).toBe(args)
  })
})

describe('results', () => {
  test('large buffers are moved; what is a part of a larger one, shared or small is not', () => {
    const own = new Float64Array(LARGE)
    const others = [
      new Uint8Array(LARGE * 2).subarray(0, LARGE),
      new Uint8Array(new SharedArrayBuffer(LARGE)),
      new Uint8Array(10),
    ]
    expect(largeBuffers([{ values: own, other: own }, ...others])).toEqual([own.buffer])
  })
})
