import { expect, test } from 'vitest'
import type { Call, Feeder, PoolFunction } from '../../../src/host/pool/call.ts'
import { CallQueue } from '../../../src/host/pool/call-queue.ts'

const fn = (member: string, costMs?: number): PoolFunction => ({
  property: 'api',
  member,
  id: member,
  interface: 'test:a/api',
  function: member,
  params: 0,
  hasResources: false,
  index: 0,
  costMs,
})

let nextId = 0
function call(of: PoolFunction, source?: number): Call {
  const nothing = (): void => {}
  return {
    id: nextId++,
    fn: of,
    args: [],
    source,
    limitMs: undefined,
    madeAt: 0,
    attempts: 0,
    isAbandoned: false,
    isOfMap: false,
    trace: undefined,
    resolve: nothing,
    reject: nothing,
  }
}

/** A feeder with so many calls left. */
function feeder(of: PoolFunction, count: number, source?: number): Feeder {
  let left = count
  return {
    fn: of,
    source,
    get left() {
      return left
    },
    take(most) {
      const calls = Array.from({ length: Math.min(most, left) }, () => call(of, source))
      left -= calls.length
      return calls
    },
    fail() {},
  }
}

const names = (queue: CallQueue, lots: number, source = 0): string[] =>
  Array.from({ length: lots }, () => queue.take(source).map((one) => one.fn.member)).map((lot) => lot.join(''))

test('calls made one by one and feeders take turns', () => {
  const queue = new CallQueue(2, Infinity)
  for (let i = 0; i < 4; i++) queue.push(call(fn('d')))
  queue.addFeeder(feeder(fn('a'), 3))
  queue.addFeeder(feeder(fn('b'), 1))
  expect(names(queue, 9)).toEqual(['d', 'a', 'b', 'd', 'a', 'd', 'a', 'd', ''])
})

test('calls that keep coming do not keep a feeder from its turn', () => {
  const queue = new CallQueue(1, Infinity)
  queue.addFeeder(feeder(fn('m'), 100))
  const taken: string[] = []
  for (let i = 0; i < 20; i++) {
    queue.push(call(fn('d')))
    queue.push(call(fn('d')))
    taken.push(...names(queue, 1))
  }
  expect(taken.join('')).toBe('dm'.repeat(10))
})

test('a turn is a lot of calls by their cost, whoever gives it', () => {
  const queue = new CallQueue(1, Infinity)
  // 4 ms each: four are sent together.
  const [d, m] = [fn('d', 4), fn('m', 4)]
  for (let i = 0; i < 20; i++) queue.push(call(d))
  queue.addFeeder(feeder(m, 20))
  expect(names(queue, 4)).toEqual(['dddd', 'mmmm', 'dddd', 'mmmm'])
})

test('who has nothing for a worker is passed over, and keeps its turn', () => {
  const queue = new CallQueue(2, Infinity)
  queue.push(call(fn('d'), 1))
  queue.addFeeder(feeder(fn('a'), 2, 0))
  expect(names(queue, 2, 0)).toEqual(['a', 'a'])
  expect(names(queue, 2, 1)).toEqual(['d', ''])
})

test('a feeder that finds itself empty does not cost the next one its turn', () => {
  const queue = new CallQueue(1, Infinity)
  const empty: Feeder = { ...feeder(fn('e'), 0), take: () => (queue.removeFeeder(empty), []) }
  queue.addFeeder(empty)
  queue.addFeeder(feeder(fn('a'), 1))
  expect(names(queue, 2)).toEqual(['a', ''])
})

test('what was put back comes first, what was removed not at all; clear empties it', () => {
  const queue = new CallQueue(1, Infinity)
  const [early, late] = [call(fn('e')), call(fn('l'))]
  queue.push(late)
  queue.putBack([early])
  queue.remove(late)
  expect(queue.length).toBe(1)
  queue.push(call(fn('x')))
  expect(names(queue, 1)).toEqual(['e'])
  const more = feeder(fn('m'), 5)
  queue.addFeeder(more)
  const { calls, feeders } = queue.clear()
  expect([calls.map((one) => one.fn.member), feeders]).toEqual([['x'], [more]])
  expect(names(queue, 2)).toEqual(['', ''])
  queue.push(call(fn('y')))
  expect(names(queue, 1)).toEqual(['y'])
})
