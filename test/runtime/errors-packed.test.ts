import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { GuestError, GuestExit, packError, unpackError, WasmError, type PackedError } from 'witgen/runtime'
import { loadRust, thrownBy } from '../e2e/guests.ts'

/** Through `postMessage`, as to another thread. */
const across = (error: unknown): unknown => unpackError(structuredClone(packError(error)))

const payload = { tag: 'bad-row', val: { index: 3n, bytes: new Uint8Array([1, 2]), by: new Map([['a', 1n]]) } }

describe('WasmError.fromJSON', () => {
  const cause = new RangeError('too deep', { cause: new WasmError('HostError', 'm', 'f', 'inner') })
  const errors = [
    new WasmError('StackExhausted', 'pipeline', 'demo:algo/analysis@1.0.0#run', 'no stack', { cause }),
    new WasmError('LinkError', 'm', undefined, 'two\n  lines'),
    new WasmError('InstancePoisoned', 'm', 'f', 'gone', { cause: 'a text' }),
    new GuestError('pipeline', 'demo:algo/analysis#run', payload, 4),
    new GuestError('m', undefined, undefined),
    new GuestExit('m', 'wasi:cli/exit#exit', 3),
  ]

  test.each(errors)('$codeName: is what it was', (error) => {
    const text = JSON.stringify(error)
    const back = WasmError.fromJSON(JSON.parse(text))
    expect(back).toBeInstanceOf(error.constructor)
    expect(back.message).toBe(JSON.parse(text).message)
    expect(JSON.stringify(back)).toBe(text)
  })

  test('revives causes', () => {
    const back = WasmError.fromJSON((errors[0] as WasmError).toJSON())
    expect(back.cause).toBeInstanceOf(RangeError)
    expect((back.cause as Error).cause).toBeInstanceOf(WasmError)
    expect((back.cause as Error).cause).toMatchObject({ codeName: 'HostError', function: 'f' })
  })

  test('refuses anything else', () => {
    for (const json of [
      null,
      {},
      'text',
      { ...errors[1]?.toJSON(), code: 7 },
      { ...errors[1]?.toJSON(), codeName: 'toString' },
    ])
      expect(() => WasmError.fromJSON(json as never)).toThrow(
        new TypeError('expected what the toJSON of a WasmError writes'),
      )
  })
})

describe('what cannot be read', () => {
  const throwing = (key: string): Error =>
    Object.defineProperty(new Error('x'), key, {
      enumerable: true,
      get() {
        throw Object.create(null)
      },
    })
  const revoked = Proxy.revocable(new Error('x'), {})
  revoked.revoke()
  test.each<[what: string, thrown: unknown, back: object]>([
    ['a message that throws', throwing('message'), { message: 'what was thrown cannot be read' }],
    ['a proxy that has been revoked', revoked.proxy, { message: 'what was thrown cannot be read' }],
    ['a field that throws', throwing('field'), { message: 'x', field: '…' }],
    ['a message and a stack that are no texts', Object.assign(new Error('x'), { message: 5, stack: 7 }), { message: '5' }], // prettier-ignore
    ['a field whose toJSON throws', Object.assign(new Error('x'), { field: { e: Object.assign(new Error('y'), { toJSON: revoked.proxy, f() {} }), g() {} } }), { message: 'x' }], // prettier-ignore
  ])('%s', (_what, thrown, back) => {
    expect(across(thrown)).toMatchObject(back)
    expect(across(new WasmError('HostError', 'm', 'f', 'x', { cause: thrown }))).toMatchObject({
      codeName: 'HostError',
    })
    expect(JSON.stringify(new WasmError('HostError', 'm', 'f', 'x', { cause: thrown }))).toContain('HostError')
  })

  test('objects of a host that refer to each other, and to functions', () => {
    const object: Record<string, unknown> = { f: () => {} }
    for (let i = 0; i < 12; i++) object[`k${i}`] = object
    const begun = performance.now()
    const text = JSON.stringify(packError(Object.assign(new Error('x'), { object })))
    expect(text.length).toBeLessThan(2_000_000)
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})

describe('packError', () => {
  test('a GuestError keeps class, payload and number', () => {
    const error = new GuestError('pipeline', 'demo:algo/analysis#run', payload, 4)
    const back = across(error)
    expect(back).toBeInstanceOf(GuestError)
    expect(back).toMatchObject({
      payload,
      guestCode: 4,
      codeName: 'GuestError',
      message: error.message,
      stack: error.stack,
    })
  })

  test('a trap keeps its frames and causes', async () => {
    const { pipeline } = await loadRust()
    const error = thrownBy(() => pipeline.analysis.crash('unreachable')) as WasmError
    pipeline.dispose()
    expect(error.frames.length).toBeGreaterThan(0)
    const back = across(error) as WasmError
    expect(back).toBeInstanceOf(WasmError)
    expect(back.frames).toEqual(error.frames)
    expect(back.stack).toBe(error.stack)
    expect(back.toJSON()).toEqual(error.toJSON())
    // A second journey changes nothing.
    expect((across(back) as WasmError).toJSON()).toEqual(error.toJSON())
  })

  test('a GuestExit keeps its status', () => {
    const back = across(new GuestExit('m', 'f', 3))
    expect(back).toBeInstanceOf(GuestExit)
    expect(back).toMatchObject({ status: 3, codeName: 'GuestExit' })
  })

  test('errors of others, and what is no error', () => {
    class Odd extends TypeError {
      override name = 'Odd'
    }
    const odd = across(new Odd('x', { cause: new SyntaxError('y') })) as Error
    expect([odd.name, odd.message, odd.cause instanceof SyntaxError]).toEqual(['Odd', 'x', true])
    for (const value of ['text', undefined, null, 5n, { tag: 'a' }]) expect(across(value)).toEqual(value)
    // Functions cannot be cloned.
    expect(across({ f: Math.abs })).toEqual({ f: String(Math.abs) })
    const cycle = new Error('round')
    cycle.cause = cycle
    expect((across(cycle) as Error).message).toBe('round')
  })

  test('from a real thread', async () => {
    const text = `
      const { parentPort } = require('node:worker_threads')
      import('witgen/runtime').then(({ GuestError, packError }) =>
        parentPort.postMessage(packError(new GuestError('m', 'f', { tag: 'a', val: 1n }, 2))))`
    const worker = new Worker(text, { eval: true, execArgv: ['--conditions=witgen-source', '--no-warnings'] })
    const [message] = (await once(worker, 'message')) as [PackedError]
    await worker.terminate()
    const error = unpackError(message)
    expect(error).toBeInstanceOf(GuestError)
    expect(error).toMatchObject({ payload: { tag: 'a', val: 1n }, guestCode: 2 })
  })
})
