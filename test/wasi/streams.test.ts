import { expect, test } from 'vitest'
import { bytesSource, InputStream } from '../../src/runtime/wasi/input-stream.ts'
import { IoError } from '../../src/runtime/wasi/io-error.ts'
import { OutputStream } from '../../src/runtime/wasi/output-stream.ts'
import { always, Pollable, waitForAny } from '../../src/runtime/wasi/pollable.ts'
import { poll } from '../../src/runtime/wasi/poll.ts'
import { SocketSink } from '../../src/runtime/wasi/sockets/streams.ts'
import { limitWaits } from '../../src/runtime/wait-limit.ts'
import { thrownBy } from '../e2e/guests.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (data: Uint8Array): string => new TextDecoder().decode(data)
const closed = { payload: { tag: 'closed' } }

test('what is there is read in parts, then the stream is closed', () => {
  const stream = new InputStream(bytesSource(bytes('abcdef')))
  expect(text(stream.read(2n))).toBe('ab')
  expect(text(stream.blockingRead(1n))).toBe('c')
  expect(stream.read(0n)).toHaveLength(0)
  expect(stream.skip(1n)).toBe(1n)
  expect(stream.blockingSkip(2n ** 64n - 1n)).toBe(2n)
  expect(thrownBy(() => stream.read(1n))).toEqual(closed)
  expect(thrownBy(() => stream.blockingRead(1n))).toEqual(closed)
  expect(thrownBy(() => stream.skip(1n))).toEqual(closed)
})

test('nothing of what is read is shared with the host', () => {
  const source = bytes('abc')
  new InputStream(bytesSource(source)).read(3n)[0] = 0
  expect(text(source)).toBe('abc')
})

test('a read gives a mebibyte at most, whatever is asked for', () => {
  const stream = new InputStream(bytesSource(new Uint8Array(3 << 20)))
  expect(stream.read(2n ** 64n - 1n)).toHaveLength(1 << 20)
})

test('writes, zeroes and splices arrive in order', () => {
  const chunks: Uint8Array[] = []
  const stream = new OutputStream({ write: (chunk) => void chunks.push(chunk) })
  expect(stream.checkWrite()).toBeGreaterThan(4096n)
  stream.write(bytes('a'))
  stream.blockingWriteAndFlush(bytes('bc'))
  stream.writeZeroes(2n)
  stream.blockingWriteZeroesAndFlush(1n)
  stream.flush()
  stream.blockingFlush()
  expect(stream.splice(new InputStream(bytesSource(bytes('defg'))), 3n)).toBe(3n)
  expect(stream.blockingSplice(new InputStream(bytesSource(bytes('hi'))), 9n)).toBe(2n)
  expect(text(Buffer.concat(chunks))).toBe('abc\0\0\0defhi')
})

test('zeroes without end are refused', () => {
  const stream = new OutputStream({ write() {} })
  for (const run of [() => stream.writeZeroes(2n ** 64n - 1n), () => stream.blockingWriteZeroesAndFlush(2n ** 40n)]) {
    expect(thrownBy(run)).toMatchObject({ codeName: 'AbiViolation' })
  }
})

test('a sink without room is waited for, and given no more than it takes', () => {
  const taken: string[] = []
  let asked = 0
  const stream = new OutputStream({
    write: (chunk) => void taken.push(text(chunk)),
    room: () => (asked++ % 2 === 0 ? 0 : 2),
  })
  stream.blockingWriteAndFlush(bytes('abcde'))
  expect(taken).toEqual(['ab', 'cd', 'e'])
})

test('what goes wrong is a resource of wasi:io/error', () => {
  const error = new IoError('the disk is full', { file: 'insufficient-space' })
  const stream = new OutputStream({
    write() {
      throw error
    },
  })
  expect(thrownBy(() => stream.write(bytes('a')))).toEqual({ payload: { tag: 'last-operation-failed', val: error } })
  expect(error.toDebugString()).toBe('the disk is full')
  const source = new InputStream({
    ...always,
    read() {
      throw error
    },
  })
  expect(thrownBy(() => source.read(1n))).toEqual({ payload: { tag: 'last-operation-failed', val: error } })
})

test('an error of the host is none of the guest’s', () => {
  const error = new TypeError('a bug')
  const stream = new OutputStream({
    write() {
      throw error
    },
  })
  expect(thrownBy(() => stream.write(bytes('a')))).toBe(error)
})

test('poll gives the positions of all that are ready', () => {
  const start = performance.now()
  const at = (ms: number): Pollable =>
    new Pollable({ isReady: () => performance.now() >= start + ms, deadline: start + ms })
  const ready = new Pollable(always)
  const wait = poll['poll'] as (list: readonly Pollable[]) => number[]
  expect(wait([at(60_000), ready, ready])).toEqual([1, 2])
  expect(waitForAny([at(60_000), at(5)])).toEqual([1])
  expect(performance.now() - start).toBeGreaterThanOrEqual(5)
  expect(thrownBy(() => wait([]))).toMatchObject({ codeName: 'AbiViolation' })
})

test('what has no deadline is asked until it is ready', () => {
  let asked = 0
  const pollable = new Pollable({ isReady: () => ++asked > 4 })
  pollable.block()
  expect(asked).toBe(5)
})

test('a connection is never given more than it has room for, which would end the host', () => {
  let room = 0
  const taken: number[] = []
  const end = new SocketSink(
    {
      checkWrite: () => BigInt(room),
      write(bytes) {
        if (bytes.length > room) throw new Error('the shim would end the process')
        taken.push(bytes.length)
        room = 0
      },
      subscribe: () => ({ ready: () => (room = 40) > 0, [Symbol.dispose]() {} }),
      [Symbol.dispose]() {},
    },
    new Set(),
  )
  const stream = new OutputStream(end)
  expect(stream.checkWrite()).toBe(0n)
  stream.write(new Uint8Array(100))
  expect(taken).toEqual([40, 40, 20])
})

test('a connection is flushed when all of it has gone, and not waited for beyond a limit of time', () => {
  let asked = 0
  let waiting = 0
  const end = new SocketSink(
    {
      // A part goes each time that is asked.
      checkWrite: () => BigInt(100 - (waiting = Math.max(0, waiting - (asked++ > 0 ? 10 : 0)))),
      write: (written) => void (waiting += written.length),
      subscribe: () => ({ ready: () => true, [Symbol.dispose]() {} }),
      [Symbol.dispose]() {},
    },
    new Set(),
  )
  const stream = new OutputStream(end)
  stream.flush()
  expect(asked).toBe(1)
  stream.blockingWriteAndFlush(new Uint8Array(35))
  expect(waiting).toBe(0)

  const stuck = new OutputStream(
    new SocketSink(
      {
        checkWrite: () => (asked++, BigInt(100 - waiting)),
        write: (written) => void (waiting += written.length),
        subscribe: () => ({ ready: () => true, [Symbol.dispose]() {} }),
        [Symbol.dispose]() {},
      },
      new Set(),
    ),
  )
  stuck.write(new Uint8Array(10))
  const limit = {
    deadline: performance.now() + 20,
    expired: (): never => {
      throw new RangeError('the time is over')
    },
  }
  expect(thrownBy(() => limitWaits(limit, () => stuck.blockingFlush()))).toEqual(new RangeError('the time is over'))
})

test('a connection that is closed is closed, and one that broke says why', () => {
  const failing = (error: unknown): OutputStream =>
    new OutputStream(
      new SocketSink(
        {
          checkWrite() {
            throw error
          },
          write() {},
          subscribe: () => ({ ready: () => true, [Symbol.dispose]() {} }),
          [Symbol.dispose]() {},
        },
        new Set(),
      ),
    )
  expect(thrownBy(() => failing({ tag: 'closed' }).checkWrite())).toEqual(closed)
  const val = Object.assign(new Error('reset'), { payload: { code: 'ECONNRESET' } })
  expect(thrownBy(() => failing({ tag: 'last-operation-failed', val }).checkWrite())).toMatchObject({
    payload: { tag: 'last-operation-failed', val: { networkCode: 'connection-reset' } },
  })
})
