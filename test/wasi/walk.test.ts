// Paths of a guest, by the descriptors of Linux and by names, as on other systems.
import { mkdirSync, renameSync, rmdirSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Filesystem } from '../../src/runtime/wasi/filesystem/index.ts'
import type { Descriptor } from '../../src/runtime/wasi/filesystem/descriptor.ts'
import { nodeFs, type NodeFs } from '../../src/runtime/wasi/filesystem/node-fs.ts'
import { thrownBy } from '../e2e/guests.ts'
import { makeFixture, type Fixture } from './probes.ts'

const real = nodeFs()
if (real === undefined) throw new Error('these tests need Node')
const withoutProc: NodeFs = { ...real, existsSync: (path) => path !== '/proc/self/fd' && real.existsSync(path) }

const FOLLOW = { symlinkFollow: true }
const NO_FOLLOW = { symlinkFollow: false }
const NONE = { create: false, directory: false, exclusive: false, truncate: false }
const READ = { read: true, write: false, mutateDirectory: false }
const WRITE = { read: true, write: true, mutateDirectory: false }

describe.each([
  ['by descriptors', real],
  ['by names', withoutProc],
])('%s', (_, fs) => {
  let fixture: Fixture
  let filesystem: Filesystem
  let denials: string[]
  let readable: Descriptor
  let writable: Descriptor
  beforeEach(() => {
    fixture = makeFixture()
    denials = []
    const preopens = { in: fixture.readable, out: { path: fixture.writable, write: true } }
    const state = {
      module: 'test',
      logger: undefined,
      denied: (func: string) => void denials.push(func),
      flush() {},
    }
    filesystem = new Filesystem(preopens, state, fs)
    const getDirectories = filesystem.preopens['getDirectories'] as () => [Descriptor, string][]
    const [first, second] = getDirectories()
    if (first === undefined || second === undefined) throw new Error('two grants are expected')
    ;[[readable], [writable]] = [first, second]
  })
  afterEach(() => {
    filesystem.dispose()
    fixture.remove()
  })

  const open = (at: Descriptor, path: string, follow = true): Descriptor =>
    at.openAt(follow ? FOLLOW : NO_FOLLOW, path, NONE, READ)
  const contents = (at: Descriptor, path: string): string => Buffer.from(open(at, path).read(100n, 0n)[0]).toString()
  const code = (run: () => unknown): unknown => {
    const error = thrownBy(run)
    return typeof error === 'object' && error !== null && 'payload' in error ? error.payload : error
  }

  test.each([
    ['hello.txt', 'hello'],
    ['./hello.txt', 'hello'],
    ['sub//inner.txt', 'inner'],
    ['sub/../hello.txt', 'hello'],
    ['sub/./../sub/inner.txt', 'inner'],
    ['in', 'inner'],
  ])('%s is %s', (path, expected) => {
    expect(contents(readable, path)).toBe(expected)
    expect(denials).toEqual([])
  })

  test.each([
    '..',
    '../secret.txt',
    'sub/../../secret.txt',
    'sub/../sub/../../secret.txt',
    '/etc/passwd',
    '/',
    'out',
    'absolute',
    'up',
    'up/secret.txt',
    'up/readable/hello.txt',
    'none/../../secret.txt',
  ])('%s is refused', (path) => {
    const expected = path.startsWith('none') ? 'no-entry' : 'not-permitted'
    for (const run of [
      () => open(readable, path),
      () => readable.statAt(FOLLOW, path),
      () => readable.metadataHashAt(FOLLOW, path),
    ]) {
      denials = []
      expect(code(run)).toBe(expected)
      expect(denials).toHaveLength(expected === 'no-entry' ? 0 : 1)
    }
  })

  test.each([
    ['', 'no-entry'],
    ['a\0b', 'illegal-byte-sequence'],
    ['none.txt', 'no-entry'],
    ['hello.txt/', 'not-directory'],
    ['hello.txt/x', 'not-directory'],
    ['loop', 'loop'],
    ['x'.repeat(300), 'name-too-long'],
    ['sub/../'.repeat(600), 'name-too-long'],
  ])('%j is %s', (path, expected) => {
    expect(code(() => open(readable, path))).toBe(expected)
    expect(denials).toEqual([])
  })

  test('a link that is not followed is none to be opened, and is what is told of', () => {
    expect(code(() => open(readable, 'out', false))).toBe('loop')
    expect(readable.statAt(NO_FOLLOW, 'out').type).toBe('symbolic-link')
    expect(readable.readlinkAt('in')).toBe('sub/../sub/inner.txt')
    expect(code(() => readable.readlinkAt('absolute'))).toBe('not-permitted')
  })

  test('a folder within is a start of its own, which is not left either', () => {
    const sub = open(readable, 'sub')
    expect(sub.getType()).toBe('directory')
    expect(contents(sub, 'inner.txt')).toBe('inner')
    expect(code(() => open(sub, '../hello.txt'))).toBe('not-permitted')
    expect(sub.isSameObject(open(readable, 'sub/.'))).toBe(true)
    expect(sub.isSameObject(readable)).toBe(false)
    expect(sub.metadataHash()).toEqual(readable.metadataHashAt(FOLLOW, 'sub'))
  })

  test('a folder that is swapped for a link does not lead out', () => {
    writable.createDirectoryAt('a')
    writable.createDirectoryAt('a/b')
    const b = open(writable, 'a/b')
    renameSync(join(fixture.writable, 'a/b'), join(fixture.writable, 'c'))
    symlinkSync('../..', join(fixture.writable, 'a/b'))
    expect(code(() => open(b, 'secret.txt'))).toMatch(/^(?:no-entry|not-directory)$/)
    expect(code(() => open(writable, 'a/b/secret.txt'))).toBe('not-permitted')
    const entries = (): unknown => b.readDirectory().readDirectoryEntry()
    expect([undefined, 'not-directory']).toContain(fs === real ? entries() : code(entries))
    unlinkSync(join(fixture.writable, 'a/b'))
    rmdirSync(join(fixture.writable, 'a'))
  })

  test('a grant for reading is not written, by any function', () => {
    const file = open(readable, 'hello.txt')
    const now = { tag: 'now' } as const
    const attempts: readonly (() => unknown)[] = [
      () => readable.openAt(FOLLOW, 'hello.txt', NONE, WRITE),
      () => readable.openAt(FOLLOW, 'new.txt', { ...NONE, create: true }, READ),
      () => readable.openAt(FOLLOW, 'hello.txt', { ...NONE, truncate: true }, READ),
      () => readable.createDirectoryAt('new'),
      () => readable.removeDirectoryAt('sub'),
      () => readable.unlinkFileAt('hello.txt'),
      () => readable.symlinkAt('a', 'b'),
      () => readable.setTimesAt(FOLLOW, 'hello.txt', now, now),
      () => readable.setTimes(now, now),
      () => file.setTimes(now, now),
      () => readable.renameAt('hello.txt', writable, 'x'),
      () => readable.linkAt(NO_FOLLOW, 'hello.txt', writable, 'x'),
      () => writable.renameAt('x', readable, 'y'),
      () => writable.linkAt(NO_FOLLOW, 'x', readable, 'y'),
    ]
    expect(attempts.map(code)).toEqual(attempts.map(() => 'read-only'))
    expect(denials).toHaveLength(attempts.length)
    for (const run of [
      () => file.write(new Uint8Array(1), 0n),
      () => file.writeViaStream(0n),
      () => file.appendViaStream(),
      () => file.setSize(0n),
    ]) {
      expect(code(run)).toBe('bad-descriptor')
    }
    expect(contents(readable, 'hello.txt')).toBe('hello')
  })

  test('files: sizes, positions, times', () => {
    const file = writable.openAt(FOLLOW, 'f', { ...NONE, create: true, exclusive: true }, WRITE)
    expect(code(() => writable.openAt(FOLLOW, 'f', { ...NONE, create: true, exclusive: true }, WRITE))).toBe('exist')
    expect(file.write(Buffer.from('hello'), 2n)).toBe(5n)
    expect(file.read(100n, 0n)).toEqual([new Uint8Array(Buffer.from('\0\0hello')), false])
    expect(file.read(100n, 7n)).toEqual([new Uint8Array(), true])
    const append = file.appendViaStream()
    append.blockingWriteAndFlush(Buffer.from('!'))
    append[Symbol.dispose]()
    expect(file.stat()).toMatchObject({ type: 'regular-file', size: 8n, linkCount: 1n })
    file.setSize(3n)
    expect(Buffer.from(file.readViaStream(2n).read(10n)).toString()).toBe('h')
    file.setTimes(
      { tag: 'no-change' },
      { tag: 'timestamp', val: { seconds: 1_000_000_000n, nanoseconds: 500_000_000 } },
    )
    expect(file.stat().dataModificationTimestamp).toEqual({ seconds: 1_000_000_000n, nanoseconds: 500_000_000 })
    file.sync()
    file.syncData()
    file.advise(0n, 1n, 'normal')
    expect(code(() => file.read(1n, 2n ** 63n))).toBe('invalid')
    expect(code(() => open(file, 'x'))).toBe('not-directory')
    expect(code(() => writable.read(1n, 0n))).toBe('is-directory')
    expect(code(() => writable.openAt(FOLLOW, '.', NONE, WRITE))).toBe('is-directory')
    expect(code(() => writable.unlinkFileAt('.'))).toBe('is-directory')
    writable.unlinkFileAt('f')
    // It is open, so it is still there for the guest.
    expect(file.stat().linkCount).toBe(0n)
  })

  test('so deep a path is not walked: each folder of it would be open', () => {
    let folder = writable
    for (let i = 0; i < 300; i++) {
      folder.createDirectoryAt('d')
      const next = open(folder, 'd')
      if (folder !== writable) folder[Symbol.dispose]()
      folder = next
    }
    expect(open(writable, 'd/'.repeat(250)).getType()).toBe('directory')
    expect(code(() => open(writable, 'd/'.repeat(299)))).toBe('name-too-long')
  })

  test('only so much can be open at once', () => {
    const all: Descriptor[] = []
    expect(
      code(() => {
        for (;;) all.push(open(readable, 'hello.txt'))
      }),
    ).toBe('quota')
    expect(all.length).toBeGreaterThan(400)
    for (const descriptor of all) descriptor[Symbol.dispose]()
    expect(contents(readable, 'hello.txt')).toBe('hello')
  })

  test('what lists a folder counts as open too, until it is closed', () => {
    const all: { [Symbol.dispose](): void }[] = []
    const list = (): unknown => all.push(readable.readDirectory())
    expect(
      code(() => {
        for (;;) list()
      }),
    ).toBe('quota')
    expect(code(() => open(readable, 'hello.txt'))).toBe('quota')
    for (const stream of all.splice(0)) stream[Symbol.dispose]()
    expect(list()).toBe(1)
    expect(contents(readable, 'hello.txt')).toBe('hello')
  })

  test('a path that ends in a slash means a folder, also where something is renamed or linked', () => {
    for (const file of ['file', 'other']) writeFileSync(join(fixture.writable, file), file)
    mkdirSync(join(fixture.writable, 'folder'))
    for (const [from, to] of [
      ['file/', 'new'],
      ['file', 'new/'],
      ['file', 'other/'],
      ['file/', 'other'],
    ] as const) {
      expect(code(() => writable.renameAt(from, writable, to))).toBe('not-directory')
      expect(code(() => writable.linkAt(NO_FOLLOW, from, writable, to))).toBe('not-directory')
    }
    expect(contents(writable, 'file') + contents(writable, 'other')).toBe('fileother')
    writable.renameAt('folder/', writable, 'moved/')
    expect(open(writable, 'moved').getType()).toBe('directory')
    writable.renameAt('file', writable, 'renamed')
    expect(contents(writable, 'renamed')).toBe('file')
  })

  // Bytes far beyond the end of a file take no room on the disk; how far is for the file system to say.
  test.each([2n ** 40n, 2n ** 50n, 2n ** 62n, 2n ** 64n - 1n])('a file is not filled up to %d', (position) => {
    const file = writable.openAt(FOLLOW, 'f', { ...NONE, create: true }, WRITE)
    const refused = ['file-too-large', 'invalid', 'insufficient-space']
    for (const run of [
      () => file.write(Buffer.from('x'), position),
      () => file.setSize(position),
      () => file.writeViaStream(position).blockingWriteAndFlush(Buffer.from('x')),
    ]) {
      try {
        run()
      } catch (error) {
        const { payload } = error as { payload: string | { val: { fileCode: string } } }
        expect(refused).toContain(typeof payload === 'string' ? payload : payload.val.fileCode)
      }
    }
    expect(statSync(join(fixture.writable, 'f')).blocks * 512).toBeLessThan(2 ** 20)
  })

  test('a stream keeps its file open', () => {
    const file = open(readable, 'hello.txt')
    const stream = file.readViaStream(0n)
    file[Symbol.dispose]()
    expect(Buffer.from(stream.blockingRead(10n)).toString()).toBe('hello')
    stream[Symbol.dispose]()
  })

  test('a pipe is not opened: it would block the host', () => {
    execFileSync('mkfifo', [join(fixture.readable, 'pipe')])
    expect(code(() => open(readable, 'pipe'))).toBe('not-permitted')
    expect(readable.statAt(FOLLOW, 'pipe').type).toBe('fifo')
  })

  test('creating through a link that leads nowhere stays inside', () => {
    symlinkSync('target', join(fixture.writable, 'dangling'))
    writable.openAt(FOLLOW, 'dangling', { ...NONE, create: true }, WRITE).write(Buffer.from('x'), 0n)
    expect(contents(writable, 'target')).toBe('x')
    symlinkSync('../created.txt', join(fixture.writable, 'escape'))
    expect(code(() => writable.openAt(FOLLOW, 'escape', { ...NONE, create: true }, WRITE))).toBe('not-permitted')
    expect(real.existsSync(join(fixture.writable, '../created.txt'))).toBe(false)
  })

  test('folders are listed', () => {
    mkdirSync(join(fixture.writable, 'dir'))
    writeFileSync(join(fixture.writable, 'file'), '')
    const stream = writable.readDirectory()
    const all = [1, 2, 3].map(() => stream.readDirectoryEntry())
    expect(all.toSorted((a, b) => (a?.name ?? '~').localeCompare(b?.name ?? '~'))).toEqual([
      { type: 'directory', name: 'dir' },
      { type: 'regular-file', name: 'file' },
      undefined,
    ])
  })
})
