// What goes wrong between calls, or while they are handed out: each call has an outcome, and none is made that nobody waits for.
import { setEnvironmentData } from 'node:worker_threads'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { pipelinePool, rejection, untilEnd } from './pools.ts'

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

test('calls that were to be sent with one that cannot be are not made for a map that has ended', async () => {
  const pool = await warm()
  const items = [1, 1, (() => 1) as unknown as number, ...ones(20)]
  expect(await rejection(pool.map('analysis.callBack', items))).toMatchObject({ codeName: 'InvalidParam' })
  await pool.analysis.callBack(1)
  expect(made()).toBe(1)
})
