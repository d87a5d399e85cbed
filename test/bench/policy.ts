/**
 * What limits cost: the same calls of a guest without a policy and under each limit, in turn, a process for each: engines call the
 * functions of the only instance in a process for less than those of the second.
 *
 *     node scripts/bootstrap.mjs --conditions=witgen-source test/bench/policy.ts [--json FILE]
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compile, instantiate, type SecurityPolicy } from 'witgen/runtime'
import { Toolbox, type ToolboxImports } from '../guests/generated/toolbox.ts'
import { ToolboxHost } from '../guests/toolbox-host.ts'
import { componentOf } from '../helpers/wat.ts'

const { values } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '3' }, policy: { type: 'string' } },
})

const POLICIES: Readonly<Record<string, SecurityPolicy | undefined>> = {
  'no policy': undefined,
  memory: { maxMemoryPages: 1000 },
  imports: { allowedImports: { 'test:toolbox/host': true, 'test:toolbox/sinks': true } },
  fuel: { fuel: 1e15 },
  time: { maxExecutionTimeMs: 60_000 },
  depth: { maxCallDepth: 1000 },
  all: { maxMemoryPages: 1000, fuel: 1e15, maxExecutionTimeMs: 60_000, maxCallDepth: 1000, maxOutputBytes: 1e12 },
}

const LOOPS = `(module
  (memory (export "memory") 1)
  (func $fib (param i32) (result i32)
    (if (i32.lt_u (local.get 0) (i32.const 2)) (then (return (local.get 0))))
    (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))
  (func (export "fib") (param i32) (result i32) (call $fib (local.get 0)))
  (func (export "sum") (param i32) (result i32)
    (local $n i32) (local $sum i32)
    (loop $l
      (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $n) (local.get $n))))
      (br_if $l (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (local.get 0))))
    (local.get $sum))
  (func (export "noop")))`
const WIT =
  'package t:t; world w { export fib: func(n: u32) -> u32; export sum: func(n: u32) -> u32; export noop: func(); }'

type Cases = Readonly<Record<string, () => unknown>>

async function cases(policy: SecurityPolicy | undefined): Promise<Cases> {
  const loops = instantiate<{ fib(n: number): number; sum(n: number): number; noop(): void }>(
    await compile(await componentOf(LOOPS, WIT), { policy }),
    { policy },
  )
  const rust = fileURLToPath(new URL('../guests/rust/toolbox.wasm', import.meta.url))
  const imports = new ToolboxHost().imports('toolbox') as ToolboxImports
  const { compute } = await Toolbox.load(rust, { imports, policy })
  const bytes = new Uint8Array(1 << 20).map((_, i) => i)
  return {
    'a tiny loop, 1,000,000 rounds': () => loops.exports.sum(1_000_000),
    'recursion, fib(25)': () => loops.exports.fib(25),
    'an empty call, 10,000 times': () => {
      for (let i = 0; i < 10_000; i++) loops.exports.noop()
    },
    'Rust: checksum of 1 MiB': () => compute.checksum(bytes),
  }
}

/** Milliseconds of the fastest of several runs. */
function best(call: () => unknown, runs: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    call()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/** Milliseconds of each case under one policy, in this process. */
async function measured(name: string): Promise<Record<string, number>> {
  const made = await cases(POLICIES[name])
  return Object.fromEntries(Object.entries(made).map(([title, call]) => [title, best(call, 70)]))
}

/** The same in a process of its own. */
function inProcess(name: string): Record<string, number> {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), '--policy', name]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  return JSON.parse(stdout) as Record<string, number>
}

function compare(): void {
  const times: Record<string, Record<string, number>> = {}
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const name of Object.keys(POLICIES)) {
      for (const [title, ms] of Object.entries(inProcess(name))) {
        const row = (times[title] ??= {})
        row[name] = Math.min(row[name] ?? Number.POSITIVE_INFINITY, ms)
      }
    }
  }
  for (const [title, row] of Object.entries(times)) {
    const base = row['no policy'] ?? 1
    const cells = Object.entries(row).map(([name, ms]) => `${name} ${(ms / base).toFixed(2)}`)
    console.log(`${title} (${base.toFixed(3)} ms): ${cells.slice(1).join(', ')}`)
  }
  if (values.json !== undefined) writeFileSync(join(process.cwd(), values.json), `${JSON.stringify(times, null, 2)}\n`)
}

if (values.policy === undefined) compare()
else console.log(JSON.stringify(await measured(values.policy)))
