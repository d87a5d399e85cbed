import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GuestError, WasmError } from 'witgen/runtime'
import { Pool, type PoolOf } from 'witgen/host'
import { Pipeline } from '../../../generated/pipeline.ts'
import { guestFiles } from '../../guests/guests.ts'
import { pipelineGuest, pipelinePool, rejection, worker } from './pools.ts'

describe('a pool of two workers', () => {
  let pool: PoolOf<typeof Pipeline>
  beforeAll(async () => {
    pool = await pipelinePool()
  })
  afterAll(() => pool[Symbol.asyncDispose]())

  test('has the exports of its world, with promises', async () => {
    expect(await pool.analysis.shout('straße')).toBe('STRASSE')
    expect(await pool.analysis.advance(2n ** 63n, 1n)).toBe(2n ** 63n + 1n)
    expect(await pool.analysis.find([{ id: 1, weight: 1, label: 'a' }], 2)).toBeUndefined()
    expect(await pool.analysis.scale(Float64Array.of(1, 2), 2)).toEqual(Float64Array.of(2, 4))
  })

  test('call: by name', async () => {
    expect(await pool.call('analysis.shout', ['a'])).toBe('A')
  })

  test('map: an item is the argument of a function that has one, else the list of its arguments', async () => {
    expect(await pool.map('analysis.shout', ['a', 'b', 'c'])).toEqual(['A', 'B', 'C'])
    const items = Array.from({ length: 3000 }, (_, i) => [BigInt(i), 1n] as const)
    expect(await pool.map('analysis.advance', items)).toEqual(items.map(([n]) => n + 1n))
    expect(await pool.map('analysis.shout', [])).toEqual([])
  })

  test('map: over generators and async iterables', async () => {
    function* letters(): Generator<string> {
      yield* 'abc'
    }
    async function* later(): AsyncGenerator<string> {
      for (const letter of 'defghi') {
        await new Promise((resolve) => setImmediate(resolve))
        yield letter
      }
    }
    expect(await pool.map('analysis.shout', letters())).toEqual(['A', 'B', 'C'])
    expect((await pool.map('analysis.shout', later())).join('')).toBe('DEFGHI')
    expect(await pool.map('analysis.shout', new Set<string>())).toEqual([])
  })

  test('an error of the guest keeps class, payload and function', async () => {
    const error = await rejection(pool.analysis.preprocess([{ id: 7, weight: -1, label: 'a' }]))
    expect(error).toBeInstanceOf(GuestError)
    expect(error).toBeInstanceOf(WasmError)
    expect(error).toMatchObject({
      payload: { tag: 'bad-sample', val: 7 },
      function: 'demo:pipeline/analysis#preprocess',
      module: 'pipeline.wasm',
    })
  })

  test('a wrong argument is InvalidParam with its path, and what cannot be cloned too', async () => {
    const wrong = [{ id: -1, weight: 1, label: 'a' }]
    expect(await rejection(pool.analysis.preprocess(wrong))).toMatchObject({
      codeName: 'InvalidParam',
      message: expect.stringContaining('samples[0].id'),
    })
    const odd = { id: 1, weight: 1, label: 'a', extra: (): void => {} }
    expect(await rejection(pool.analysis.preprocess([odd]))).toMatchObject({
      codeName: 'InvalidParam',
      message: expect.stringContaining('preprocess: the arguments cannot be sent to a worker'),
    })
    const items = [[{ id: 1, weight: 1, label: 'a' }], [odd], [{ id: 2, weight: 1, label: 'b' }]]
    const settled = await pool.map('analysis.preprocess', items, { onError: 'settle' })
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('large typed arrays go and come whole, and stay usable here', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251)
    expect(await pool.analysis.checksum(bytes)).toBe(crc32(bytes))
    expect(await pool.analysis.checksum(Buffer.from(bytes))).toBe(crc32(bytes))
    expect(await pool.analysis.reverse(bytes)).toEqual(bytes.toReversed())
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
    shared.set(bytes)
    expect(await pool.analysis.checksum(shared)).toBe(crc32(bytes))
    expect(bytes.length).toBe(300_000)
  })

  test('a name that is none is refused with those there are', async () => {
    const call = pool.call as (name: string, args: unknown[]) => Promise<unknown>
    expect(await rejection(call.call(pool, 'analysis.none', []))).toMatchObject({
      codeName: 'InvalidParam',
      message: expect.stringContaining('it has: analysis.preprocess, '),
    })
  })

  test('drain waits for what was begun', async () => {
    let ended = 0
    for (let i = 0; i < 20; i++) void pool.analysis.shout('a').then(() => ended++)
    await pool.drain()
    expect(ended).toBe(20)
    await pool.drain()
  })
})

test('a guest of another world is refused as without a pool', async () => {
  const [wrong] = guestFiles('rust-wrong/pipeline.wasm')
  const error = await rejection(Pool.create(Pipeline, wrong?.path ?? '', { size: 1, worker }))
  expect(error).toMatchObject({
    codeName: 'WorldMismatch',
    message: expect.stringContaining('#find: the types differ'),
  })
})

test('missing imports are LinkError', async () => {
  expect(await rejection(Pool.create(Pipeline, pipelineGuest, { size: 1, worker }))).toMatchObject({
    codeName: 'LinkError',
    message: expect.stringContaining("imports['demo:pipeline/log'].log"),
  })
})

test('two sources side by side: calls can ask for one', async () => {
  const other = await Pipeline.compile(pipelineGuest)
  const imports = { 'demo:pipeline/log': { log: (): void => {} } }
  const pool = await Pool.create(Pipeline, [pipelineGuest, other], { size: 2, imports, worker })
  try {
    for (let i = 0; i < 6; i++) await pool.call('analysis.shout', ['a'], { source: 1 })
    await pool.map('analysis.shout', ['a', 'b', 'c'], { source: 1 })
    expect(pool.stats().workers.map(({ source, calls }) => [source, calls])).toEqual([
      [0, 0],
      [1, 9],
    ])
  } finally {
    await pool[Symbol.asyncDispose]()
  }
})

test('after asyncDispose calls fail with Disposed, those in the middle too', async () => {
  const pool = await pipelinePool()
  const running = rejection(pool.analysis.crash('loop'))
  const waiting = Array.from({ length: 4 }, () => rejection(pool.analysis.crash('loop')))
  const map = rejection(pool.map('analysis.shout', ['a', 'b']))
  await pool[Symbol.asyncDispose]()
  for (const error of await Promise.all([running, ...waiting, map]))
    expect(error).toMatchObject({ codeName: 'Disposed' })
  expect(await rejection(pool.analysis.shout('a'))).toMatchObject({ codeName: 'Disposed' })
  expect(pool.stats().workers.map(({ state }) => state)).toEqual(['ended', 'ended'])
})
