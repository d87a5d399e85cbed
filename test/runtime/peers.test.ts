// Components inside of one: while one of them calls the host, the host can enter none. Spec: `call_might_be_recursive`.
import { expect, test } from 'vitest'
import { compile, instantiate } from 'witgen/runtime'
import { thrownBy } from '../e2e/guests.ts'
import { wat } from '../helpers/wat.ts'

/** `run` asks the host for two numbers and gives their sum; `add` and `boom` are another component's. */
const SIBLINGS = `(component
  (import "get" (func $get (result (tuple u32 u32))))
  (component $Asks
    (import "get" (func $get (result (tuple u32 u32))))
    (core module $Memory (memory (export "memory") 1))
    (core instance $m (instantiate $Memory))
    (alias core export $m "memory" (core memory $memory))
    (core func $get' (canon lower (func $get) (memory $memory)))
    (core module $Run
      (import "m" "memory" (memory 1))
      (import "i" "get" (func $get (param i32)))
      (func (export "run") (result i32)
        (call $get (i32.const 16))
        (i32.add (i32.load (i32.const 16)) (i32.load (i32.const 20)))))
    (core instance $r (instantiate $Run (with "m" (instance $m)) (with "i" (instance (export "get" (func $get'))))))
    (func (export "run") (result u32) (canon lift (core func $r "run"))))
  (component $Other
    (core module $M
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "boom") unreachable))
    (core instance $m (instantiate $M))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $m "add")))
    (func (export "boom") (canon lift (core func $m "boom"))))
  (instance $a (instantiate $Asks (with "get" (func $get))))
  (instance $b (instantiate $Other))
  (export "run" (func $a "run"))
  (export "add" (func $b "add"))
  (export "boom" (func $b "boom")))`

type Siblings = Readonly<Record<'run' | 'add' | 'boom', (...args: number[]) => number>>

const siblings = await compile(await wat(SIBLINGS))

function load(get: () => unknown): { readonly exports: Siblings; dispose(): void } {
  return instantiate<Siblings>(siblings, { imports: { get } })
}

test('in an import of one of them the host can enter none, and dispose of none', () => {
  let refused: unknown[] = []
  const instance = load(() => {
    refused = [() => exports.run(), () => exports.add(1, 2), () => exports.boom(), () => instance.dispose()].map(
      thrownBy,
    )
    return [3, 4]
  })
  const { exports } = instance
  expect(exports.run()).toBe(7)
  expect(refused).toMatchObject(Array.from({ length: 4 }, () => ({ codeName: 'Reentrance' })))
  // Afterwards it can.
  expect([exports.add(1, 2), exports.run()]).toEqual([3, 7])
  instance.dispose()
  expect(thrownBy(() => exports.add(1, 2))).toMatchObject({ codeName: 'Disposed' })
})

test('an import that fails ends all of them', () => {
  const instance = load(() => {
    throw new Error('no')
  })
  const { exports } = instance
  expect(thrownBy(() => exports.run())).toMatchObject({ codeName: 'HostError' })
  expect(thrownBy(() => exports.add(1, 2))).toMatchObject({ codeName: 'InstancePoisoned' })
  instance.dispose()
})

test('a trap in one of them ends all', () => {
  const { exports } = load(() => [1, 2])
  expect(thrownBy(() => exports.boom())).toMatchObject({ codeName: 'Unreachable' })
  expect(thrownBy(() => exports.run())).toMatchObject({ codeName: 'InstancePoisoned' })
})

/** `run` drops an object of the host's and gives 7; `add` and `boom` are another component's. */
const DROPPING = `(component
  (import "host" (instance $host (export "thing" (type (sub resource)))))
  (alias export $host "thing" (type $thing))
  (component $Drops
    (import "thing" (type $t (sub resource)))
    (core func $drop (canon resource.drop $t))
    (core module $Run
      (import "i" "drop" (func $drop (param i32)))
      (func (export "run") (param i32) (result i32) (call $drop (local.get 0)) (i32.const 7)))
    (core instance $r (instantiate $Run (with "i" (instance (export "drop" (func $drop))))))
    (func (export "run") (param "t" (own $t)) (result u32) (canon lift (core func $r "run"))))
  (component $Other
    (core module $M
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "boom") unreachable))
    (core instance $m (instantiate $M))
    (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $m "add")))
    (func (export "boom") (canon lift (core func $m "boom"))))
  (instance $a (instantiate $Drops (with "thing" (type $thing))))
  (instance $b (instantiate $Other))
  (export "run" (func $a "run"))
  (export "add" (func $b "add"))
  (export "boom" (func $b "boom")))`

test.each([undefined, { maxExecutionTimeMs: 10_000 }])(
  'nor while one of them drops an object of the host, policy: %o',
  async (policy) => {
    let dispose = (): void => {}
    class Thing {
      [Symbol.dispose](): void {
        dispose()
      }
    }
    type Dropping = Omit<Siblings, 'run'> & { run(thing: Thing): number }
    const component = await compile(await wat(DROPPING))
    const instance = instantiate<Dropping>(component, { imports: { host: { Thing } }, policy })
    const { exports } = instance
    let refused: unknown[] = []
    dispose = () => {
      refused = [() => exports.add(1, 2), () => exports.boom(), () => instance.dispose()].map(thrownBy)
    }
    expect(exports.run(new Thing())).toBe(7)
    expect(refused).toMatchObject(Array.from({ length: 3 }, () => ({ codeName: 'Reentrance' })))
    expect(exports.add(1, 2)).toBe(3)
    dispose = () => {
      throw new Error('no')
    }
    expect(thrownBy(() => exports.run(new Thing()))).toMatchObject({ codeName: 'HostError' })
    expect(thrownBy(() => exports.add(1, 2))).toMatchObject({ codeName: 'InstancePoisoned' })
    instance.dispose()
  },
)
