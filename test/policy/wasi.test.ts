// WASI under a policy: its functions are imports like others, and what it writes is output.
import { describe, expect, test } from 'vitest'
import { instantiate, policyReport, type SecurityPolicy, type WasiOptions } from 'witgen/runtime'
import { thrownBy } from '../e2e/guests.ts'
import { wat } from '../helpers/wat.ts'

/** Writes to stdout: `write` so many bytes of its own, `zeroes` so many that the host makes; `now` asks for the time. */
const GUEST = `(component
  (import "wasi:io/streams@0.2.0" (instance $streams
    (export "output-stream" (type $stream (sub resource)))
    (type $error (variant (case "closed")))
    (export "[method]output-stream.write-zeroes" (func (param "self" (borrow $stream)) (param "len" u64)))
    (export "[method]output-stream.write" (func (param "self" (borrow $stream)) (param "contents" (list u8))))))
  (alias export $streams "output-stream" (type $stream))
  (import "wasi:cli/stdout@0.2.0" (instance $stdout
    (alias outer 1 $stream (type $s)) (export "output-stream" (type $o (eq $s)))
    (export "get-stdout" (func (result (own $o))))))
  (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock (export "now" (func (result u64)))))
  (core module $Mem (memory (export "m") 1))
  (core instance $mem (instantiate $Mem))
  (core func $get (canon lower (func $stdout "get-stdout")))
  (core func $write (canon lower (func $streams "[method]output-stream.write") (memory (core memory $mem "m"))))
  (core func $zeroes (canon lower (func $streams "[method]output-stream.write-zeroes")))
  (core func $now (canon lower (func $clock "now")))
  (core module $M
    (import "" "get" (func $get (result i32)))
    (import "" "write" (func $write (param i32 i32 i32)))
    (import "" "zeroes" (func $zeroes (param i32 i64)))
    (import "" "now" (func $now (result i64)))
    (func (export "write") (param i32) (call $write (call $get) (i32.const 0) (local.get 0)))
    (func (export "zeroes") (param i32) (call $zeroes (call $get) (i64.extend_i32_u (local.get 0))))
    (func (export "now") (result i64) (call $now)))
  (core instance $host
    (export "get" (func $get)) (export "write" (func $write)) (export "zeroes" (func $zeroes)) (export "now" (func $now)))
  (core instance $m (instantiate $M (with "" (instance $host))))
  (func (export "write") (param "n" u32) (canon lift (core func $m "write")))
  (func (export "zeroes") (param "n" u32) (canon lift (core func $m "zeroes")))
  (func (export "now") (result u64) (canon lift (core func $m "now"))))`

interface Exports {
  write(n: number): void
  zeroes(n: number): void
  now(): bigint
}

const load = async (policy: SecurityPolicy, wasi: WasiOptions = {}) => {
  let bytes = 0
  const stdout = (chunk: Uint8Array): void => void (bytes += chunk.length)
  const instance = await instantiate<Exports>(await wat(GUEST), { policy, wasi: { stdout, ...wasi }, name: 'tool' })
  return { instance, exports: instance.exports, written: () => bytes }
}

describe.each(['write', 'zeroes'] as const)('output by %s', (how) => {
  test('is held to the limit of a call', async () => {
    const { exports, written, instance } = await load({ maxOutputBytes: 500 })
    exports[how](500)
    exports[how](500)
    expect(thrownBy(() => exports[how](501))).toMatchObject({ codeName: 'OutputLimit', module: 'tool' })
    expect(written()).toBe(1000)
    expect(policyReport(instance).events).toMatchObject([{ kind: 'kill', code: 'OutputLimit' }])
  })
})

describe('imports', () => {
  test('are denied by the policy although they are granted', async () => {
    const granted = { clocks: true }
    const { exports: free } = await load({ allowedImports: { 'wasi:clocks/monotonic-clock': true } }, granted)
    expect(free.now()).toBeTypeOf('bigint')
    const { exports, instance } = await load({ allowedImports: { 'wasi:clocks/monotonic-clock#now': false } }, granted)
    expect(thrownBy(() => exports.now())).toMatchObject({
      codeName: 'PermissionDenied',
      function: 'wasi:clocks/monotonic-clock#now',
      message: expect.stringMatching(/does not allow the guest to call wasi:clocks\/monotonic-clock#now$/),
    })
    // By the name that a denial of WASI itself has.
    const func = 'wasi:clocks/monotonic-clock#now'
    expect(policyReport(instance).events).toMatchObject([
      { kind: 'denial', function: func },
      { kind: 'kill', function: func },
    ])
  })

  test('what is not granted is part of the audit log', async () => {
    const { exports, instance } = await load({ fuel: 1e6 })
    expect(thrownBy(() => exports.now())).toMatchObject({ codeName: 'PermissionDenied' })
    expect(policyReport(instance).events).toMatchObject([
      { kind: 'denial', code: 'PermissionDenied', function: 'wasi:clocks/monotonic-clock#now' },
    ])
  })
})

/** Sleeps for so many nanoseconds, by a pollable of the clock. */
const SLEEPER = `(component
  (import "wasi:io/poll@0.2.0" (instance $poll
    (export "pollable" (type $pollable (sub resource)))
    (export "[method]pollable.block" (func (param "self" (borrow $pollable))))))
  (alias export $poll "pollable" (type $pollable))
  (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock
    (alias outer 1 $pollable (type $p)) (export "pollable" (type $o (eq $p)))
    (export "subscribe-duration" (func (param "when" u64) (result (own $o))))))
  (core func $subscribe (canon lower (func $clock "subscribe-duration")))
  (core func $block (canon lower (func $poll "[method]pollable.block")))
  (core module $M
    (import "" "subscribe" (func $subscribe (param i64) (result i32)))
    (import "" "block" (func $block (param i32)))
    (func (export "sleep") (param i64) (call $block (call $subscribe (local.get 0)))))
  (core instance $host (export "subscribe" (func $subscribe)) (export "block" (func $block)))
  (core instance $m (instantiate $M (with "" (instance $host))))
  (func (export "sleep") (param "ns" u64) (canon lift (core func $m "sleep"))))`

describe('waiting', () => {
  const sleeper = async (policy: SecurityPolicy) =>
    instantiate<{ sleep(ns: bigint): void }>(await wat(SLEEPER), { policy, wasi: { clocks: true }, name: 'tool' })

  test('ends with the time of the call, not with what is waited for', async () => {
    const instance = await sleeper({ maxExecutionTimeMs: 30 })
    const error = thrownBy(() => instance.exports.sleep(3_000_000_000n))
    // Had the call ended after the wait, it would not be the wait that it is laid to.
    expect(error).toMatchObject({
      codeName: 'ExecutionTimeout',
      function: 'wasi:io/poll#[method]pollable.block',
    })
    expect(thrownBy(() => instance.exports.sleep(0n))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
    expect(policyReport(instance).events).toMatchObject([{ kind: 'kill', code: 'ExecutionTimeout' }])
  })

  test('is let be within the time, and without a limit of it', async () => {
    const limited = await sleeper({ maxExecutionTimeMs: 60_000 })
    limited.exports.sleep(1_000_000n)
    const other = await sleeper({ fuel: 1e6 })
    other.exports.sleep(40_000_000n)
    expect([limited, other].map((instance) => policyReport(instance).events)).toEqual([[], []])
  })
})
