// What poisons an instance, what dispose does, and what imports of the host may not do.
import { describe, expect, test } from 'vitest'
import { isWasmError, WasmError } from 'witgen/runtime'
import type { Pipeline } from '../../generated/pipeline.ts'
import { loadRust, loadWithLog, thrownBy } from './guests.ts'

/** The instance refuses every call, and says why. */
function expectPoisoned(pipeline: Pipeline, cause: unknown): void {
  const { codeName } = cause as WasmError
  const what = codeName === 'HostError' ? 'an earlier error of the host' : 'an earlier trap'
  const calls = [
    () => pipeline.analysis.crash('panic'),
    () => pipeline.analysis.shout('x'),
    () => pipeline.analysis.advance(1n, 1n),
  ]
  for (const call of calls) {
    const error = thrownBy(call)
    expect(error).toMatchObject({
      code: 16,
      codeName: 'InstancePoisoned',
      message:
        'wasm module pipeline.wasm error [16 InstancePoisoned]: ' +
        `${what} (${codeName}) has left this instance in an unknown state; make a new one`,
    })
    expect((error as WasmError).cause).toBe(cause)
  }
}

describe('traps', () => {
  const KINDS = [
    ['panic', 10, 'Unreachable', WebAssembly.RuntimeError],
    ['unreachable', 10, 'Unreachable', WebAssembly.RuntimeError],
    ['divide', 11, 'ArithmeticTrap', WebAssembly.RuntimeError],
    ['memory', 2, 'MemoryAccessViolation', WebAssembly.RuntimeError],
    ['table', 12, 'IndirectCallTrap', WebAssembly.RuntimeError],
    ['stack', 13, 'StackExhausted', RangeError],
  ] as const

  test.each(KINDS)('%s', async (how, code, codeName, engineError) => {
    const { pipeline } = await loadRust()
    const { pipeline: other } = await loadRust()
    const error = thrownBy(() => pipeline.analysis.crash(how))
    if (!isWasmError(error, codeName)) throw error
    expect(error).toMatchObject({ code, module: 'pipeline.wasm', function: 'demo:pipeline/analysis#crash' })
    expect(error.cause).toBeInstanceOf(engineError)
    expect(error.message).toBe(
      `wasm module pipeline.wasm error [${code} ${codeName}]: ${(error.cause as Error).message}`,
    )
    expectPoisoned(pipeline, error)
    expect(other.analysis.shout('the other works')).toBe('THE OTHER WORKS')
    pipeline.dispose()
    expect(thrownBy(() => pipeline.analysis.shout('x'))).toMatchObject({ codeName: 'Disposed' })
  })
})

describe('dispose', () => {
  test('refuses later calls, may be called again', async () => {
    const { pipeline } = await loadRust()
    const { analysis } = pipeline
    pipeline.dispose()
    pipeline.dispose()
    for (const call of [
      () => pipeline.analysis.shout('x'),
      () => analysis.callBack(1),
      () => analysis.crash('panic'),
    ]) {
      expect(thrownBy(call)).toMatchObject({
        code: 20,
        codeName: 'Disposed',
        message: 'wasm module pipeline.wasm error [20 Disposed]: this instance has been disposed',
      })
    }
  })

  test('by Symbol.dispose and Symbol.asyncDispose', async () => {
    const first = (await loadRust()).pipeline
    first[Symbol.dispose]()
    expect(thrownBy(() => first.analysis.shout('x'))).toMatchObject({ codeName: 'Disposed' })
    const second = (await loadRust()).pipeline
    await second[Symbol.asyncDispose]()
    expect(thrownBy(() => second.analysis.shout('x'))).toMatchObject({ codeName: 'Disposed' })
  })

  test('a wrong argument of a disposed instance: Disposed', async () => {
    const { pipeline } = await loadRust()
    pipeline.dispose()
    expect(thrownBy(() => pipeline.analysis.shout(5 as never))).toMatchObject({ codeName: 'Disposed' })
  })
})

describe('imports of the host', () => {
  const SITE = { module: 'pipeline.wasm', function: 'demo:pipeline/log#log', code: 17, codeName: 'HostError' }

  test('an error is the cause of HostError', async () => {
    const mine = new RangeError('the disk is full')
    const pipeline = await loadWithLog((_, message) => {
      if (message === 'call 3 of 5') throw mine
    })
    const error = thrownBy(() => pipeline.analysis.callBack(5))
    expect(error).toMatchObject({
      ...SITE,
      message: 'wasm module pipeline.wasm error [17 HostError]: the disk is full',
    })
    expect((error as WasmError).cause).toBe(mine)
    expectPoisoned(pipeline, error)
  })

  test.each([[undefined], ['text'], [{ payload: 'x' }]])(
    'a thrown value %j is no err of a function without result',
    async (value) => {
      const pipeline = await loadWithLog(() => {
        throw value
      })
      const error = thrownBy(() => pipeline.analysis.callBack(1))
      expect(error).toMatchObject({
        ...SITE,
        message:
          'wasm module pipeline.wasm error [17 HostError]: the host function threw a value that is no legal error',
      })
      expect((error as WasmError).cause).toBe(value)
      expectPoisoned(pipeline, error)
    },
  )

  test.each([
    ['resolved', () => Promise.resolve()],
    ['rejected', () => Promise.reject(new Error('later'))],
  ])('a %s Promise is refused', async (_, log) => {
    const pipeline = await loadWithLog(log as never)
    const error = thrownBy(() => pipeline.analysis.callBack(1))
    expect(error).toMatchObject({
      ...SITE,
      message:
        'wasm module pipeline.wasm error [17 HostError]: ' +
        'expected nothing, got a Promise: an import that is not async has to return its value',
    })
    expectPoisoned(pipeline, error)
  })

  test('re-entry is refused inside, and the outer call goes on when that is caught', async () => {
    const inner: unknown[] = []
    const pipeline: Pipeline = await loadWithLog(() => {
      inner.push(thrownBy(() => pipeline.analysis.shout('again')))
    })
    expect(pipeline.analysis.callBack(2)).toBe(2)
    expect(inner).toHaveLength(2)
    expect(inner[0]).toMatchObject({ code: 15, codeName: 'Reentrance', function: 'demo:pipeline/analysis#shout' })
    expect(pipeline.analysis.shout('usable')).toBe('USABLE')
  })

  test('re-entry that is not caught is a HostError', async () => {
    const pipeline: Pipeline = await loadWithLog(() => void pipeline.analysis.shout('again'))
    const error = thrownBy(() => pipeline.analysis.callBack(2))
    expect(error).toMatchObject(SITE)
    expect((error as WasmError).cause).toMatchObject({ codeName: 'Reentrance' })
    expectPoisoned(pipeline, error)
  })

  test('another instance may be called from an import', async () => {
    const { pipeline: other } = await loadRust()
    const heard: string[] = []
    const pipeline = await loadWithLog((_, message) => void heard.push(other.analysis.shout(message)))
    pipeline.analysis.callBack(2)
    expect(heard).toEqual(['CALL 1 OF 2', 'CALL 2 OF 2'])
  })

  test('dispose from an import is refused, and the call goes on when that is caught', async () => {
    const inner: unknown[] = []
    const pipeline: Pipeline = await loadWithLog(() => {
      inner.push(thrownBy(() => pipeline.dispose()))
    })
    expect(pipeline.analysis.callBack(1)).toBe(1)
    expect(inner).toMatchObject([{ codeName: 'Reentrance' }])
    expect(pipeline.analysis.shout('usable')).toBe('USABLE')
    pipeline.dispose()
    expect(thrownBy(() => pipeline.analysis.shout('x'))).toMatchObject({ codeName: 'Disposed' })
  })
})
