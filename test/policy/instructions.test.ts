// Instructions that get around a limit if they are forgotten: each is held to the policy, or refused before any code runs, the
// same each time.
import { expect, test } from 'vitest'
import {
  compile,
  instantiate,
  isWasmError,
  policyReport,
  type ComponentInstance,
  type SecurityPolicy,
} from 'witgen/runtime'
import { componentOf } from '../helpers/wat.ts'

const WIT = `package t:t; interface h { ping: func(); } interface i { f: func(n: u32) -> u32; } world w { import h; export i; }`
interface Exports {
  readonly 't:t/i': { f(n: number): number }
}

const HEAD = '(module (import "t:t/h" "ping" (func $ping)) (memory (export "memory") 1)'
const F = '(func (export "t:t/i#f") (param i32) (result i32)'
const fuel = { fuel: 100_000 }
const pages = { maxMemoryPages: 200 }
const depth = { maxCallDepth: 200 }
const elements = { maxTableElements: 1000 }
const time = { maxExecutionTimeMs: 5000 }
const everything = { ...fuel, ...pages, ...depth, ...elements, ...time }

test.each<[what: string, core: string, policy: SecurityPolicy, outcome: unknown]>([
  ['49,990 locals', `${F} (local ${'i32 '.repeat(49_990)}) (local.get 40000)))`, everything, 0],
  ['more locals than engines take with the checks', `${F} (local ${'i32 '.repeat(49_999)}) (local.get 40000)))`, fuel, 'PolicyUnsupported'], // prettier-ignore
  ['60,000 branches', `${F} (block $b (block $a (br_table ${'$a $b '.repeat(30_000)} (local.get 0)))) (i32.const 7)))`, everything, 7], // prettier-ignore
  ['3,000 blocks in each other', `${F} ${'block '.repeat(3000)} ${'end '.repeat(3000)} (i32.const 7)))`, everything, 7],
  ['who catches whatever the host throws', `${F} (loop $l (block $h (try_table (catch_all $h) (call $ping))) (br $l)) (i32.const 1)))`, fuel, 'HostError'], // prettier-ignore
  ['who catches its own depth', `${F} (call $r) (i32.const 1)) (func $r (block $h (try_table (catch_all $h) (call $r)))))`, depth, 'CallDepth'], // prettier-ignore
  ['tail calls', `(func $t (param i32) (result i32) (return_call $t (local.get 0))) ${F} (return_call $t (local.get 0))))`, everything, 'FuelExhausted'], // prettier-ignore
  ['tail calls by reference', `(type $f (func (param i32) (result i32))) (elem declare func $t) (func $t (type $f) (return_call_ref $f (local.get 0) (ref.func $t))) ${F} (call $t (local.get 0))))`, everything, 'FuelExhausted'], // prettier-ignore
  ['a start function', `(start $s) (func $s (loop $l (br $l))) ${F} (i32.const 1)))`, everything, 'FuelExhausted'],
  ['a start function that grows', `(start $s) (func $s (drop (memory.grow (i32.const 1000)))) ${F} (memory.size)))`, everything, 1], // prettier-ignore
  ['another memory', `(memory $m 1) ${F} (memory.grow $m (i32.const 1000))))`, pages, 4_294_967_295],
  ['another memory that begins large', `(memory $m 5000) ${F} (i32.const 1)))`, pages, 'MemoryLimit'],
  ['a shared memory', `(memory $m 1 1000 shared) ${F} (memory.grow $m (i32.const 900))))`, pages, 4_294_967_295],
  ['waiting for other threads', `(memory $m 1 100 shared) ${F} (memory.atomic.wait32 $m (i32.const 0) (i32.const 0) (i64.const -1))))`, time, 'PolicyUnsupported'], // prettier-ignore
  ['64-bit addresses of a memory', `(memory $m i64 1) ${F} (i32.wrap_i64 (memory.grow $m (i64.const 1000)))))`, pages, 'PolicyUnsupported'], // prettier-ignore
  ['filling a memory of 64 bits', `(memory $m i64 1) ${F} (memory.fill $m (i64.const 0) (i32.const 1) (i64.const 9)) (i32.const 1)))`, fuel, 'PolicyUnsupported'], // prettier-ignore
  ['64-bit addresses of a table', `(table $t i64 1 funcref) ${F} (i32.wrap_i64 (table.grow $t (ref.null func) (i64.const 9)))))`, elements, 'PolicyUnsupported'], // prettier-ignore
  ['passive data', `(data $d "${'x'.repeat(60_000)}") ${F} (loop $l (memory.init $d (i32.const 0) (i32.const 0) (i32.const 60000)) (br $l)) (i32.const 1)))`, everything, 'FuelExhausted'], // prettier-ignore
  ['passive elements', `(table $t 100 funcref) (elem $e func ${'$x '.repeat(100)}) (func $x) ${F} (loop $l (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 100)) (br $l)) (i32.const 1)))`, everything, 'FuelExhausted'], // prettier-ignore
  ['filling a table', `(table $t 100 funcref) ${F} (loop $l (table.fill $t (i32.const 0) (ref.null func) (i32.const 100)) (br $l)) (i32.const 1)))`, everything, 'FuelExhausted'], // prettier-ignore
  ['objects', `(type $s (struct (field (mut (ref null $s))))) ${F} (local $p (ref null $s)) (loop $l (local.set $p (struct.new $s (local.get $p))) (br $l)) (i32.const 1)))`, pages, 'PolicyUnsupported'], // prettier-ignore
  ['large objects, by fuel', `(type $a (array (mut i8))) ${F} (array.len (array.new $a (i32.const 1) (i32.const 2000000000)))))`, fuel, 'FuelExhausted'], // prettier-ignore
  [
    'exceptions that carry others',
    `(tag $e (param exnref)) ${F} (throw $e (ref.null exn))))`,
    pages,
    'PolicyUnsupported',
  ],
  ['vectors', `${F} (local $v v128) (loop $l (local.set $v (i8x16.add (local.get $v) (local.get $v))) (br $l)) (i32.const 1)))`, everything, 'FuelExhausted'], // prettier-ignore
  ['branches on references', `${F} (loop $l (br_on_null $l (ref.null func)) (drop)) (i32.const 1)))`, everything, 'FuelExhausted'], // prettier-ignore
])('%s', async (_what, core, policy, outcome) => {
  const bytes = await componentOf(`${HEAD} ${core}`, WIT)
  const run = async (): Promise<readonly unknown[]> => {
    let pings = 0
    const ping = (): never => {
      pings++
      throw new Error('no')
    }
    let instance: ComponentInstance<Exports> | undefined
    try {
      instance = instantiate<Exports>(await compile(bytes), { policy, imports: { 't:t/h': { ping } } })
      return [instance.exports['t:t/i'].f(3), policyReport(instance).fuelUsed, pings]
    } catch (error) {
      if (!isWasmError(error)) throw error
      return [error.codeName, policy.fuel && instance && policyReport(instance).fuelUsed, pings]
    }
  }
  const first = await run()
  expect(first[0]).toBe(outcome)
  // The host is called no more once it has failed.
  expect(first[2]).toBe(outcome === 'HostError' ? 1 : 0)
  expect(await run()).toEqual(first)
})
