// What a guest may have open of the network at once, with a shim that only counts.
import { expect, test } from 'vitest'
import { MAX_OPEN } from '../../src/runtime/wasi/open.ts'
import { Network } from '../../src/runtime/wasi/sockets/network.ts'
import type { ShimTcpSocket } from '../../src/runtime/wasi/sockets/shim.ts'
import { TcpSocket } from '../../src/runtime/wasi/sockets/tcp-socket.ts'
import { thrownBy } from '../e2e/guests.ts'

test('connections that are accepted count, with their streams', () => {
  let there = 0
  const opened = (): { [Symbol.dispose](): void } => {
    there++
    return { [Symbol.dispose]: () => void there-- }
  }
  const shim = {
    subscribe: () => ({ ready: () => true, [Symbol.dispose]() {} }),
    accept: () => [opened(), opened(), opened()].map((o) => ({ ...shim, ...o })),
    [Symbol.dispose]() {},
  } as unknown as ShimTcpSocket
  const state = { module: 'test', logger: undefined, made: undefined, denied: () => {}, flush: () => {} }
  const network = new Network({}, undefined, state)
  const listening = new TcpSocket(network, shim)
  const accepted: { [Symbol.dispose](): void }[] = []
  expect(
    thrownBy(() => {
      for (;;) accepted.push(...listening.accept())
    }),
  ).toEqual({ payload: 'new-socket-limit' })
  expect(there).toBe(network.open.size - 1)
  expect(network.open.size).toBeGreaterThan(MAX_OPEN - 3)
  expect(network.open.size).toBeLessThan(MAX_OPEN + 3)
  for (const one of accepted.splice(0)) one[Symbol.dispose]()
  expect({ there, open: network.open.size }).toEqual({ there: 0, open: 1 })
  expect(listening.accept()).toHaveLength(3)
})
