// Hooks around a component made of others: an import of one of them has been told of when the export of another returns.
import { expect, test } from 'vitest'
import { compile, instantiate, MetricsCollector, type CallHooks } from 'witgen/runtime'
import { wat } from '../helpers/wat.ts'

/** `run` of the outer one calls `ask` of the inner one, which calls the host. */
const NESTED = `(component
  (import "get" (func $get (result u32)))
  (component $Inner
    (import "get" (func $get (result u32)))
    (core func $get' (canon lower (func $get)))
    (core module $M
      (import "i" "get" (func $get (result i32)))
      (func (export "ask") (result i32) (call $get)))
    (core instance $m (instantiate $M (with "i" (instance (export "get" (func $get'))))))
    (func (export "ask") (result u32) (canon lift (core func $m "ask"))))
  (component $Outer
    (import "ask" (func $ask (result u32)))
    (core func $ask' (canon lower (func $ask)))
    (core module $M
      (import "i" "ask" (func $ask (result i32)))
      (func (export "run") (result i32) (i32.add (call $ask) (i32.const 1))))
    (core instance $m (instantiate $M (with "i" (instance (export "ask" (func $ask'))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $inner (instantiate $Inner (with "get" (func $get))))
  (instance $outer (instantiate $Outer (with "ask" (func $inner "ask"))))
  (export "run" (func $outer "run")))`

const nested = await compile(await wat(NESTED))

test('events come in the order in which things happen', () => {
  const events: string[] = []
  const hooks: CallHooks = {
    onCall: (site) => void events.push(`> ${site.function}`),
    onReturn: (site) => void events.push(`< ${site.function}`),
  }
  const instance = instantiate<{ run(): number }>(nested, { imports: { get: () => 6 }, hooks })
  expect(instance.exports.run()).toBe(7)
  expect(events).toEqual(['> run', '> get', '< get', '< run'])
  instance.dispose()
})

test.each([true, false])('metrics have all calls, durations: %s', (durations) => {
  const metrics = new MetricsCollector({ durations })
  const instance = instantiate<{ run(): number }>(nested, { imports: { get: () => 6 }, hooks: metrics })
  instance.exports.run()
  expect(metrics.snapshot().map((row) => [row.function, row.count])).toEqual([
    ['get', 1],
    ['run', 1],
  ])
  instance.dispose()
})
