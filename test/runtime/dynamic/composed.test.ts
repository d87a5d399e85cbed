// Components inside of one that call each other.
import { describe, expect, test } from 'vitest'
import { compile, instantiate } from 'witgen/runtime'
import { thrownBy } from '../../e2e/guests.ts'
import { ALLOCATOR, wat } from '../../helpers/wat.ts'

type Run = Record<string, (...args: unknown[]) => unknown>

async function load(text: string, imports: object = {}): Promise<Run> {
  const compiled = await compile(await wat(text))
  return instantiate<Run>(compiled, { imports, name: 'composed' }).exports
}

const ENCODINGS = ['utf8', 'utf16', 'latin1+utf16'] as const
const pairs = ENCODINGS.flatMap((caller) => ENCODINGS.map((callee) => [caller, callee] as const))

/** Two components: the outer one hands a string to the inner one, which gives it back; both keep what realloc is told. */
const echo = (caller: string, callee: string): string => `(component
  (core module $Memory
    ${ALLOCATOR.replace('(local $p i32)', '(local $p i32) (call $note (local.get $size)) (call $note (local.get $align)) (call $note (local.get $new))')}
    (global $log (mut i32) (i32.const 1024))
    (func $note (param i32)
      (i32.store (global.get $log) (local.get 0))
      (global.set $log (i32.add (global.get $log) (i32.const 4))))
    (func (export "calls") (result i32)
      (i32.store (i32.const 8) (i32.const 1024))
      (i32.store (i32.const 12) (i32.shr_u (i32.sub (global.get $log) (i32.const 1024)) (i32.const 2)))
      (global.set $log (i32.const 1024))
      (i32.const 8)))
  (component $Inner
    (alias outer 1 $Memory (core module $Memory))
    (core instance $m (instantiate $Memory))
    (core module $Echo
      (import "m" "memory" (memory 1))
      (func (export "echo") (param i32 i32) (result i32)
        (i32.store (i32.const 16) (local.get 0))
        (i32.store (i32.const 20) (local.get 1))
        (i32.const 16)))
    (core instance $e (instantiate $Echo (with "m" (instance $m))))
    (alias core export $m "memory" (core memory $memory))
    (alias core export $m "cabi_realloc" (core func $realloc))
    (func (export "echo") (param "s" string) (result string) (canon lift (core func $e "echo")
      string-encoding=${callee} (memory $memory) (realloc $realloc)))
    (func (export "calls") (result (list u32)) (canon lift (core func $m "calls") (memory $memory))))
  (component $Outer
    (alias outer 1 $Memory (core module $Memory))
    (import "echo" (func $echo (param "s" string) (result string)))
    (core instance $m (instantiate $Memory))
    (alias core export $m "memory" (core memory $memory))
    (alias core export $m "cabi_realloc" (core func $realloc))
    (core func $echo' (canon lower (func $echo) string-encoding=${caller} (memory $memory) (realloc $realloc)))
    (core module $Call
      (import "m" "memory" (memory 1))
      (import "i" "echo" (func $echo (param i32 i32 i32)))
      (func (export "call") (param i32 i32) (result i32)
        (call $echo (local.get 0) (local.get 1) (i32.const 16))
        (i32.const 16)))
    (core instance $c (instantiate $Call (with "m" (instance $m)) (with "i" (instance (export "echo" (func $echo'))))))
    (func (export "call") (param "s" string) (result string) (canon lift (core func $c "call")
      string-encoding=${caller} (memory $memory) (realloc $realloc)))
    (func (export "calls") (result (list u32)) (canon lift (core func $m "calls") (memory $memory))))
  (instance $i (instantiate $Inner))
  (instance $o (instantiate $Outer (with "echo" (func $i "echo"))))
  (export "call" (func $o "call"))
  (export "inner-calls" (func $i "calls"))
  (export "outer-calls" (func $o "calls")))`

const HARD = 'hö☃🍰'
const LATIN = 'hö'

/**
 * What the inner component's realloc is called with for a string in each encoding of the caller: CanonicalABI.md,
 * `store_string_into_range`.
 */
const INTO: Readonly<Record<string, { readonly hard: readonly number[]; readonly latin: readonly number[] }>> = {
  'utf8 utf8': { hard: [0, 1, 10], latin: [0, 1, 3] },
  'utf8 utf16': { hard: [0, 2, 20, 20, 2, 10], latin: [0, 2, 6, 6, 2, 4] },
  'utf8 latin1+utf16': { hard: [0, 2, 10, 10, 2, 20, 20, 2, 10], latin: [0, 2, 3, 3, 2, 2] },
  'utf16 utf8': { hard: [0, 1, 5, 5, 1, 15, 15, 1, 10], latin: [0, 1, 2, 2, 1, 6, 6, 1, 3] },
  'utf16 utf16': { hard: [0, 2, 10], latin: [0, 2, 4] },
  'utf16 latin1+utf16': { hard: [0, 2, 5, 5, 2, 10], latin: [0, 2, 2] },
  'latin1+utf16 utf8': { hard: [0, 1, 5, 5, 1, 15, 15, 1, 10], latin: [0, 1, 2, 2, 1, 4, 4, 1, 3] },
  'latin1+utf16 utf16': { hard: [0, 2, 10], latin: [0, 2, 4] },
  'latin1+utf16 latin1+utf16': { hard: [0, 2, 10], latin: [0, 2, 2] },
}

describe.each(pairs)('strings from %s to %s', (caller, callee) => {
  test('arrive and come back, with the allocations of the specification', async () => {
    const run = await load(echo(caller, callee))
    const expected = INTO[`${caller} ${callee}`]
    expect(run['call']?.(HARD)).toBe(HARD)
    expect(Array.from(run['innerCalls']?.() as Uint32Array)).toEqual(expected?.hard)
    expect(run['call']?.(LATIN)).toBe(LATIN)
    expect(Array.from(run['innerCalls']?.() as Uint32Array)).toEqual(expected?.latin)
    for (const text of ['', 'plain', '\x80\x9f', '☃'.repeat(2000)]) expect(run['call']?.(text)).toBe(text)
  })
})

/** An inner component with a resource, and an outer one that uses it; `uses` are the core functions of the latter. */
const resource = (uses: string, exports: string): string => `(component
  (component $Inner
    (core module $M
      (memory (export "memory") 1)
      (global $dropped (export "dropped") (mut i32) (i32.const 0))
      (func (export "dtor") (param i32) (global.set $dropped (local.get 0)))
      (func (export "last") (result i32) (global.get $dropped))
      (func (export "peek") (param i32) (result i32) (local.get 0)))
    (core instance $m (instantiate $M))
    (type $r (resource (rep i32) (dtor (core func $m "dtor"))))
    (core func $new (canon resource.new $r))
    (core func $rep (canon resource.rep $r))
    (core module $N
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "rep" (func $rep (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "take") (param i32) (result i32) (call $rep (local.get 0))))
    (core instance $n (instantiate $N (with "" (instance (export "new" (func $new)) (export "rep" (func $rep))))))
    (export $r' "r" (type $r))
    (func (export "make") (param "n" u32) (result (own $r')) (canon lift (core func $n "make")))
    (func (export "peek") (param "r" (borrow $r')) (result u32) (canon lift (core func $m "peek")))
    (func (export "take") (param "r" (own $r')) (result u32) (canon lift (core func $n "take")))
    (func (export "last") (result u32) (canon lift (core func $m "last"))))
  (component $Outer
    (import "inner" (instance $inner
      (export "r" (type $r (sub resource)))
      (export "make" (func (param "n" u32) (result (own $r))))
      (export "peek" (func (param "r" (borrow $r)) (result u32)))
      (export "take" (func (param "r" (own $r)) (result u32)))))
    (alias export $inner "r" (type $r))
    (core func $make (canon lower (func $inner "make")))
    (core func $peek (canon lower (func $inner "peek")))
    (core func $take (canon lower (func $inner "take")))
    (core func $drop (canon resource.drop $r))
    (core module $M
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "peek" (func $peek (param i32) (result i32)))
      (import "" "take" (func $take (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      ${uses})
    (core instance $m (instantiate $M (with "" (instance
      (export "make" (func $make)) (export "peek" (func $peek)) (export "take" (func $take)) (export "drop" (func $drop))))))
    ${exports})
  (instance $i (instantiate $Inner))
  (instance $o (instantiate $Outer (with "inner" (instance $i))))
  (export "run" (func $o "run"))
  (export "last" (func $i "last")))`

const RUN = '(func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run")))'

describe('resources of an inner component', () => {
  test('are made, lent, passed on, and dropped where they are implemented', async () => {
    const run = await load(
      resource(
        `(func (export "run") (param i32) (result i32)
          (local $a i32) (local $b i32) (local $sum i32)
          (local.set $a (call $make (local.get 0)))
          (local.set $b (call $make (i32.const 1000)))
          (local.set $sum (i32.add (call $peek (local.get $a)) (call $peek (local.get $a))))
          (local.set $sum (i32.add (local.get $sum) (call $take (local.get $b))))
          (call $drop (local.get $a))
          (local.get $sum))`,
        RUN,
      ),
    )
    expect(run['run']?.(7)).toBe(1014)
    expect(run['last']?.()).toBe(7)
  })

  test.each([
    ['a handle that was passed on', '(call $take (local.get $a))', 'uses the handle 1 of r, which it does not have'],
    [
      'a handle that was dropped',
      '(call $drop (local.get $a)) (i32.const 0)',
      'uses the handle 1 of r, which it does not have',
    ],
  ])('%s is gone', async (_, first, message) => {
    const run = await load(
      resource(
        `(func (export "run") (param i32) (result i32)
          (local $a i32)
          (local.set $a (call $make (local.get 0)))
          (drop ${first.includes('(i32.const 0)') ? `(block (result i32) ${first})` : first})
          (call $peek (local.get $a)))`,
        RUN,
      ),
    )
    expect(thrownBy(() => run['run']?.(7))).toMatchObject({
      codeName: 'AbiViolation',
      message: `wasm module composed error [14 AbiViolation]: the guest ${message}`,
    })
    expect(thrownBy(() => run['last']?.())).toMatchObject({ codeName: 'InstancePoisoned' })
  })
})

describe('traps', () => {
  const trapping = (body: string): string => `(component
    (component $Inner
      (core module $M (func (export "f") (result i32) ${body}) (func (export "other")))
      (core instance $m (instantiate $M))
      (func (export "f") (result char) (canon lift (core func $m "f")))
      (func (export "other") (canon lift (core func $m "other"))))
    (component $Outer
      (import "f" (func $f (result char)))
      (core func $f' (canon lower (func $f)))
      (core module $M
        (import "" "f" (func $f (result i32)))
        (func (export "run") (drop (call $f)))
        (func (export "idle")))
      (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
      (func (export "run") (canon lift (core func $m "run")))
      (func (export "idle") (canon lift (core func $m "idle"))))
    (instance $i (instantiate $Inner))
    (instance $o (instantiate $Outer (with "f" (func $i "f"))))
    (export "run" (func $o "run"))
    (export "idle" (func $o "idle"))
    (export "other" (func $i "other")))`

  test.each([
    ['unreachable', 'Unreachable'],
    ['(i32.const 0xd800)', 'AbiViolation'],
    ['(i32.div_u (i32.const 1) (i32.const 0))', 'ArithmeticTrap'],
  ])('%s in the inner component ends all of them', async (body, codeName) => {
    const run = await load(trapping(body))
    run['idle']?.()
    run['other']?.()
    expect(thrownBy(() => run['run']?.())).toMatchObject({ codeName, function: 'f' })
    for (const name of ['run', 'idle', 'other']) {
      expect(thrownBy(() => run[name]?.())).toMatchObject({ codeName: 'InstancePoisoned', cause: { codeName } })
    }
  })
})

test('a child may call its parent while it is called by it', async () => {
  const run = await load(`(component
    (core module $Parent (func (export "back") (param i32) (result i32) (i32.add (local.get 0) (i32.const 5))))
    (core instance $p (instantiate $Parent))
    (func $back (param "n" u32) (result u32) (canon lift (core func $p "back")))
    (component $Child
      (import "back" (func $back (param "n" u32) (result u32)))
      (core func $back' (canon lower (func $back)))
      (core module $M
        (import "" "back" (func $back (param i32) (result i32)))
        (func (export "go") (param i32) (result i32) (i32.mul (call $back (local.get 0)) (i32.const 2))))
      (core instance $m (instantiate $M (with "" (instance (export "back" (func $back'))))))
      (func (export "go") (param "n" u32) (result u32) (canon lift (core func $m "go"))))
    (instance $c (instantiate $Child (with "back" (func $back))))
    (core func $go (canon lower (func $c "go")))
    (core module $Main
      (import "" "go" (func $go (param i32) (result i32)))
      (func (export "run") (param i32) (result i32) (i32.add (call $go (local.get 0)) (i32.const 1))))
    (core instance $m (instantiate $Main (with "" (instance (export "go" (func $go))))))
    (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))`)
  expect([run['run']?.(1), run['run']?.(2)]).toEqual([13, 15])
})

test('a component that catches a trap in its post-return ends all of them', async () => {
  const run = await load(
    `(component
    (import "ping" (func $ping))
    (component $Inner
      (import "ping" (func $ping))
      (core func $ping' (canon lower (func $ping)))
      (core module $M
        (import "" "ping" (func $ping))
        (func (export "f") (result i32) (i32.const 5))
        (func (export "post") (param i32) (block $done (try_table (catch_all $done) (call $ping)))))
      (core instance $m (instantiate $M (with "" (instance (export "ping" (func $ping'))))))
      (func (export "f") (result u32) (canon lift (core func $m "f") (post-return (core func $m "post")))))
    (component $Outer
      (import "f" (func $f (result u32)))
      (core func $f' (canon lower (func $f)))
      (core module $M
        (import "" "f" (func $f (result i32)))
        (func (export "run") (result i32) (call $f)))
      (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
      (func (export "run") (result u32) (canon lift (core func $m "run"))))
    (instance $i (instantiate $Inner (with "ping" (func $ping))))
    (instance $o (instantiate $Outer (with "f" (func $i "f"))))
    (export "run" (func $o "run")))`,
    { ping() {} },
  )
  expect(thrownBy(() => run['run']?.())).toMatchObject({ codeName: 'AbiViolation' })
  expect(thrownBy(() => run['run']?.())).toMatchObject({ codeName: 'InstancePoisoned' })
})
