import { expect, test } from 'vitest'
import { isWasmError } from 'witgen/runtime'
import { Pool } from 'witgen/host'
import { Pipeline } from '../../../generated/pipeline.ts'
import type { Level } from '../../../generated/demo/pipeline/log.ts'
import { pipelineGuest, pipelinePool, rejection, untilEnd, worker } from './pools.ts'

const importsModule = new URL('./imports-module.ts', import.meta.url)

test('imports of the main thread: in order, synchronous for the guest', async () => {
  const lines: string[] = []
  const log = (level: Level, message: string): void => void lines.push(`${level}: ${message}`)
  const pool = await untilEnd(pipelinePool({ imports: { 'demo:pipeline/log': { log } } }))
  expect(await pool.analysis.callBack(3)).toBe(3)
  expect(lines).toEqual(['debug: call 1 of 3', 'debug: call 2 of 3', 'debug: call 3 of 3'])
  expect(await pool.map('analysis.callBack', [10, 20, 30, 40])).toEqual([10, 20, 30, 40])
  expect(lines).toHaveLength(103)
})

test('members of a class are imports too, with their `this`', async () => {
  class Log {
    lines = 0
    log(): void {
      this.lines++
    }
  }
  const log = new Log()
  const pool = await untilEnd(pipelinePool({ imports: { 'demo:pipeline/log': log } }))
  await pool.analysis.callBack(5)
  expect(log.lines).toBe(5)
})

test('what an import throws is the cause of HostError: the same object', async () => {
  const thrown = new RangeError('no space left')
  const log = (): void => {
    throw thrown
  }
  const pool = await untilEnd(pipelinePool({ imports: { 'demo:pipeline/log': { log } } }))
  const error = await rejection(pool.analysis.callBack(1))
  if (!isWasmError(error, 'HostError')) throw error
  expect(error.cause).toBe(thrown)
  expect(await pool.analysis.shout('alive')).toBe('ALIVE')
})

test('a Promise of an import is HostError, as without a pool', async () => {
  const log = async (): Promise<void> => {}
  const imports = { 'demo:pipeline/log': { log } }
  const pool = await untilEnd(pipelinePool({ imports }))
  const alone = await Pipeline.load(pipelineGuest, { imports })
  const expected = await rejection((async () => alone.analysis.callBack(1))())
  alone.dispose()
  if (!isWasmError(expected, 'HostError')) throw expected
  expect(await rejection(pool.analysis.callBack(1))).toMatchObject({
    codeName: 'HostError',
    message: expected.message,
  })
})

test('what cannot be sent back is HostError', async () => {
  const log = (): unknown => () => {}
  const pool = await untilEnd(pipelinePool({ imports: { 'demo:pipeline/log': { log: log as () => void } } }))
  expect(await rejection(pool.analysis.callBack(1))).toMatchObject({
    codeName: 'HostError',
    cause: expect.objectContaining({ message: expect.stringContaining('cannot be sent to a worker') }),
  })
})

test('a worker that sleeps in an import of the main thread can be ended', async () => {
  let answers = 0
  const log = (): void => {
    answers++
    // The answer comes, but late: the main thread is busy for longer than the guest may run.
    const end = performance.now() + 200
    while (performance.now() < end);
  }
  const pool = await untilEnd(
    pipelinePool({ size: 1, imports: { 'demo:pipeline/log': { log } }, policy: { maxExecutionTimeMs: 100 } }),
  )
  expect(await rejection(pool.analysis.callBack(1000))).toMatchObject({ codeName: 'ExecutionTimeout' })
  // Requests that keep coming do not keep the limit from being looked at.
  expect(answers).toBeLessThan(5)
  expect(await pool.analysis.shout('alive')).toBe('ALIVE')
})

test('classes of resources are refused: their objects belong to one thread', async () => {
  class Sink {}
  const imports = { 'demo:pipeline/log': { log: () => {} }, 'wasi:sinks/x': { Sink } }
  expect(await rejection(Pool.create(Pipeline, pipelineGuest, { size: 1, worker, imports }))).toMatchObject({
    codeName: 'LinkError',
    message: expect.stringContaining("imports['wasi:sinks/x'].Sink is a class"),
  })
})

test('imports of a module are answered in the worker', async () => {
  const pool = await untilEnd(pipelinePool({ size: 1, importsModule }))
  const error = await rejection(pool.analysis.callBack(7777))
  expect(error).toMatchObject({
    codeName: 'HostError',
    cause: expect.objectContaining({ message: expect.stringMatching(/^thread [1-9]/) }),
  })
})

test('a worker that ends itself is WorkerCrashed for its own call, and is replaced', async () => {
  const pool = await untilEnd(pipelinePool({ importsModule }))
  const settled = await pool.map('analysis.callBack', [1, 2, 6666, 4, 5, 6], { onError: 'settle' })
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.codeName))).toEqual([
    1,
    2,
    'WorkerCrashed',
    4,
    5,
    6,
  ])
  expect(pool.stats().replaced).toBe(1)
})

test('a worker that runs out of memory is WorkerCrashed for its own call, and is replaced', async () => {
  const resourceLimits = { maxOldGenerationSizeMb: 40 }
  const pool = await untilEnd(pipelinePool({ importsModule, worker: { ...worker, resourceLimits } }))
  const settled = await pool.map('analysis.callBack', [1, 5555, 3], { onError: 'settle' })
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    1,
    expect.stringMatching(/WorkerCrashed.*callBack|call-back was running.*memory/s),
    3,
  ])
})

test('a module of imports that cannot be loaded fails the pool, and leaves no worker', async () => {
  const missing = new URL('./no-such-module.ts', import.meta.url)
  expect(await rejection(pipelinePool({ importsModule: missing }))).toMatchObject({
    codeName: 'InvalidParam',
    message: expect.stringContaining(
      `importsModule: ${String(missing)} cannot be loaded by a worker: Cannot find module`,
    ),
    cause: { code: 'ERR_MODULE_NOT_FOUND' },
  })
})
