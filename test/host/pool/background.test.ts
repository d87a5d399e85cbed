import { setTimeout as pause } from 'node:timers/promises'
import { setEnvironmentData } from 'node:worker_threads'
import { afterAll, describe, expect, test } from 'vitest'
import { pipelinePool, untilEnd } from './pools.ts'

const importsModule = new URL('./background-module.ts', import.meta.url)

afterAll(() => setEnvironmentData('witgen background', undefined))

describe('what an imports module has begun goes on', () => {
  test.each([
    ['a timer', 1],
    ['a timer that keeps nothing alive', 2],
    ['a promise', 3],
    ['a next tick', 4],
  ])('%s', async (_what, n) => {
    const memory = new SharedArrayBuffer(4)
    setEnvironmentData('witgen background', memory)
    const pool = await untilEnd(pipelinePool({ size: 1, importsModule }))
    const count = (): number => Atomics.load(new Int32Array(memory), 0)

    await pool.analysis.callBack(n)
    while (count() < 1) await pool.analysis.isUpper('A')

    for (let i = 0; i < 20; i++) await pool.analysis.isUpper('A')
    await pool.analysis.callBack(n)
    while (count() < 2) await pause(1)
    expect(count()).toBe(2)
  })
})
