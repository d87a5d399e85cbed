// Component-level start functions: of the host, of the component, of a component inside of it.
import { expect, test } from 'vitest'
import { compile, instantiate } from 'witgen/runtime'
import { thrownBy } from '../../e2e/guests.ts'
import { wat } from '../../helpers/wat.ts'

type Run = Record<string, (...args: unknown[]) => unknown>

async function load(text: string, imports: object = {}): Promise<Run> {
  const compiled = await compile(await wat(text))
  return instantiate<Run>(compiled, { imports, name: 'starting' }).exports
}

/** A core module that notes what happens: `init` is one thing, its own start another. */
const NOTES = `
  (core module $Notes
    (global $n (mut i32) (i32.const 0))
    (func $note (export "note") (param i32)
      (global.set $n (i32.add (i32.mul (global.get $n) (i32.const 10)) (local.get 0))))
    (func (export "init") (call $note (i32.const 2)))
    (func (export "post") (call $note (i32.const 3)))
    (func (export "notes") (result i32) (global.get $n))
    (func $start (call $note (i32.const 1)))
    (start $start))
  (core instance $notes (instantiate $Notes))`
const LAST = `
  (core module $Last (import "n" "note" (func $note (param i32))) (func $start (call $note (i32.const 4))) (start $start))
  (core instance (instantiate $Last (with "n" (instance $notes))))
  (func (export "notes") (result u32) (canon lift (core func $notes "notes")))`

test('runs once, in its place between the core instances, with its post-return', async () => {
  const run = await load(`(component ${NOTES}
    (func $init (canon lift (core func $notes "init") (post-return (core func $notes "post"))))
    (start $init)
    ${LAST})`)
  expect([run['notes']?.(), run['notes']?.()]).toEqual([1234, 1234])
})

test('of the host', async () => {
  const calls: unknown[] = []
  const text = `(component (import "init" (func $init)) ${NOTES} (start $init) ${LAST})`
  const run = await load(text, { init: (...args: unknown[]) => void calls.push(args) })
  expect([calls, run['notes']?.()]).toEqual([[[]], 14])
})

test('of a component inside, before what comes after it outside', async () => {
  const run = await load(`(component ${NOTES}
    (component $Inner (import "init" (func $init)) (start $init))
    (func $init (canon lift (core func $notes "init")))
    (instance (instantiate $Inner (with "init" (func $init))))
    ${LAST})`)
  expect(run['notes']?.()).toBe(124)
})

test.each([
  ['unreachable', 'Unreachable', 'while the guest was instantiated: unreachable'],
  [
    '(drop (i32.div_u (i32.const 1) (i32.const 0)))',
    'ArithmeticTrap',
    'while the guest was instantiated: divide by zero',
  ],
])('that traps: %s', async (body, codeName, text) => {
  const compiled = await compile(
    await wat(`(component
      (core module $M (func (export "init") ${body})) (core instance $m (instantiate $M))
      (func $init (canon lift (core func $m "init")))
      (start $init))`),
  )
  const error = thrownBy(() => instantiate(compiled, { name: 'starting' }))
  expect(error).toMatchObject({ codeName, module: 'starting' })
  expect(String(error)).toContain(text)
})

test('of the host that throws, and one that is not given', async () => {
  const compiled = await compile(await wat('(component (import "init" (func $init)) (start $init))'))
  const cause = new Error('no')
  const init = (): never => {
    throw cause
  }
  expect(thrownBy(() => instantiate(compiled, { imports: { init } }))).toMatchObject({ codeName: 'HostError', cause })
  expect(thrownBy(() => instantiate(compiled))).toMatchObject({ codeName: 'LinkError' })
  const late = (): Promise<void> => Promise.reject(new Error('late'))
  expect(thrownBy(() => instantiate(compiled, { imports: { init: late } }))).toMatchObject({ codeName: 'HostError' })
})

test.each([
  ['takes a parameter', '(param "a" u32)', '(param i32)'],
  ['gives a result', '(result u32)', '(result i32) i32.const 0'],
])('one that %s is refused', async (_, type, core) => {
  const bytes = await wat(`(component
    (core module $M (func (export "init") ${core})) (core instance $m (instantiate $M))
    (func $init ${type} (canon lift (core func $m "init")))
    (start $init))`)
  await expect(compile(bytes)).rejects.toMatchObject({
    codeName: 'InvalidModule',
    cause: { code: 'CMP1006' },
  })
})
