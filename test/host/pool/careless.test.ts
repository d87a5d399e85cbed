// What careless callers give to calls and maps: each gets one clear error, and nobody waits for ever.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Pool, type PoolOf } from 'witgen/host'
import type { Pipeline } from '../../../generated/pipeline.ts'
import { pipelinePool, rejection, untilEnd } from './pools.ts'

let pool: PoolOf<typeof Pipeline>
beforeAll(async () => {
  pool = await pipelinePool({ size: 1 })
})
afterAll(() => pool[Symbol.asyncDispose]())

const INVALID = 'wasm module pipeline.wasm error [1 InvalidParam]: '
const unprintable: unknown = Object.create(null)

test.each([
  [null, 'options: expected an object, got null'],
  [{ signal: {} }, 'shout: signal: expected an AbortSignal, got an object'],
  [{ signal: new AbortController() }, 'shout: signal: expected an AbortSignal, got an object'],
  [{ signal: 5 }, 'shout: signal: expected an AbortSignal, got 5'],
  [{ timeoutMs: '5' }, 'shout: timeoutMs: expected milliseconds, got "5"'],
  [{ timeoutMs: unprintable }, 'shout: timeoutMs: expected milliseconds, got an object'],
  [{ source: '0' }, 'shout: source: expected the number of a source, below 1, got "0"'],
  [{ onError: 'settel' }, `shout: onError: expected 'throw' or 'settle', got "settel"`],
])('options %o', async (options, text) => {
  expect(await rejection(pool.call('analysis.shout', ['a'], options as never))).toMatchObject({
    message: INVALID + text,
  })
  expect(await rejection(pool.map('analysis.shout', ['a'], options as never))).toMatchObject({
    message: INVALID + text,
  })
  await pool.drain()
})

test.each([
  [null, 'null'],
  ['ab', '"ab"'],
  [{}, 'an object'],
])('the arguments %o', async (args, got) => {
  const text = `${INVALID}shout: args: expected the list of the arguments, got ${got}`
  expect(await rejection(pool.call('analysis.shout', args as never))).toMatchObject({ message: text })
  await pool.drain()
})

test.each([
  [null, 'null'],
  [{}, 'an object'],
  [class {}, 'a function'],
])('a pool of %o', async (World, got) => {
  expect(await rejection(Pool.create(World as never, 'guest.wasm'))).toMatchObject({
    message: `wasm module pool error [1 InvalidParam]: World: expected a generated world class, got ${got}`,
  })
})

test('hooks that follow calls and throw, or do not go on', async () => {
  const no = (): never => {
    throw unprintable
  }
  const action = (_carrier: unknown, run: () => unknown): unknown => [run(), run()]
  const ending = { active: () => 1, begin: () => ({ carrier: 1, end: no }) }
  for (const hooks of [
    { active: no, begin: no, resume: no },
    { ...ending, resume: no },
    { ...ending, resume: () => {} },
    { ...ending, resume: action },
  ]) {
    let logged = 0
    const imports = { 'demo:pipeline/log': { log: () => void logged++ } }
    const traced = await untilEnd(pipelinePool({ size: 1, hooks: hooks as never, imports }))
    expect(await traced.analysis.callBack(3)).toBe(3)
    expect(logged).toBe(3)
    expect(await traced.map('analysis.shout', ['a', 'b'])).toEqual(['A', 'B'])
    expect(await rejection(traced.analysis.crash('divide'))).toMatchObject({ codeName: 'ArithmeticTrap' })
    await traced.drain()
  }
})

test.each([
  [undefined, 'undefined'],
  [5, '5'],
  ['abc', '"abc"'],
  [{}, 'an object'],
  [{ [Symbol.iterator]: 5 }, 'an object'],
])('a map over %o', async (items, got) => {
  const text = `${INVALID}shout: items: expected an iterable object, got ${got}`
  expect(await rejection(pool.map('analysis.shout', items as never))).toMatchObject({ message: text })
  await pool.drain()
})

test('a map over something that throws, or gives nothing', async () => {
  const error = new Error('no')
  const no = (): never => {
    throw error
  }
  for (const next of [
    no,
    () => ({
      done: false,
      get value() {
        return no()
      },
    }),
  ]) {
    // prettier-ignore
    const iterable = { [Symbol.iterator]: () => ({ next }) }
    const asyncIterable = { [Symbol.asyncIterator]: () => ({ next }) }
    for (const items of [iterable, asyncIterable])
      expect(await rejection(pool.map('analysis.shout', items as never, { onError: 'settle' }))).toBe(error)
  }
  await pool.drain()
})

test('items without end that are no lists of arguments: the first ends it, and a signal', async () => {
  const items = function* (): Generator<never> {
    for (;;) yield 5 as never
  }
  const message = `${INVALID}scale: an item has to be the list of the function's 2 arguments`
  expect(await rejection(pool.map('analysis.scale', items()))).toMatchObject({ message })
  const signal = AbortSignal.timeout(50)
  const settled = pool.map('analysis.scale', items(), { onError: 'settle', signal })
  expect(await rejection(settled)).toMatchObject({ codeName: 'Cancelled' })
  await pool.drain()
})

test('arguments that throw when they are read are refused, whoever else waits', async () => {
  const sample = {
    get id(): number {
      throw unprintable
    },
  }
  const before = Array.from({ length: 5 }, () => pool.analysis.shout('a'))
  const bad = rejection(pool.call('analysis.preprocess', [[sample as never]]))
  const after = Array.from({ length: 5 }, () => pool.analysis.preprocess([]))
  expect(await bad).toMatchObject({
    message: `${INVALID}preprocess: the arguments cannot be sent to a worker: something that cannot be read was thrown`,
  })
  expect(await Promise.all(before)).toEqual(['A', 'A', 'A', 'A', 'A'])
  expect((await Promise.allSettled(after)).map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
  await pool.drain()
})

test('an endless map of items that cannot be sent can be cancelled', async () => {
  function* endless(): Generator<string> {
    for (;;) yield (() => {}) as never
  }
  const options = { onError: 'settle', signal: AbortSignal.timeout(50) } as const
  expect(await rejection(pool.map('analysis.shout', endless(), options))).toMatchObject({ codeName: 'Cancelled' })
})

test('items whose reading makes calls of the pool', async () => {
  const others: Promise<number>[] = []
  function* items(): Generator<number> {
    for (let i = 0; i < 40; i++) {
      others.push(pool.analysis.callBack(i))
      yield i
    }
  }
  const numbers = Array.from({ length: 40 }, (_, i) => i)
  expect(await pool.map('analysis.callBack', items())).toEqual(numbers)
  expect(await Promise.all(others)).toEqual(numbers)
})

test.each([
  ['no argument of it', [1]],
  ['nothing to send', () => {}],
])('a getter in an argument that makes calls while the others of its lot are sent: it gives %s', async (_, value) => {
  const others: Promise<string>[] = []
  const nosy = {
    get values(): unknown {
      others.push(pool.analysis.shout('other'))
      return value
    },
  }
  const item = (i: number): never => (i === 3 ? nosy : i) as never
  const mapped = pool.map(
    'analysis.callBack',
    Array.from({ length: 20 }, (_, i) => item(i)),
    { onError: 'settle' },
  )
  expect((await mapped).map(({ status }) => status === 'fulfilled')).toEqual(
    Array.from({ length: 20 }, (_, i) => i !== 3),
  )
  expect(new Set(await Promise.all(others)).size).toBe(1)
})

test('a function that there is not', async () => {
  expect(await rejection(pool.call('analysis.shuot' as never, [] as never))).toMatchObject({
    codeName: 'InvalidParam',
    message: expect.stringContaining("the world Pipeline has no function 'analysis.shuot'; it has: "),
  })
  expect(await rejection(pool.map('analysis.shouts' as never, []))).toMatchObject({
    message: expect.stringContaining("; did you mean 'analysis.shout'?"),
  })
})
