/**
 * `npm run fuzz`: mutated WIT, components, core modules and debug information, and values through generated and dynamic codecs. Ends with 1 when
 * something is found; the input that makes it is made small, printed, and written to `.cache/fuzz`.
 *
 *   npm run fuzz -- [--seed 1] [--seconds 60] [--target wit|component|rewrite|dwarf|codecs] [--json FILE]
 *
 * The seconds are shared by the targets. The same seed gives the same inputs, whatever the time.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Finding } from './fuzz.ts'
import { runTarget } from './run-target.ts'
import { targets } from './targets.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const names = ['wit', 'component', 'rewrite', 'dwarf', 'codecs'] as const
type Name = (typeof names)[number]

interface Row {
  readonly target: Name
  readonly runs: number
  readonly taken: number
  readonly finding: { readonly run: number; readonly message: string; readonly file: string } | undefined
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', multiple: true },
    json: { type: 'string' },
  },
})
const seed = Number(values.seed)
const seconds = Number(values.seconds)
const chosen = names.filter((name) => values.target?.includes(name) ?? true)
if (!Number.isInteger(seed) || !(seconds > 0) || chosen.length < (values.target?.length ?? 1)) {
  console.error(`usage: npm run fuzz -- [--seed N] [--seconds N] [--target ${names.join('|')}] [--json FILE]`)
  process.exit(2)
}

/** Random worlds and values; seeds and worlds are counted by that test itself. */
function runCodecs(share: number): Row {
  const worlds = Math.max(1, Math.round(2 * share))
  const env = { ...process.env, WITGEN_RANDOM_SEED: String(seed), WITGEN_RANDOM_WORLDS: String(worlds) }
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/random', '--reporter=dot']
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  if (status === 0) return { target: 'codecs', runs: worlds, taken: worlds, finding: undefined }
  const file = writeReproducer(`codecs-${seed}.txt`, new TextEncoder().encode(stdout))
  return { target: 'codecs', runs: worlds, taken: 0, finding: { run: 0, message: stdout.slice(-4000), file } }
}

function writeReproducer(name: string, content: Uint8Array): string {
  const folder = join(root, '.cache/fuzz')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, content)
  return relative(root, path)
}

function shown({ target, input }: Finding): string {
  return target === 'wit' ? new TextDecoder().decode(input) : Buffer.from(input.subarray(0, 2000)).toString('hex')
}

const rows: Row[] = []
for (const name of chosen) {
  const share = seconds / chosen.length
  if (name === 'codecs') rows.push(runCodecs(share))
  else {
    const { runs, taken, finding } = await runTarget(name, seed, share)
    if (finding !== undefined) console.log(`${name}:\n${shown(finding)}\n`)
    rows.push({
      target: name,
      runs,
      taken,
      finding: finding && {
        run: finding.run,
        message: finding.message,
        file: writeReproducer(`${name}-${seed}-${finding.run}.${targets[name].extension}`, finding.input),
      },
    })
  }
  const { runs, taken, finding } = rows.at(-1) as Row
  console.log(`${name.padEnd(9)}  ${String(runs).padStart(7)} inputs, ${taken} of them taken`)
  if (finding !== undefined)
    console.log(`FOUND by seed ${seed}, input ${finding.run}: ${finding.message}\n→ ${finding.file}`)
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ seed, seconds, targets: rows }, null, 2)}\n`)
process.exitCode = rows.some(({ finding }) => finding !== undefined) ? 1 : 0
