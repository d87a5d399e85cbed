/**
 * `npm test`: type check, lint, freshness of generated/, format check, then all tests; arguments go to vitest. The last line is
 * `N passed, N failed`, where each of the five checks counts like a test.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countTests, type Count } from './count-tests.ts'
import { skipNotice } from './guests/skip.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program of node_modules/.bin; resolves to its exit code and, when captured, its output. */
function run(command: string, args: readonly string[], capture: boolean): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', capture ? 'pipe' : 1, capture ? 'pipe' : 2] })
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }))
  })
}

async function check(name: string, command: string, args: readonly string[]): Promise<Count> {
  const { ok, output } = await run(command, args, true)
  if (ok) console.log(`${name}: fine`)
  else console.log(`${name}: FAILED\n${output}`)
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function tests(args: readonly string[]): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'witgen-test-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { ok } = await run('vitest', ['run', ...reporters, ...args], false)
    return countTests(() => readFileSync(report, 'utf8'), ok)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether what is committed is what is generated from a folder of WIT. */
function checkGenerated(wit: string, out: string): Promise<Count> {
  const command = `--conditions=witgen-source src/cli/main.ts generate ${wit} --out ${out} --import-extension ts --check`
  return check(`generated from ${wit}`, 'node', command.split(' '))
}

const counts = await Promise.all([
  check('types', 'tsc', ['-p', 'tsconfig.json']),
  check('lint', 'oxlint', ['--quiet']),
  checkGenerated('wit', 'generated'),
  checkGenerated('test/guests/wit', 'test/guests/generated'),
  check('format', 'prettier', ['--check', '--log-level=warn', '.']),
])
// Tests build what they need of guests; done before, they do not wait for each other. What fails here fails there.
const guests = process.argv.length === 2 && process.env['WITGEN_GUESTS'] === undefined
if (guests) await run('node', ['scripts/guests/main.ts', '--not-committed', '--quiet'], false)
counts.push(await tests(process.argv.slice(2)))
const skipped = skipNotice()
if (skipped !== undefined) console.log(skipped)
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
