import { expect, test } from 'vitest'
import { isWasmError } from 'witgen/runtime'
import type { Counter, Counters } from './generated/test/toolbox/counters.ts'
import type { LoadedToolbox } from './toolbox.ts'
import { HostSink } from './toolbox-host.ts'

/** Whether a call is refused since what it was given is gone. */
function isDisposed(call: () => unknown): boolean {
  try {
    call()
  } catch (error) {
    return isWasmError(error, 'Disposed')
  }
  return false
}

/** Declares the tests of `test:toolbox/counters`: a resource of the guest, which meets one of the host. */
export function checkCounters(toolbox: () => LoadedToolbox): void {
  function counters(): Counters {
    const { counters } = toolbox()
    if (counters === undefined) throw new Error('the world has no counters')
    return counters
  }

  test('counters count, each for itself', () => {
    const { Counter } = counters()
    const a = new Counter(2n ** 63n - 1n)
    const b = new Counter(-5n)
    expect(a.increment(1n)).toBe(-(2n ** 63n))
    expect([a.value(), b.value()]).toEqual([-(2n ** 63n), -5n])
    a[Symbol.dispose]()
    expect(isDisposed(() => a.value())).toBe(true)
    expect(b.increment(5n)).toBe(0n)
    b[Symbol.dispose]()
  })

  test('compare lends both', () => {
    const { Counter } = counters()
    const compare = (a: Counter, b: Counter): number => counters().compare(a, b)
    const [low, high] = [new Counter(-1n), new Counter(1n)]
    expect([compare(low, high), compare(high, low), compare(low, low)]).toEqual([-1, 1, 0])
    for (const counter of [low, high]) counter[Symbol.dispose]()
  })

  test('merge gives up the first counter and lends the second', () => {
    const { Counter } = counters()
    const [a, b] = [new Counter(40n), new Counter(2n)]
    const sum = Counter.merge(a, b)
    expect(sum.value()).toBe(42n)
    expect(isDisposed(() => a.value())).toBe(true)
    expect(b.value()).toBe(2n)
    for (const counter of [sum, b]) counter[Symbol.dispose]()
  })

  test('report borrows a sink of the host', () => {
    const sink = new HostSink()
    const counter = new (counters().Counter)(-12_345n)
    expect(counter.report(sink, 3)).toBe(18n)
    expect(counter.report(sink, 0)).toBe(0n)
    expect(sink.texts).toEqual(['-12345', '-12345', '-12345'])
    expect(sink.drops).toBe(0)
    counter[Symbol.dispose]()
  })

  test('close takes a sink over and drops it', () => {
    const sink = new HostSink()
    sink.write('ähm')
    expect(counters().close(sink)).toBe(7n)
    expect(sink.texts).toEqual(['ähm', 'bye'])
    expect(sink.drops).toBe(1)
  })

  test('a thousand counters at a time', () => {
    const { Counter } = counters()
    const kept = Array.from({ length: 1000 }, (_, i) => new Counter(BigInt(i)))
    expect(kept.map((counter) => counter.value())).toEqual(kept.map((_, i) => BigInt(i)))
    for (const counter of kept) counter[Symbol.dispose]()
  })
}
