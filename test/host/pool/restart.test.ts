// Workers that could be started once and cannot be started again: nobody waits for them.
import { setEnvironmentData } from 'node:worker_threads'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { Pool, type PoolOf } from 'witgen/host'
import { Pipeline } from '../../../generated/pipeline.ts'
import { pipelineGuest, pipelinePool, rejection, untilEnd, worker } from './pools.ts'

const importsModule = new URL('./failing-module.ts', import.meta.url)
const words = new Int32Array(new SharedArrayBuffer(12))
setEnvironmentData('witgen failing', words.buffer)
beforeEach(() => void words.set([0, 2, 0]))
afterAll(() => setEnvironmentData('witgen failing', undefined))

const loads = (): number => Atomics.load(words, 0)

/** Two sources with a worker each, of which the second has ended and cannot be started again. */
async function halfDead(): Promise<PoolOf<typeof Pipeline>> {
  const sources = [pipelineGuest, pipelineGuest]
  const pool = await untilEnd(Pool.create(Pipeline, sources, { size: 2, worker, importsModule }))
  expect(await rejection(pool.call('analysis.callBack', [1], { source: 1 }))).toMatchObject({
    codeName: 'WorkerCrashed',
  })
  return pool
}

test('a call that only they could make fails with what keeps them from starting', async () => {
  const pool = await halfDead()
  for (let i = 0; i < 2; i++) {
    const [call, map] = [
      rejection(pool.call('analysis.shout', ['a'], { source: 1 })),
      rejection(pool.map('analysis.shout', ['a', 'b'], { source: 1 })),
    ]
    for (const error of [await call, await map]) {
      expect(error).toMatchObject({ codeName: 'WorkerCrashed', message: expect.stringContaining('no more') })
    }
    expect(await pool.call('analysis.shout', ['a'], { source: 0 })).toBe('A')
  }
  expect(await pool.map('analysis.shout', ['a', 'b'])).toEqual(['A', 'B'])
  // Once they can be started, they are.
  Atomics.store(words, 1, 1_000_000)
  expect(await pool.call('analysis.shout', ['a'], { source: 1 })).toBe('A')
})

test('they are not started again and again while others work', async () => {
  const pool = await halfDead()
  const items = Array<number>(6).fill(2)
  expect(await pool.map('analysis.callBack', items)).toEqual(items)
  // Those of the beginning, that which came after the crash, and one per second at most.
  expect(loads()).toBeLessThanOrEqual(6)
})

test('where no worker is left, calls fail, until one can be started', async () => {
  words[1] = 1
  const pool = await untilEnd(pipelinePool({ size: 1, importsModule }))
  await rejection(pool.analysis.callBack(1))
  for (let i = 0; i < 2; i++)
    expect(await rejection(pool.analysis.shout('a'))).toMatchObject({ codeName: 'WorkerCrashed' })
  Atomics.store(words, 1, 1_000_000)
  expect(await pool.analysis.shout('a')).toBe('A')
})
