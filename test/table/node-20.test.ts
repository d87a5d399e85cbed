// The table on Node 20, by compiled code, in every language whose guest Node 20 can compile.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/guests/paths.ts'
import { majorOf, nodesAtHand } from '../determinism/built-cli.ts'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../guests/guests.ts'
import { codecs } from '../guests/instantiate-toolbox.ts'
import { toolboxGuests } from '../guests/toolbox-guests.ts'
import { compileJs } from '../helpers/compile-js.ts'
import { rows } from './check-table.ts'
import type { NodeReport } from './run-table.ts'

const node = nodesAtHand().find(({ version }) => majorOf(version) === '20')

test(`${node?.version ?? 'Node 20 is not at hand: nothing ran on it'}`, () => {
  // A machine of a developer may lack it; where a change is judged it has to be there.
  expect(node !== undefined || process.env['CI'] === undefined).toBe(true)
})

describe.runIf(node)(`the table on ${node?.version}`, () => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache/table-'))
  let program: string
  beforeAll(() => {
    const file = fileURLToPath(new URL('run-table.ts', import.meta.url))
    program = compileJs(folder, [file])(file)
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function run(language: string, component: string): Promise<NodeReport> {
    const args = [program, language, await guestPath(component)]
    const { stdout } = await promisify(execFile)(node?.path ?? '', args)
    return JSON.parse(stdout) as NodeReport
  }

  const guests = toolboxGuests.filter(({ language }) => !isSkipped(language))

  test.each(guests.filter(({ minimumNode }) => minimumNode <= 20))(
    '$language',
    { timeout: BUILD_TIMEOUT },
    async ({ language, component }) => {
      const reports = await run(language, component)
      for (const codec of codecs) {
        const report = reports[codec]
        expect(report, codec).toMatchObject({ differing: [] })
        expect(typeof report === 'string' ? 0 : report.calls, codec).toBeGreaterThanOrEqual(rows.length)
      }
    },
  )

  test.each(guests.filter(({ minimumNode }) => minimumNode > 20))(
    '$language needs Node $minimumNode, and is told so',
    { timeout: BUILD_TIMEOUT },
    async ({ language, component, minimumNode }) => {
      const reports = await run(language, component)
      for (const codec of codecs) {
        expect(reports[codec]).toMatch(/error \[5 InvalidModule\]: .*extended constant/)
        expect(reports[codec]).toContain(`Node ${minimumNode}`)
      }
    },
  )
})
