// Many rows in one call: how often the host enters the guest does not depend on how many rows there are.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Pipeline } from '../../generated/pipeline.ts'
import { loadWithLog } from './guests.ts'

const COLUMNS = 8
const matrix = (rows: number): Float64Array =>
  Float64Array.from({ length: rows * COLUMNS }, (_, i) => Math.sin(i) * 1000 + i / 3)

/** The core functions that have been called since the list was last emptied, by name. */
const calls: string[] = []
const { Instance } = WebAssembly

/** Puts a function that counts around every function which a core instance exports. */
function counted(exports: WebAssembly.Exports): WebAssembly.Exports {
  const wrapped: WebAssembly.Exports = {}
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value !== 'function') wrapped[name] = value
    else {
      wrapped[name] = (...args: unknown[]): unknown => {
        calls.push(name)
        return (value as (...args: unknown[]) => unknown)(...args)
      }
    }
  }
  return wrapped
}

let pipeline: Pipeline
beforeEach(async () => {
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (_, args: ConstructorParameters<typeof Instance>) => ({
      exports: counted(new Instance(...args).exports),
    }),
  })
  pipeline = await loadWithLog(() => {})
  calls.length = 0
})
afterEach(() => {
  WebAssembly.Instance = Instance
})

describe('a matrix in one call', () => {
  test.each([1, 10, 1000, 100_000])('%d rows: at most four core calls', (rows) => {
    const values = matrix(rows)
    const scaled = pipeline.analysis.scale(values, 2.5)
    expect(scaled).toEqual(values.map((x) => x * 2.5))
    expect(calls).toEqual([
      'cabi_realloc',
      'demo:pipeline/analysis@0.1.0#scale',
      'cabi_post_demo:pipeline/analysis@0.1.0#scale',
    ])
  })

  test('is the same as row by row, which takes that many calls for each', () => {
    const rows = 500
    const values = matrix(rows)
    const whole = pipeline.analysis.scale(values, -0.1)
    const perCall = calls.length
    calls.length = 0
    const byRow = new Float64Array(values.length)
    for (let at = 0; at < values.length; at += COLUMNS)
      byRow.set(pipeline.analysis.scale(values.subarray(at, at + COLUMNS), -0.1), at)
    expect(byRow).toEqual(whole)
    expect(calls.length).toBe(rows * perCall)
  })

  test('a plain array takes no more', () => {
    pipeline.analysis.scale(Array.from(matrix(1000)), 1)
    expect(calls).toHaveLength(3)
  })

  test('a number as the result takes two', () => {
    pipeline.analysis.checksum(new Uint8Array(100_000))
    expect(calls).toEqual(['cabi_realloc', 'demo:pipeline/analysis@0.1.0#checksum'])
  })
})
