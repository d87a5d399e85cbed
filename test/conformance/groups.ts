/** The tests of one `describe`, or a file that could not be run. */
export interface Group {
  readonly name: string
  readonly passed: number
  readonly failed: number
  /** The failed tests, each with the message of its failure. */
  readonly failures: readonly string[]
}

/** The part of vitest's JSON report that is used. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[]
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** The longest message of a failure that is shown: two JSON documents may differ everywhere. */
const longest = 2000

/** Takes vitest's JSON report apart by the innermost `describe` of each test. */
export function groupsOf(text: string): readonly Group[] {
  const groups = new Map<string, { passed: number; failed: number; failures: string[] }>()
  const note = (name: string, status: string, title: string, message: string): void => {
    const group = groups.get(name) ?? { passed: 0, failed: 0, failures: [] }
    groups.set(name, group)
    if (status === 'passed') group.passed++
    if (status !== 'failed') return
    group.failed++
    group.failures.push(`${name} > ${title}\n${message.slice(0, longest)}`)
  }
  for (const file of (JSON.parse(text) as Report).testResults) {
    for (const { ancestorTitles, title, status, failureMessages } of file.assertionResults) {
      note(ancestorTitles.at(-1) ?? file.name, status, title, failureMessages.join('\n'))
    }
    const broken = file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')
    if (broken) note(file.name, 'failed', 'the file itself', file.message)
  }
  return [...groups].map(([name, group]) => ({ name, ...group }))
}
