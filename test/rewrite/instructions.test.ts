// What every kind of instruction becomes when a module is written anew: still valid, and with the same answers.
import { describe, expect, test } from 'vitest'
import { rewriteModule, type RewriteOptions } from '../../src/component/rewrite/rewrite.ts'
import { Ask, BUDGET, CALLBACKS, DEPTH, GUARD } from '../../src/component/rewrite/guard-abi.ts'
import { askTable } from '../../src/runtime/policy/trampoline.ts'
import { wat } from '../helpers/wat.ts'

const ALL: RewriteOptions = {
  module: 0,
  maxMemoryPages: 100,
  maxTableElements: 100,
  memories: true,
  budget: true,
  noWaiting: true,
  depth: true,
}

type Exports = Record<string, (...args: (number | bigint)[]) => unknown>

/** An instance of a module as it is, and one of what it becomes; `state` is what the host has of the second. */
async function both(
  text: string,
  options: Partial<RewriteOptions> = {},
  imports: WebAssembly.Imports = {},
): Promise<{
  readonly before: Exports
  readonly after: Exports
  readonly used: () => number
  readonly depth: () => number
}> {
  const bytes = (await wat(text)) as Uint8Array<ArrayBuffer>
  const before = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports)
  const rewritten = rewriteModule(bytes, { ...ALL, ...options })
  const budget = new WebAssembly.Global({ value: 'i64', mutable: true }, 1_000_000_000n)
  const depth = new WebAssembly.Global({ value: 'i32', mutable: true }, 1000)
  const ask = (value: number, _: number, kind: number): number => ((kind & 15) <= Ask.depth ? 1 : value)
  const guard = { [CALLBACKS]: askTable(ask), [BUDGET]: budget, [DEPTH]: depth }
  const after = new WebAssembly.Instance(new WebAssembly.Module(rewritten.bytes), { ...imports, [GUARD]: guard })
  return {
    before: before.exports as Exports,
    after: after.exports as Exports,
    used: () => 1_000_000_000 - Number(budget.value),
    depth: () => 1000 - depth.value,
  }
}

/** Modules whose function `f` takes a number, by what is in them. */
const MODULES: Readonly<Record<string, string>> = {
  'blocks, branches and early returns': `(module
    (func (export "f") (param i32) (result i32) (local i64 i32)
      (block $out (result i32)
        (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
        (loop $l
          (local.set 2 (i32.add (local.get 2) (local.get 0)))
          (br_if 2 (local.get 2) (i32.gt_u (local.get 2) (i32.const 40)))
          drop
          (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (block $a (block $b (block $c (br_table $a $b $c (local.get 2))) (br $out (i32.const 1))) (br $out (i32.const 2)))
        (i32.add (local.get 2) (i32.const 100)))))`,
  'several results': `(module
    (func $two (param i32) (result i32 i64)
      (if (i32.and (local.get 0) (i32.const 1)) (then (br 1 (i32.const 5) (i64.const 6))))
      (local.get 0) (i64.const 9))
    (func (export "f") (param i32) (result i32 i64) (call $two (local.get 0))))`,
  'globals, tables and indirect calls': `(module
    (import "m" "g" (global $g i32))
    (global $own (mut i32) (i32.add (global.get $g) (i32.const 1)))
    (table $t 3 3 funcref) (table $u 2 funcref)
    (type $un (func (param i32) (result i32)))
    (elem (i32.const 0) $inc) (elem (table $u) (i32.const 1) func $dec)
    (elem $passive func $inc $dec) (elem declare func $dec)
    (func $inc (type $un) (i32.add (local.get 0) (global.get $own)))
    (func $dec (type $un) (i32.sub (local.get 0) (i32.const 1)))
    (export "own" (global $own)) (export "table" (table $u))
    (func (export "f") (param i32) (result i32)
      (global.set $own (i32.add (global.get $own) (i32.const 1)))
      (table.init $t $passive (i32.const 1) (i32.const 0) (i32.const 2))
      (table.copy $u $t (i32.const 0) (i32.const 0) (i32.const 1))
      (table.set $t (i32.const 0) (ref.func $dec))
      (table.fill $t (i32.const 0) (table.get $t (i32.const 2)) (i32.const 1))
      (elem.drop $passive)
      (drop (table.grow $u (ref.null func) (i32.const 1)))
      (i32.add (table.size $u)
        (call_indirect $u (type $un) (call_indirect $t (type $un) (local.get 0) (i32.const 1)) (i32.const 0)))))`,
  'tail calls': `(module
    (type $t (func (param i32 i32) (result i32)))
    (table funcref (elem $odd))
    (func $even (type $t)
      (if (result i32) (i32.eqz (local.get 0)) (then (local.get 1))
        (else (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (i32.const 1)) (i32.const 0)))))
    (func $odd (type $t)
      (if (result i32) (i32.eqz (local.get 0)) (then (local.get 1))
        (else (return_call $even (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (i32.const 1))))))
    (func (export "f") (param i32) (result i32)
      (call $even (i32.mul (local.get 0) (i32.const 10000)) (i32.const 0))))`,
  'legacy exceptions': `(module
    (tag $e (param i32))
    (func $thrower (param i32) (result i32)
      (if (i32.and (local.get 0) (i32.const 1)) (then (throw $e (i32.const 40))))
      (local.get 0))
    (func (export "f") (param i32) (result i32)
      (local i32)
      try (result i32)
        try (result i32)
          (call $thrower (local.get 0))
        delegate 0
      catch $e
        i32.const 2 i32.add
      catch_all
        i32.const 3
      end
      (local.set 0 (i32.const 2000))
      (loop $again
        try
          (drop (call $thrower (i32.const 1)))
        catch_all
        end
        (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`,
  memory: `(module
    (memory (export "memory") 1) (data $d "witgen") (data (i32.const 8) "abc")
    (func (export "f") (param i32) (result i32)
      (memory.init $d (i32.const 100) (i32.const 0) (i32.const 6)) (data.drop $d)
      (memory.copy (i32.const 200) (i32.const 100) (i32.const 6))
      (memory.fill (i32.const 203) (i32.const 65) (i32.const 2))
      (i32.store8 offset=300 (local.get 0) (i32.const 1))
      (i32.add (memory.grow (i32.const 1)) (i32.add (memory.size) (i32.load (i32.const 202))))))`,
  'numbers, conversions and sign extension': `(module
    (func (export "f") (param i32) (result i32)
      (i32.add
        (i32.trunc_sat_f64_s (f64.mul (f64.convert_i32_s (local.get 0)) (f64.const 1.5)))
        (i32.wrap_i64 (i64.extend8_s (i64.trunc_sat_f32_u (f32.add (f32.const 3.25) (f32.convert_i32_u (local.get 0)))))))))`,
  vectors: `(module
    (memory 1)
    (func (export "f") (param i32) (result i32)
      (v128.store (i32.const 0) (i32x4.add (i32x4.splat (local.get 0)) (v128.const i32x4 1 2 3 4)))
      (v128.store32_lane 2 (i32.const 32) (v128.load (i32.const 0)))
      (i32.add (i32.load (i32.const 32))
        (i32x4.extract_lane 1
          (i8x16.shuffle 4 5 6 7 4 5 6 7 0 1 2 3 0 1 2 3 (v128.load (i32.const 0)) (v128.load (i32.const 0)))))))`,
}

/** Needs engines that Node 20 does not have. */
const NEWER: Readonly<Record<string, string>> = {
  'typed references': `(module
    (type $un (func (param i32) (result i32)))
    (elem declare func $inc)
    (func $inc (type $un) (i32.add (local.get 0) (i32.const 1)))
    (func $maybe (param i32) (result (ref null $un))
      (if (result (ref null $un)) (local.get 0) (then (ref.func $inc)) (else (ref.null $un))))
    (func (export "f") (param i32) (result i32)
      (block $none
        (return (call_ref $un (local.get 0) (br_on_null $none (call $maybe (local.get 0))))))
      (i32.const 99)))`,
  'collected objects': `(module
    (type $pair (struct (field (mut i32)) (field i32)))
    (type $list (array (mut i32)))
    (func (export "f") (param i32) (result i32)
      (local $p (ref null $pair)) (local $l (ref null $list))
      (local.set $p (struct.new $pair (local.get 0) (i32.const 4)))
      (local.set $l (array.new $list (local.get 0) (i32.const 20)))
      (array.fill $list (local.get $l) (i32.const 3) (i32.const 8) (i32.const 2))
      (struct.set $pair 0 (local.get $p) (array.get $list (local.get $l) (i32.const 4)))
      (block $any (result anyref)
        (drop (br_on_cast $any anyref (ref $pair) (local.get $l)))
        (return (i32.add (struct.get $pair 0 (local.get $p)) (array.len (local.get $l)))))
      drop (i32.const 5)))`,
  'exceptions by reference': `(module
    (tag $e (param i32))
    (func $thrower (param i32) (result i32)
      (if (i32.and (local.get 0) (i32.const 1)) (then (throw $e (i32.const 40))))
      (local.get 0))
    (func (export "f") (param i32) (result i32)
      (local $n i32)
      (loop $more
        (block $caught
          (try_table (catch_all $caught) (drop (call $thrower (i32.const 1)))))
        (br_if $more (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 2000))))
      (loop $again
        (block $h (result i32)
          (try_table (catch $e $h) (return (call $thrower (local.get 0))))
          unreachable)
        (local.set 0)
        (br_if $again (i32.ge_u (local.get 0) (i32.const 41))))
      (local.get 0)))`,
}

/** What a call gives, or the message of its trap: segments are dropped by the first call. */
function outcome(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return (error as Error).message
  }
}

const supports = (text: string): Promise<boolean> =>
  wat(text).then((bytes) => WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>))

describe.each([...Object.entries(MODULES), ...Object.entries(NEWER)])('%s', (what, text) => {
  const imports = { m: { g: 3 } }
  const isUnbounded = what === 'collected objects'
  const options = isUnbounded ? { memories: false, maxMemoryPages: undefined } : {}

  test('the engine of the tests knows it', async () => {
    expect(await supports(text)).toBe(true)
  })

  test.each([
    ['everything', {}],
    ['nothing but fuel', { depth: false, memories: false, maxTableElements: undefined, maxMemoryPages: undefined }],
    ['nothing but depth', { budget: false, memories: false, maxTableElements: undefined, maxMemoryPages: undefined }],
    ['nothing but memory', { budget: false, depth: false, maxTableElements: undefined }],
    ['nothing but tables', { budget: false, depth: false, memories: false, maxMemoryPages: undefined }],
  ])('%s: the same answers', async (_, needs) => {
    const { before, after, depth } = await both(text, { ...needs, ...options }, imports)
    expect(outcome(() => before['f']?.(0))).not.toBeTypeOf('string')
    expect(outcome(() => after['f']?.(0))).not.toBeTypeOf('string')
    expect(depth()).toBe(0)
    for (const n of [0, 1, 2, 7, 50]) {
      expect(outcome(() => after['f']?.(n))).toEqual(outcome(() => before['f']?.(n)))
    }
  })

  test('is charged for, the same each time', async () => {
    const first = await both(text, options, imports)
    const second = await both(text, options, imports)
    first.after['f']?.(7)
    second.after['f']?.(7)
    expect(first.used()).toBeGreaterThan(3)
    expect(second.used()).toBe(first.used())
  })
})

describe('units', () => {
  const units = async (text: string, ...args: number[]): Promise<number> => {
    const { after, used } = await both(text)
    after['f']?.(...args)
    return used()
  }

  test('one per instruction that does something, one per function and per round of a loop', async () => {
    expect(await units('(module (func (export "f")))')).toBe(1)
    expect(await units('(module (func (export "f") nop nop))')).toBe(1)
    expect(await units('(module (func (export "f") (drop (i32.const 1))))')).toBe(3)
    // local.get, i32.const, i32.sub, local.tee, br_if, and one for the round.
    const loop = '(loop $l (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))'
    expect(await units(`(module (func (export "f") (param i32) ${loop}))`, 1)).toBe(1 + 6)
    expect(await units(`(module (func (export "f") (param i32) ${loop}))`, 10)).toBe(1 + 6 * 10)
  })

  test('of two branches only the one that is taken', async () => {
    const text = '(module (func (export "f") (param i32) (if (local.get 0) (then (drop (i32.const 1))) (else nop))))'
    expect(await units(text, 0)).toBe(3)
    expect(await units(text, 1)).toBe(5)
  })

  test('bulk instructions by their length', async () => {
    const text =
      '(module (memory 1) (func (export "f") (param i32) (memory.fill (i32.const 0) (i32.const 0) (local.get 0))))'
    expect(await units(text, 0)).toBe(5)
    expect(await units(text, 6400)).toBe(105)
  })
})
