// Durations of a guest that takes a known time: it asks the host for the time until that has passed.
import { expect, test } from 'vitest'
import { compile, GuestError, instantiate, MetricsCollector } from 'witgen/runtime'
import { componentOf, ALLOCATOR } from '../helpers/wat.ts'

const WIT = `package t:busy;
interface clock { now: func() -> f64; rest: func(ms: f64); }
interface work { busy: func(ms: f64) -> result<u32, string>; ask: func(ms: f64); }
world w { import clock; export work; }`

/** `busy` spins until its time is over and returns how often it looked at the clock; a negative time is an error. */
const CORE = `(module
  (import "t:busy/clock" "now" (func $now (result f64)))
  (import "t:busy/clock" "rest" (func $rest (param f64)))
  ${ALLOCATOR}
  (data (i32.const 64) "negative")
  (func (export "t:busy/work#ask") (param $ms f64) (call $rest (local.get $ms)))
  (func (export "t:busy/work#busy") (param $ms f64) (result i32)
    (local $end f64) (local $looks i32)
    (if (f64.lt (local.get $ms) (f64.const 0)) (then
      (i32.store8 (i32.const 16) (i32.const 1))
      (i32.store (i32.const 20) (i32.const 64))
      (i32.store (i32.const 24) (i32.const 8))
      (return (i32.const 16))))
    (local.set $end (f64.add (call $now) (local.get $ms)))
    (loop $again
      (local.set $looks (i32.add (local.get $looks) (i32.const 1)))
      (br_if $again (f64.lt (call $now) (local.get $end))))
    (i32.store8 (i32.const 16) (i32.const 0))
    (i32.store (i32.const 20) (local.get $looks))
    (i32.const 16)))`

interface Work {
  busy(ms: number): number
  ask(ms: number): void
}

test('a guest that busy-waits 20 ms twice and then fails once', async () => {
  const metrics = new MetricsCollector()
  const imports = { 't:busy/clock': { now: () => performance.now(), rest: () => {} } }
  const component = await compile(await componentOf(CORE, WIT))
  const guest = instantiate<{ 't:busy/work': Work }>(component, { name: 'busy', imports, hooks: metrics })
  const { busy } = guest.exports['t:busy/work']
  const looks = busy(20) + busy(20)
  expect(() => busy(-1)).toThrow(GuestError)
  const [now, row, ...rest] = metrics.snapshot({ boundsNs: [2 ** 24, 2 ** 40] })
  expect(rest).toEqual([])
  expect(now).toMatchObject({ function: 'now', direction: 'import', count: looks + 2, errors: 0, importNs: 0 })
  expect(row).toMatchObject({
    module: 'busy',
    interface: 't:busy/work',
    function: 'busy',
    direction: 'export',
    count: 3,
    errors: 1,
    errorCodes: { GuestError: 1 },
    // 16.8 ms: only the failed call is faster.
    callsBelow: [1, 3],
  })
  expect(row?.maxNs).toBeGreaterThanOrEqual(20e6)
  expect(row?.totalNs).toBeGreaterThanOrEqual(40e6)
  expect(row?.p50Ns).toBeGreaterThanOrEqual(20e6 * (1 - 1 / 32))
  // What the imports took is theirs, and a part of the whole.
  expect(row?.importNs).toBeCloseTo(now?.totalNs ?? 0, 0)
  expect(row?.importNs).toBeLessThan(row?.totalNs ?? 0)
  guest.dispose()
})

test('time in an import is told apart from time in the guest, also where the import throws', async () => {
  const metrics = new MetricsCollector()
  const rest = (ms: number): void => {
    const end = performance.now() + Math.abs(ms)
    while (performance.now() < end);
    if (ms < 0) throw new Error('negative')
  }
  const component = await compile(await componentOf(CORE, WIT))
  const imports = { 't:busy/clock': { now: () => performance.now(), rest } }
  const guest = instantiate<{ 't:busy/work': Work }>(component, { name: 'busy', imports, hooks: metrics })
  guest.exports['t:busy/work'].ask(5)
  expect(() => guest.exports['t:busy/work'].ask(-5)).toThrow('negative')
  const [restRow, ask] = metrics.snapshot()
  expect(restRow).toMatchObject({ function: 'rest', count: 2, errors: 1, errorCodes: { other: 1 } })
  expect(ask).toMatchObject({ function: 'ask', count: 2, errors: 1, errorCodes: { HostError: 1 } })
  expect(ask?.importNs).toBeGreaterThanOrEqual(10e6)
  expect(ask?.totalNs).toBeGreaterThanOrEqual(ask?.importNs ?? Infinity)
})
