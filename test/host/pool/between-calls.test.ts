// What goes wrong between calls, or while they are handed out: each call has an outcome, and none is made that nobody waits for.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { setEnvironmentData } from 'node:worker_threads'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { Pool } from 'witgen/host'
import { Pipeline } from '../../../generated/pipeline.ts'
import { pipelineGuest, pipelinePool, rejection, untilEnd, worker } from './pools.ts'

const importsModule = new URL('./broken-module.ts', import.meta.url)
const words = new Int32Array(new SharedArrayBuffer(16))
setEnvironmentData('witgen broken', words.buffer)
beforeEach(() => void words.fill(0))
afterAll(() => setEnvironmentData('witgen broken', undefined))

const made = (): number => Atomics.load(words, 2)
const ones = (count: number): number[] => Array<number>(count).fill(1)

/** A pool that knows how short calls are, and sends many together. */
async function warm(options: Parameters<typeof pipelinePool>[0] = {}): ReturnType<typeof pipelinePool> {
  const pool = await untilEnd(pipelinePool({ size: 1, importsModule, ...options }))
  await pool.map('analysis.callBack', ones(200))
  words.fill(0)
  return pool
}

test.each([1, 2])(
  'where a new instance cannot be made, the calls behind go to another worker (%i times)',
  async (times) => {
    const pool = await warm({ recycle: { calls: 10 } })
    words[0] = times
    expect(await pool.map('analysis.callBack', ones(100))).toEqual(ones(100))
    expect(made()).toBe(100)
    expect(pool.stats().replaced).toBe(times)
  },
)

test('a worker that ends while others are starting is replaced', async () => {
  words[1] = 1
  const pool = await untilEnd(Pool.create(Pipeline, [pipelineGuest, pipelineGuest], { size: 2, worker, importsModule }))
  for (const source of [0, 1]) expect(await pool.call('analysis.callBack', [1], { source })).toBe(1)
  expect(pool.stats()).toMatchObject({ replaced: 1 })
})

test('no calls are made of items that are read before one that cannot be', async () => {
  const pool = await warm()
  function* items(): Generator<number> {
    yield* ones(5)
    throw new Error('no more items')
  }
  expect(await rejection(pool.map('analysis.callBack', items()))).toMatchObject({ message: 'no more items' })
  await pool.analysis.callBack(1)
  expect(made()).toBe(1)
})

test('calls that were to be sent with one that cannot be are not made for a map that has ended', async () => {
  const pool = await warm()
  const items = [1, 1, (() => 1) as unknown as number, ...ones(20)]
  expect(await rejection(pool.map('analysis.callBack', items))).toMatchObject({ codeName: 'InvalidParam' })
  await pool.analysis.callBack(1)
  expect(made()).toBe(1)
})

test('a signal that is aborted while arguments or items are read counts', async () => {
  const pool = await warm()
  const [call, map] = [new AbortController(), new AbortController()]
  const args = [
    {
      get id() {
        call.abort()
        return 1
      },
    },
  ]
  const cancelled = pool.call('analysis.callBack', args as never, { signal: call.signal })
  expect(await rejection(cancelled)).toMatchObject({ codeName: 'Cancelled' })
  const items = { [Symbol.iterator]: () => (map.abort(), ones(3)[Symbol.iterator]()) }
  const none = pool.map('analysis.callBack', items, { signal: map.signal })
  expect(await rejection(none)).toMatchObject({ codeName: 'Cancelled' })
  expect(await pool.analysis.callBack(1)).toBe(1)
})

test('a pool that is disposed of by what it is given leaves nobody waiting', async () => {
  const pool = await warm()
  const items = {
    [Symbol.iterator]: () => {
      void pool[Symbol.asyncDispose]()
      return ones(3)[Symbol.iterator]()
    },
  }
  expect(await rejection(pool.map('analysis.callBack', items))).toMatchObject({ codeName: 'Disposed' })
})

test('a call that is refused because too many wait is not made', async () => {
  const options = { size: 2, worker, importsModule, maxQueue: 3 }
  const pool = await untilEnd(Pool.create(Pipeline, [pipelineGuest, pipelineGuest], options))
  await pool.map('analysis.callBack', ones(200))
  words.fill(0)
  const items = [2, ...ones(60)]
  const map = pool.map('analysis.callBack', items, { source: 0, onError: 'settle' })
  // A worker has ended, and what it had waits for the next one.
  while (pool.stats().waiting <= 3) await new Promise((resolve) => setImmediate(resolve))
  expect(await pool.call('analysis.callBack', [1], { source: 1 })).toBe(1)
  expect((await map).map(({ status }) => status)).toEqual(items.map((n) => (n === 2 ? 'rejected' : 'fulfilled')))
  expect(made()).toBe(61)
})

test('maps of nothing leave nothing', async () => {
  const pool = await warm()
  const refs = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const items: number[] = []
      await pool.map('analysis.callBack', items)
      return new WeakRef(items)
    }),
  )
  setFlagsFromString('--expose-gc')
  await new Promise((resolve) => setTimeout(resolve, 10))
  runInNewContext('gc')()
  expect(refs.map((ref) => ref.deref())).toEqual([undefined, undefined, undefined])
})
