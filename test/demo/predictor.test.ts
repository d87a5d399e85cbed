import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isWasmError, type CompiledComponent } from 'witgen/runtime'
import { Predictor } from '../../generated/predictor.ts'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../guests/guests.ts'
import { cleanReadings } from './arbitraries.ts'
import { expectClose } from './close.ts'
import { model, predict } from './models.ts'
import { outcomeOf } from './outcome.ts'

/** The error that a call throws, with the whole stack. */
function errorOf(call: () => unknown): unknown {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 100
  try {
    call()
  } catch (error) {
    return error
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  throw new Error('nothing was thrown')
}

describe.skipIf(isSkipped('python'))('the predictor in Python', () => {
  let compiled: CompiledComponent
  let predictor: Predictor
  let lines: string[]

  beforeAll(async () => {
    compiled = await Predictor.compile(await guestPath('python/predictor.wasm'))
  }, BUILD_TIMEOUT)
  beforeEach(() => {
    lines = []
    const log = (level: string, message: string): void => void lines.push(`${level}: ${message}`)
    predictor = Predictor.instantiate(compiled, { name: 'python', imports: { 'demo:pipeline/log': { log } } })
  })
  afterEach(() => predictor.dispose())

  test('describes the committed coefficients', () => {
    expect(predictor.forecast.describe()).toEqual(model)
  })

  test('predicts as the model does', () => {
    fc.assert(
      fc.property(cleanReadings, (given) => {
        lines.length = 0
        expectClose(
          outcomeOf(() => predictor.forecast.predict(given)),
          predict(given),
        )
        expect(lines).toEqual(given.length === 0 ? [] : [`info: predicted ${given.length} machines`])
      }),
      { numRuns: 400 },
    )
  })

  test.each(['temperature', 'vibration', 'hours'] as const)('refuses a %s that is not finite', (feature) => {
    const reading = { machine: 'a', temperature: 60, vibration: 2, hours: 100 }
    const given = [reading, { ...reading, machine: 'b', [feature]: NaN }, { ...reading, machine: 'c', hours: Infinity }]
    expect(outcomeOf(() => predictor.forecast.predict(given))).toEqual({ err: { tag: 'not-finite', val: 'b' } })
  })

  test('odds beyond what an exponential can be do not trap', () => {
    const far = [1e300, -1e300].map((temperature) => ({ machine: 'a', temperature, vibration: 2, hours: 100 }))
    expect(predictor.forecast.predict(far).map(({ probability }) => probability)).toEqual([1, 0])
  })

  test('an exception names module, function and code, and where in the interpreter it was', () => {
    const error = errorOf(() => predictor.forecast.crash())
    expect(error).toMatchObject({
      module: 'python',
      function: 'demo:pipeline/forecast#crash',
      code: 10,
      codeName: 'Unreachable',
      message: 'wasm module python error [10 Unreachable]: unreachable',
    })
    if (!isWasmError(error)) throw error
    const names = error.frames.map(({ functionName }) => functionName)
    expect(names).toContain('demo:pipeline/forecast@0.1.0#crash')
    expect(names).toContain('PyErr_PrintEx')
    expect(error.frames.map(({ module }) => module)).toContain('libpython3.14.so')
    expect(errorOf(() => predictor.forecast.describe())).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
  })

  test('another instance of the same guest is as good as ever', () => {
    errorOf(() => predictor.forecast.crash())
    const other = Predictor.instantiate(compiled, { imports: { 'demo:pipeline/log': { log: () => {} } } })
    expect(other.forecast.describe()).toEqual(model)
    other.dispose()
  })
})
