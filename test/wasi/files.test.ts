// Files of a guest: what never becomes a link to something outside, and what counts as output.
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Descriptor } from '../../src/runtime/wasi/filesystem/descriptor.ts'
import { Filesystem } from '../../src/runtime/wasi/filesystem/index.ts'
import { nodeFs, type NodeFs } from '../../src/runtime/wasi/filesystem/node-fs.ts'
import { thrownBy } from '../e2e/guests.ts'
import { makeFixture, type Fixture } from './probes.ts'

const real = nodeFs()
if (real === undefined) throw new Error('these tests need Node')
const withoutProc: NodeFs = { ...real, existsSync: (path) => path !== '/proc/self/fd' && real.existsSync(path) }

const FOLLOW = { symlinkFollow: true }
const NO_FOLLOW = { symlinkFollow: false }
const NONE = { create: false, directory: false, exclusive: false, truncate: false }
const WRITE = { read: true, write: true, mutateDirectory: false }

function rootOf(grants: Filesystem): Descriptor {
  const [[root] = []] = (grants.preopens['getDirectories'] as () => [Descriptor, string][])()
  if (root === undefined) throw new Error('a grant is expected')
  return root
}

describe.each([
  ['by descriptors', real],
  ['by names', withoutProc],
])('%s', (_, fs) => {
  let fixture: Fixture
  let denials: string[]
  beforeEach(() => {
    fixture = makeFixture()
    denials = []
  })
  afterEach(() => fixture.remove())

  test('a hard link never is one to what a link leads to', () => {
    // What has no `/proc` may follow links here, as macOS does.
    const linkSync: NodeFs['linkSync'] = (from, to) => fs.linkSync(fs === real ? from : fs.realpathSync(from), to)
    const following: NodeFs = { ...fs, linkSync }
    const state = { module: 'test', logger: undefined, denied: (func: string) => void denials.push(func), flush() {} }
    const grants = new Filesystem({ out: { path: fixture.writable, write: true } }, state, following)
    const root = rootOf(grants)
    writeFileSync(join(fixture.writable, '../hidden.txt'), 'hidden')
    symlinkSync('../hidden.txt', join(fixture.writable, 'leads-out'))
    const link = (): void => root.linkAt(NO_FOLLOW, 'leads-out', root, 'mine')
    if (fs === real) {
      link()
      expect(root.statAt(NO_FOLLOW, 'mine').type).toBe('symbolic-link')
    } else {
      expect(thrownBy(link)).toMatchObject({ payload: 'not-permitted' })
      expect(thrownBy(() => root.statAt(NO_FOLLOW, 'mine'))).toMatchObject({ payload: 'no-entry' })
      expect(denials).toEqual(['wasi:filesystem/types#[method]descriptor.link-at'])
    }
    grants.dispose()
  })

  test('bytes that the host makes or moves into a file are told of', () => {
    let made = 0
    const state = { module: 'test', logger: undefined, denied() {}, flush() {}, made: (n: number) => void (made += n) }
    const grants = new Filesystem({ out: { path: fixture.writable, write: true } }, state, fs)
    const root = rootOf(grants)
    const file = root.openAt(FOLLOW, 'zeroes', { ...NONE, create: true }, WRITE)
    file.writeViaStream(0n).writeZeroes(10n)
    expect(made).toBe(10)
    file.appendViaStream().splice(file.readViaStream(0n), 4n)
    expect(made).toBe(14)
    file.writeViaStream(0n).write(new Uint8Array(5))
    expect(made).toBe(14)
    grants.dispose()
  })
})
