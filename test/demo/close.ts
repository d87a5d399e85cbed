import { expect } from 'vitest'

/** The largest relative error that counts as equal. */
const RELATIVE = 1e-9

/**
 * Expects a value to be another one, with a relative error of at most 10⁻⁹ in every number.
 *
 * @param absolute an error that counts as none in any case, for sums whose terms cancel each other out
 */
export function expectClose(actual: unknown, expected: unknown, absolute = 0): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const error = Math.abs(actual - expected)
    const allowed = Math.max(RELATIVE * Math.abs(expected), absolute)
    expect(Object.is(actual, expected) || error <= allowed, `${actual} is not close to ${expected}`).toBe(true)
  } else if (isObject(actual) && isObject(expected)) {
    expect(Object.keys(actual)).toEqual(Object.keys(expected))
    for (const [key, value] of Object.entries(actual)) expectClose(value, expected[key], absolute)
  } else {
    expect(actual).toEqual(expected)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
