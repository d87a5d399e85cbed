/**
 * What limits cost: the same calls of a guest without a policy and under each limit, in one process, in turn.
 *
 *     node scripts/bootstrap.mjs --conditions=witgen-source test/bench/policy.ts [--json FILE]
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compile, instantiate, type SecurityPolicy } from 'witgen/runtime'
import { Toolbox, type ToolboxImports } from '../guests/generated/toolbox.ts'
import { ToolboxHost } from '../guests/toolbox-host.ts'
import { componentOf } from '../helpers/wat.ts'

const { values } = parseArgs({ options: { json: { type: 'string' }, rounds: { type: 'string', default: '7' } } })

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

const all: [string, Cases][] = []
for (const [name, policy] of Object.entries(POLICIES)) all.push([name, await cases(policy)])
const times: Record<string, Record<string, number>> = {}
const [, first] = all[0] ?? ['', {}]
for (const title of Object.keys(first)) {
  const row: Record<string, number> = (times[title] = {})
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, of] of all) {
      const call = of[title]
      if (call !== undefined) row[name] = Math.min(row[name] ?? Number.POSITIVE_INFINITY, best(call, 10))
    }
  }
  const base = row['no policy'] ?? 1
  const cells = Object.entries(row).map(([name, ms]) => `${name} ${(ms / base).toFixed(2)}`)
  console.log(`${title} (${base.toFixed(3)} ms): ${cells.slice(1).join(', ')}`)
}
if (values.json !== undefined) writeFileSync(join(process.cwd(), values.json), `${JSON.stringify(times, null, 2)}\n`)
