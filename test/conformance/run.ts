/**
 * `npm run conformance [-- --json FILE] [filters]`: fetches the published suites and tools, runs every `*.conformance.ts`, and
 * prints what failed and the counts of each group. The last line is `N passed, N failed`. `--json FILE` writes the counts:
 * `{ passed, failed, groups: [{ name, passed, failed }] }`. Filters go to vitest.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { countTests } from '../../scripts/count-tests.ts'
import { groupsOf, type Group } from './groups.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true })

const folder = mkdtempSync(join(tmpdir(), 'witgen-conformance-'))
const file = join(folder, 'report.json')
const config = ['--config', 'test/conformance/vitest.config.ts']
const reporter = ['--reporter=json', `--outputFile=${file}`]
const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...config, ...reporter, ...positionals]
const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: ['ignore', 2, 2] })
let report = ''
try {
  report = readFileSync(file, 'utf8')
} catch {
  // Counted as a failure below: vitest has said what is wrong.
}
rmSync(folder, { recursive: true, force: true })

const { passed, failed } = countTests(() => report, status === 0)
const groups: readonly Group[] = report === '' ? [] : groupsOf(report)
for (const { failures } of groups) for (const failure of failures) console.log(`FAILED ${failure}\n`)
const width = Math.max(...groups.map(({ name }) => name.length))
for (const group of groups) {
  console.log(`${group.name.padEnd(width)}  ${group.passed} passed, ${group.failed} failed`)
}
const counts = groups.map(({ name, passed, failed }) => ({ name, passed, failed }))
if (values.json !== undefined) {
  writeFileSync(resolve(values.json), `${JSON.stringify({ passed, failed, groups: counts }, null, 2)}\n`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
