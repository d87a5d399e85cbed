/** How many tests passed and failed. */
export interface Count {
  readonly passed: number
  readonly failed: number
}

/** The part of vitest's JSON report that is used. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/**
 * Counts the tests of one vitest run honestly: a file that could not be loaded or prepared is a failure, and so is a run
 * that ended with an error (an unhandled rejection, a crash before the report) while all of its tests passed, or that found no test.
 *
 * @param read reads vitest's JSON report; may throw when there is none
 * @param ok whether vitest ended with exit code 0
 */
export function countTests(read: () => string, ok: boolean): Count {
  let report: Report
  try {
    report = JSON.parse(read()) as Report
  } catch {
    return { passed: 0, failed: 1 }
  }
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  const passed = report.numPassedTests
  const failed = report.numFailedTests + broken.length
  return { passed, failed: failed === 0 && (!ok || passed === 0) ? 1 : failed }
}
