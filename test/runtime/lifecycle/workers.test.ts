import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Pool } from 'witgen/host'
import { liveReport } from 'witgen/runtime'
import { Pipeline } from '../../../generated/pipeline.ts'

const guest = fileURLToPath(new URL('../../guests/rust/pipeline.wasm', import.meta.url))

test('worker threads are listed with what they do, until they have ended', async () => {
  const imports = { 'demo:pipeline/log': { log() {} } }
  const pool = await Pool.create(Pipeline, guest, { size: 2, imports })
  expect(await pool.analysis.shout('a')).toBe('A')
  const idle = [
    { name: expect.stringMatching(/ 1$/u) as string, state: 'idle' },
    { name: expect.stringMatching(/ 2$/u) as string, state: 'idle' },
  ]
  expect(liveReport().workers).toEqual(idle)
  const call = pool.analysis.shout('b')
  // What is sent at the end of the job makes one of them busy.
  await Promise.resolve()
  expect(
    liveReport()
      .workers.map(({ state }) => state)
      .toSorted(),
  ).toEqual(['busy', 'idle'])
  expect(String(liveReport())).toMatch(
    /, 2 workers.*\n {2}worker .+ 1: (?:busy\n {2}worker .+ 2: idle|idle\n.*busy)$/su,
  )
  expect(await call).toBe('B')
  expect(liveReport().workers).toEqual(idle)
  await pool[Symbol.asyncDispose]()
  expect(liveReport()).toMatchObject({ workers: [], instances: [] })
})
