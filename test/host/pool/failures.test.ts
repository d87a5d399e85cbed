import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GuestError, isWasmError, MetricsCollector, WasmError, type ErrorCodeName } from 'witgen/runtime'
import type { PoolOf } from 'witgen/host'
import type { Pipeline } from '../../../generated/pipeline.ts'
import { pipelinePool, rejection, untilEnd } from './pools.ts'

const LIMIT = 300

describe('two workers, calls of at most 300 ms', () => {
  let pool: PoolOf<typeof Pipeline>
  beforeAll(async () => {
    pool = await pipelinePool({ policy: { maxExecutionTimeMs: LIMIT } })
  })
  afterAll(() => pool[Symbol.asyncDispose]())

  test.each<[string, ErrorCodeName]>([
    ['panic', 'Unreachable'],
    ['divide', 'ArithmeticTrap'],
    ['memory', 'MemoryAccessViolation'],
    ['table', 'IndirectCallTrap'],
    ['stack', 'StackExhausted'],
    ['loop', 'ExecutionTimeout'],
  ])('%s in the middle leaves the other results', async (how, codeName) => {
    const items = Array.from({ length: 41 }, (_, i) => (i === 20 ? how : `not ${i}`))
    const settled = await pool.map('analysis.crash', items, { onError: 'settle' })
    const failed = settled.flatMap((result, index) => (result.status === 'rejected' ? [[index, result.reason]] : []))
    expect(failed).toHaveLength(1)
    const [index, error] = failed[0] ?? []
    expect(index).toBe(20)
    expect(error).toBeInstanceOf(WasmError)
    expect(error).toMatchObject({ codeName, module: 'pipeline.wasm', function: 'demo:pipeline/analysis#crash' })
    expect(await pool.analysis.shout('alive')).toBe('ALIVE')
  })

  test('a trap keeps its frames and its cause', async () => {
    const error = await rejection(pool.analysis.crash('divide'))
    if (!isWasmError(error, 'ArithmeticTrap')) throw error
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError)
    expect(error.frames.length).toBeGreaterThan(0)
    expect(error.frames[0]).toMatchObject({ functionIndex: expect.any(Number), offset: expect.any(Number) })
  })

  test('the worker of an endless loop is ended and replaced, its neighbour goes on', async () => {
    const before = pool.stats()
    const loop = rejection(pool.analysis.crash('loop'))
    const others = Array.from({ length: 20 }, (_, i) => pool.analysis.shout(`a${i}`))
    expect(await Promise.all(others)).toEqual(Array.from({ length: 20 }, (_, i) => `A${i}`))
    expect(await loop).toMatchObject({
      codeName: 'ExecutionTimeout',
      message: expect.stringContaining('crash ran longer than 300 ms'),
    })
    expect(pool.stats().replaced).toBe(before.replaced + 1)
  })

  test('random failures among random calls: each item has its own outcome, in order', async () => {
    const item = fc.oneof(
      { weight: 6, arbitrary: fc.string({ maxLength: 8 }).filter((text) => text !== 'loop') },
      { weight: 1, arbitrary: fc.constantFrom('panic', 'divide', 'stack', 'memory') },
    )
    const traps = new Set(['panic', 'unreachable', 'divide', 'memory', 'table', 'stack'])
    const property = fc.asyncProperty(fc.array(item, { maxLength: 60 }), async (items) => {
      const settled = await pool.map('analysis.crash', items, { onError: 'settle' })
      expect(settled.map(({ status }) => status)).toEqual(
        items.map((how) => (traps.has(how) ? 'rejected' : 'fulfilled')),
      )
      expect(await pool.map('analysis.shout', items)).toEqual(items.map((text) => text.toUpperCase()))
    })
    await fc.assert(property, { numRuns: 25 })
  })

  test("onError 'throw': the first error ends the map, and no further item is read", async () => {
    let read = 0
    function* samples(): Generator<{ id: number; weight: number; label: string }[]> {
      for (; read < 100_000; read++) yield [{ id: read, weight: read === 40 ? -1 : 1, label: 'a' }]
    }
    const error = await rejection(pool.map('analysis.preprocess', samples()))
    expect(error).toBeInstanceOf(GuestError)
    expect(error).toMatchObject({ payload: { tag: 'bad-sample', val: 40 } })
    await pool.drain()
    expect(read).toBeLessThan(5000)
  })

  test("timeoutMs of a call is what is left of the policy's limit", async () => {
    const error = await rejection(pool.call('analysis.crash', ['loop'], { timeoutMs: 50 }))
    expect(error).toMatchObject({ codeName: 'ExecutionTimeout', message: expect.stringContaining('50 ms') })
  })
})

describe('cancelling', () => {
  test('a call that runs, one that waits, and one that was not made', async () => {
    const pool = await untilEnd(pipelinePool({ size: 1 }))
    const controller = new AbortController()
    const { signal } = controller
    const running = rejection(pool.call('analysis.crash', ['loop'], { signal }))
    const waiting = rejection(pool.call('analysis.shout', ['a'], { signal }))
    const other = pool.analysis.shout('other')
    await sleep(30)
    controller.abort('enough')
    for (const error of await Promise.all([running, waiting])) {
      expect(error).toMatchObject({ codeName: 'Cancelled', cause: 'enough' })
    }
    expect(await rejection(pool.call('analysis.shout', ['a'], { signal }))).toMatchObject({ codeName: 'Cancelled' })
    expect(await other).toBe('OTHER')
    expect(pool.stats().replaced).toBe(1)
  })

  test('a map: its items are left alone, short calls do not cost the worker', async () => {
    const pool = await untilEnd(pipelinePool({ size: 1 }))
    const controller = new AbortController()
    let read = 0
    function* texts(): Generator<string> {
      for (; ; read++) yield `a${read}`
    }
    const map = rejection(pool.map('analysis.shout', texts(), { signal: controller.signal }))
    await sleep(50)
    controller.abort()
    expect(await map).toMatchObject({ codeName: 'Cancelled', cause: { name: 'AbortError' } })
    const end = read
    expect(await pool.analysis.shout('alive')).toBe('ALIVE')
    expect(read).toBe(end)
    expect(pool.stats().replaced).toBe(0)
  })
})

test('more calls than may wait are QueueFull; the others are made', async () => {
  const pool = await untilEnd(pipelinePool({ size: 1, maxQueue: 3 }))
  const calls = Array.from({ length: 6 }, (_, i) => pool.analysis.shout(`a${i}`))
  const settled = await Promise.allSettled(calls)
  expect(settled.map((one) => (one.status === 'rejected' ? one.reason.codeName : one.value))).toEqual([
    'A0',
    'A1',
    'A2',
    'A3',
    'QueueFull',
    'QueueFull',
  ])
})

test('instances give way to new ones by calls and by pages', async () => {
  const pool = await untilEnd(pipelinePool({ size: 1, recycle: { calls: 10 } }))
  await pool.map(
    'analysis.shout',
    Array.from({ length: 35 }, () => 'a'),
  )
  expect(pool.stats().workers[0]).toMatchObject({ calls: 35, renewed: 3 })
  const small = await untilEnd(pipelinePool({ size: 1, recycle: { pages: 40 } }))
  const before = small.stats().workers[0]?.pages ?? 0
  expect(before).toBeLessThan(40)
  await small.analysis.reverse(new Uint8Array(8_000_000))
  expect(small.stats().workers[0]).toMatchObject({ renewed: 1, pages: before })
})

test('concurrency reaches the size and never passes it', async () => {
  const pool = await untilEnd(pipelinePool({ size: 3 }))
  const values = new Float64Array(200_000)
  await pool.map(
    'analysis.scale',
    Array.from({ length: 60 }, () => [values, 2] as const),
  )
  expect(pool.stats().maxBusy).toBe(3)
})

test('an option that is none is refused', async () => {
  expect(await rejection(pipelinePool({ polcy: { maxExecutionTimeMs: 10 } } as never))).toMatchObject({
    codeName: 'InvalidParam',
    message: expect.stringMatching(/options: expected some of size, .*, got polcy; did you mean policy\?$/u),
  })
})

test.each([null, [], 5, { maxExecutionTimeMs: '5' }, { maxCallDepth: -1 }])(
  'a policy that is none is refused: %o',
  async (policy) => {
    expect(await rejection(pipelinePool({ policy } as never))).toMatchObject({
      codeName: 'InvalidParam',
      message: expect.stringContaining('policy'),
    })
  },
)

test('limits that a policy inherits hold', async () => {
  class Shallow {
    get maxCallDepth(): number {
      return 2
    }
  }
  const pool = await untilEnd(pipelinePool({ policy: new Shallow() }))
  expect(await rejection(pool.analysis.crash('stack'))).toMatchObject({ codeName: 'CallDepth' })
})

test('the log and the channels tell of a worker that was ended for its time', async () => {
  const lines: object[] = []
  const heard: unknown[] = []
  const listen = (message: unknown): unknown => heard.push(message)
  subscribe('witgen:kill', listen)
  try {
    const warn = (fields: object): unknown => lines.push(fields)
    const nothing = (): void => {}
    const logger = { trace: nothing, debug: nothing, info: nothing, warn, error: nothing }
    const pool = await untilEnd(pipelinePool({ policy: { maxExecutionTimeMs: LIMIT }, logger } as never))
    await rejection(pool.analysis.crash('loop'))
  } finally {
    unsubscribe('witgen:kill', listen)
  }
  const what = { module: 'pipeline.wasm', function: 'demo:pipeline/analysis#crash', code: 'ExecutionTimeout' }
  expect(lines).toContainEqual(expect.objectContaining({ ...what, event: 'kill' }))
  expect(heard).toEqual([expect.objectContaining(what)])
})

describe('what could leave somebody waiting for ever', () => {
  test('an item that is no list of arguments is one failed item', async () => {
    const pool = await untilEnd(pipelinePool({ size: 1 }))
    const items = [null, [[1], 2], 5, [[1], 3], null] as never[]
    const outcomes = (settled: readonly { status: string; reason?: unknown }[]): unknown[] =>
      settled.map((result) => (result.status === 'fulfilled' ? 'fine' : (result.reason as WasmError).message))
    const refused =
      "wasm module pipeline.wasm error [1 InvalidParam]: scale: an item has to be the list of the function's 2 arguments"
    const expected = [refused, 'fine', refused, 'fine', refused]
    expect(outcomes(await pool.map('analysis.scale', items, { onError: 'settle' }))).toEqual(expected)
    expect(outcomes(await pool.map('analysis.scale', items.values(), { onError: 'settle' }))).toEqual(expected)
    expect(await rejection(pool.map('analysis.scale', items))).toMatchObject({ codeName: 'InvalidParam' })
  })

  test('a map on a pool that has been disposed, or is by its items', async () => {
    const pool = await untilEnd(pipelinePool({ size: 1 }))
    const items = function* (): Generator<string> {
      yield 'a'
      void pool[Symbol.asyncDispose]()
      yield 'b'
    }
    expect(await rejection(pool.map('analysis.shout', items()))).toMatchObject({ codeName: 'Disposed' })
    expect(await rejection(pool.map('analysis.shout', ['a']))).toMatchObject({ codeName: 'Disposed' })
    await pool.drain()
  })

  test.each([
    [{ source: 7 }, 'shout: source: expected the number of a source, below 1, got 7'],
    [{ source: 0.5 }, 'shout: source: expected the number of a source, below 1, got 0.5'],
    [{ timeoutMs: Number.NaN }, 'shout: timeoutMs: expected milliseconds, got NaN'],
    [{ timeoutMs: '30' }, 'shout: timeoutMs: expected milliseconds, got "30"'],
    [{ timeoutMs: -1 }, 'shout: timeoutMs: expected milliseconds, got -1'],
    [
      { timeOutMs: 5 },
      'options: expected some of signal, timeoutMs, source, onError, got timeOutMs; did you mean timeoutMs?',
    ],
  ])('%o is refused', async (options, text) => {
    const pool = await untilEnd(pipelinePool({ size: 1 }))
    const message = `wasm module pipeline.wasm error [1 InvalidParam]: ${text}`
    expect(await rejection(pool.call('analysis.shout', ['a'], options as never))).toMatchObject({ message })
    expect(await rejection(pool.map('analysis.shout', ['a'], options as never))).toMatchObject({ message })
    expect(await pool.call('analysis.shout', ['a'], { timeoutMs: Infinity })).toBe('A')
  })

  test('a cancelled call that has not begun leaves the one that runs alone', async () => {
    const pool = await untilEnd(pipelinePool({ size: 1 }))
    // Measured calls are sent together.
    for (let i = 0; i < 20; i++) await pool.analysis.shout('a')
    const controller = new AbortController()
    const long = 'a'.repeat(30_000_000)
    const running = Array.from({ length: 3 }, () => pool.analysis.shout(long))
    const waiting = pool.call('analysis.shout', ['b'], { signal: controller.signal })
    waiting.catch(() => {})
    await sleep(10)
    controller.abort()
    expect(await rejection(waiting)).toMatchObject({ codeName: 'Cancelled' })
    for (const one of running) expect((await one).length).toBe(long.length)
    expect(pool.stats().replaced).toBe(0)
  })

  test('a collector that throws', async () => {
    const metrics = new MetricsCollector()
    metrics.merge = () => {
      throw new Error('full')
    }
    const pool = await untilEnd(pipelinePool({ size: 1, metrics }))
    expect(await pool.analysis.shout('a')).toBe('A')
    expect(await pool.analysis.shout('b')).toBe('B')
  })
})
