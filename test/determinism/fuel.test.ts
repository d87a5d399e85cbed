// A call costs the same fuel on every Node, and each time: the built runtime counts, in a process of its own.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rustGuest } from '../e2e/guests.ts'
import { componentOf } from '../helpers/wat.ts'
import { BuiltCli, nodesAtHand } from './built-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'witgen-fuel-'))
const script = join(folder, 'count.mjs')
const guest = join(folder, 'guest.wasm')

const CORE = `(module
  (func $fib (export "fib") (param i32) (result i32)
    (if (i32.lt_u (local.get 0) (i32.const 2)) (then (return (local.get 0))))
    (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2))))))`

/** Prints what calls of two guests cost, with and without a limit of time, which takes the fuel in slices. */
const SCRIPT = `
  import { compile, instantiate, policyReport } from ${JSON.stringify(pathToFileURL(join(folder, 'dist/runtime/index.js')).href)}
  const costs = []
  for (const policy of [{ fuel: 1e9 }, { fuel: 1e9, maxExecutionTimeMs: 60000, maxCallDepth: 900, maxMemoryPages: 99 }]) {
    const small = instantiate(await compile(process.argv[2], { policy }))
    for (const n of [1, 10, 20]) {
      small.exports.fib(n)
      costs.push(policyReport(small).fuelUsed)
    }
    const imports = { 'demo:pipeline/log': { log() {} } }
    const rust = instantiate(await compile(process.argv[3], { policy }), { imports })
    const api = rust.exports['demo:pipeline/analysis']
    api.shout('straße')
    api.reverse(new Uint8Array(10000))
    api.callBack(20)
    costs.push(policyReport(rust).fuelUsed)
  }
  console.log(JSON.stringify(costs))`

beforeAll(async () => {
  new BuiltCli(folder)
  writeFileSync(script, SCRIPT)
  writeFileSync(guest, await componentOf(CORE, 'package t:t; world w { export fib: func(n: u32) -> u32; }'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const costsOn = (path: string): readonly number[] =>
  JSON.parse(execFileSync(path, [script, guest, rustGuest], { encoding: 'utf8' })) as number[]

// A call of fib(n) below 2: its entry, the three of the condition and the `if`, local.get, return; else 5 and 10 more.
const fib = (n: number): number => (n < 2 ? 7 : 14 + fib(n - 1) + fib(n - 2))

test.each(nodesAtHand())('Node $version', ({ path }) => {
  const costs = costsOn(path)
  expect(costs.slice(0, 3)).toEqual([fib(1), fib(1) + fib(10), fib(1) + fib(10) + fib(20)])
  expect(costs.slice(4)).toEqual(costs.slice(0, 4))
  expect(costs[3]).toBeGreaterThan(1000)
  expect(costsOn(path)).toEqual(costs)
  expect(costs).toEqual(costsOn(process.execPath))
})
