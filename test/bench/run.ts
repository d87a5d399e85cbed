/**
 * `npm run bench`: the generated bindings against hand-written ones, jco and the raw core call.
 *
 *     npm run bench -- [--filter REGEXP] [--quick] [--rounds N] [--suite SUITE] [--node PATH]… [--json FILE]
 *     npm run bench -- --install-peers      installs peers that are optional
 *
 * A wrong answer of a peer ends the run with exit code 1; times are printed and never judged.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { generateTable, type GenerateTimes, runGenerate } from './generate.ts'
import { hooksTable, type HookTimes, runHooks } from './hooks.ts'
import { type ManyTimes, runMany } from './many.ts'
import { QUICK, THOROUGH } from './measure.ts'
import { type PoolTimes, poolTable, runPool } from './pool.ts'
import { installPeers, prepare } from './prepare.ts'
import { runCalls } from './run-calls.ts'
import { runSizes, type Sizes, sizeTable } from './size.ts'
import { summarise, type Summary } from './summary.ts'
import { batchTable, casesTable, classesTable, manyTable } from './tables.ts'

interface NodeReport extends Partial<Summary> {
  readonly node: string
  readonly many?: readonly ManyTimes[]
  readonly hooks?: readonly HookTimes[]
  readonly pool?: PoolTimes
  readonly generate?: GenerateTimes
}

const { values } = parseArgs({
  options: {
    filter: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    suite: { type: 'string', default: 'all' },
    node: { type: 'string', multiple: true, default: [process.execPath] },
    json: { type: 'string' },
    'install-peers': { type: 'boolean', default: false },
  },
})

const root = fileURLToPath(new URL('../..', import.meta.url))
const effort = values.quick ? QUICK : THOROUGH
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3))
const say = (lines: readonly string[]): void => console.log(`${lines.join('\n')}\n`)
const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
}

if (values['install-peers']) installPeers()
const withoutCalls = ['pool', 'generate', 'size'].includes(values.suite)
const prepared = withoutCalls ? undefined : await prepare(join(root, '.cache/bench'))
for (const text of prepared?.missing ?? []) console.error(`not measured: ${text}`)

const reports: NodeReport[] = []
for (const node of values.node) {
  const version = versionOf(node)
  let report: NodeReport = { node: version }
  const runs = (suite: string): boolean => values.suite === suite || values.suite === 'all'
  if (prepared !== undefined && runs('calls')) {
    const filter = new RegExp(values.filter, 'i')
    const summary = summarise(await runCalls({ prepared, node, filter, effort, rounds, progress }))
    progress('')
    say([`Node ${version}`, ...casesTable(summary, prepared.peers)])
    say(classesTable(summary))
    const batch = batchTable(summary, prepared.peers)
    if (batch.length > 0) say(batch)
    report = { ...report, ...summary }
  }
  if (prepared !== undefined && runs('many')) {
    const many = await runMany({ prepared, node, effort, rounds, progress })
    progress('')
    say([`Node ${version}, several instances`, ...manyTable(many)])
    report = { ...report, many }
  }
  if (prepared !== undefined && runs('hooks')) {
    const hooks = await runHooks({ prepared, node, effort, rounds, progress })
    progress('')
    say([`Node ${version}, hooks and log`, ...hooksTable(hooks)])
    report = { ...report, hooks }
  }
  if (runs('pool')) {
    const pool = runPool(node, values.quick)
    if (pool === undefined)
      console.error(`not measured: the pool, which this runs from its sources, on Node ${version}`)
    else {
      say([`Node ${version}, pool`, ...poolTable(pool)])
      report = { ...report, pool }
    }
  }
  if (values.suite === 'generate' || values.suite === 'all') {
    const generate = runGenerate(node, values.quick)
    say([`Node ${version}, the command`, ...generateTable(generate)])
    report = { ...report, generate }
  }
  reports.push(report)
}
let sizes: Sizes | undefined
if (values.suite === 'size' || values.suite === 'all') {
  sizes = await runSizes()
  say(sizeTable(sizes))
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ reports, sizes }, undefined, 2)}\n`)

function versionOf(node: string): string {
  const { stdout, error } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (error !== undefined) throw new Error(`${node} cannot be run: ${error.message}`)
  return stdout.trim()
}
