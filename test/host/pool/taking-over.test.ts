import { setEnvironmentData } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { Control } from '../../../src/host/pool/control.ts'
import { pipelinePool, untilEnd } from './pools.ts'

const importsModule = new URL('./held-module.ts', import.meta.url)
const words = new Int32Array(new SharedArrayBuffer(8))
setEnvironmentData('witgen held', words.buffer)
afterAll(() => setEnvironmentData('witgen held', undefined))

test.each([2, 3])('of %i workers, one that is slow loses the calls behind to the others', async (size) => {
  const pool = await untilEnd(pipelinePool({ size, importsModule }))
  // So short that many are sent together.
  await pool.map('analysis.callBack', Array<number>(500).fill(1))
  for (const at of [0, 40, 98]) {
    words.set([0, 99])
    const items = Array.from({ length: 100 }, (_, i) => (i === at ? 2 : 1))
    expect(await pool.map('analysis.callBack', items)).toEqual(items)
  }
  words.set([0, 99])
  const items = [2, ...Array<number>(99).fill(1)]
  expect(await Promise.all(items.map((n) => pool.analysis.callBack(n)))).toEqual(items)
  // None was made twice.
  expect(words[0]).toBe(99)
})

test('calls that are taken back are those that have not begun, each is made once', () => {
  const main = new Control()
  const worker = new Control(main.buffer)
  main.offer(6, false)
  // The first is what the worker was woken for.
  expect(main.withdraw('half')).toBe(3)
  expect(worker.claim()).toBe(true)
  expect(main.withdraw('half')).toBe(2)
  expect(main.withdraw('half')).toBe(1)
  expect(main.withdraw('half')).toBe(undefined)
  expect(worker.claim()).toBe(false)

  main.offer(5, false)
  expect([worker.claim(), worker.claim()]).toEqual([true, true])
  expect(main.withdraw('all')).toBe(2)
  expect(worker.claim()).toBe(false)
  main.offer(2, false)
  expect(main.withdraw('all')).toBe(0)
  expect(worker.claim()).toBe(false)
})
