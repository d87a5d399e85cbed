import { describe, expect, test } from 'vitest'
import { countTests } from '../../scripts/count-tests.ts'

function report(numPassedTests: number, numFailedTests: number, testResults: readonly object[] = []): () => string {
  return () => JSON.stringify({ numPassedTests, numFailedTests, testResults })
}

describe('countTests', () => {
  test.each([
    ['all is well', report(3, 0), true, { passed: 3, failed: 0 }],
    ['a test failed', report(3, 2), false, { passed: 3, failed: 2 }],
    [
      'a file could not be loaded',
      report(3, 0, [{ status: 'failed', assertionResults: [] }]),
      false,
      { passed: 3, failed: 1 },
    ],
    [
      'a hook of a file failed, and its tests were skipped',
      report(3, 1, [{ status: 'failed', assertionResults: [{ status: 'skipped' }] }]),
      false,
      { passed: 3, failed: 2 },
    ],
    [
      'a failed test is not counted twice, as a test and as its file',
      report(0, 1, [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]),
      false,
      { passed: 0, failed: 1 },
    ],
    ['an error outside of any test', report(3, 0), false, { passed: 3, failed: 1 }],
    ['no test was found', report(0, 0), true, { passed: 0, failed: 1 }],
    ['the report is cut off', () => '{', false, { passed: 0, failed: 1 }],
  ])('%s', (_, read, ok, count) => {
    expect(countTests(read, ok)).toEqual(count)
  })

  test('there is no report', () => {
    const read = (): string => {
      throw new Error('ENOENT')
    }
    expect(countTests(read, true)).toEqual({ passed: 0, failed: 1 })
  })
})
