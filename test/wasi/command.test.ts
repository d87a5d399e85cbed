// Command-line programs in several languages: what they get of what is granted, and of what is not.
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GuestExit, isWasmError, type CompiledComponent, type WasiOptions } from 'witgen/runtime'
import { recipes } from '../../scripts/guests/index.ts'
import { skippedLanguages } from '../../scripts/guests/skip.ts'
import { BUILD_TIMEOUT } from '../guests/guests.ts'
import { compiledGuest, makeFixture, probes, runCommand, type Fixture, type Probe, type Run } from './probes.ts'

interface Case {
  readonly args: readonly string[]
  readonly wasi?: WasiOptions
  /** What the program prints; by language where their libraries differ. */
  readonly prints: string | Readonly<Record<Probe['language'], string>>
  /** The function of `wasi:filesystem/types` of which the log tells that it was refused. */
  readonly denied?: string
  /** Where not all languages have it. */
  readonly languages?: readonly Probe['language'][]
}

const OPEN = '[method]descriptor.open-at'
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** 63 is EPERM, 76 ENOTCAPABLE, 69 EROFS, 44 ENOENT, 32 ELOOP, 8 EBADF, 54 ENOTDIR. */
const cases: Readonly<Record<string, Case>> = {
  'a granted file is read': { args: ['read', '/in/hello.txt'], prints: 'ok: hello\n' },
  'also below': { args: ['read', '/in/sub/inner.txt'], prints: 'ok: inner\n' },
  'also through a link that stays inside': { args: ['read', '/in/in'], prints: 'ok: inner\n' },
  '.. that stays inside is fine': { args: ['read', '/in/sub/../hello.txt'], prints: 'ok: hello\n' },
  '.. out of the grant': {
    args: ['read', '/in/../secret.txt'],
    // Go takes the path apart itself and finds that no grant has it.
    prints: { c: 'error: 63\n', rust: 'error: 63\n', go: 'error: 8\n' },
  },
  'an absolute path': {
    args: ['read', '/etc/passwd'],
    prints: { c: 'error: 44\n', rust: 'error: 76\n', go: 'error: 8\n' },
  },
  'a link out of the grant': { args: ['read', '/in/out'], prints: 'error: 63\n', denied: OPEN },
  'a link to an absolute path': { args: ['read', '/in/absolute'], prints: 'error: 63\n', denied: OPEN },
  'a path through a link out': { args: ['read', '/in/up/secret.txt'], prints: 'error: 63\n', denied: OPEN },
  'a link to itself': { args: ['read', '/in/loop'], prints: 'error: 32\n' },
  'what is not there': { args: ['read', '/in/none.txt'], prints: 'error: 44\n' },
  'a file as a folder': { args: ['read', '/in/hello.txt/x'], prints: 'error: 54\n' },
  'a new file in a read-only grant': { args: ['write', '/in/new.txt', 'x'], prints: 'error: 69\n', denied: OPEN },
  'an old file in a read-only grant': { args: ['append', '/in/hello.txt', 'x'], prints: 'error: 69\n', denied: OPEN },
  'a folder in a read-only grant': {
    args: ['mkdir', '/in/new'],
    prints: 'error: 69\n',
    denied: '[method]descriptor.create-directory-at',
  },
  'removing from a read-only grant': {
    args: ['remove', '/in/hello.txt'],
    prints: 'error: 69\n',
    denied: '[method]descriptor.unlink-file-at',
  },
  'renaming in a read-only grant': {
    args: ['rename', '/in/hello.txt', '/in/other.txt'],
    prints: 'error: 69\n',
    denied: '[method]descriptor.rename-at',
  },
  'a hard link from a read-only grant to a writable one': {
    args: ['link', '/in/hello.txt', '/out/mine.txt'],
    prints: 'error: 69\n',
    denied: '[method]descriptor.link-at',
  },
  'a list of files': { args: ['list', '/in'], prints: 'ok: absolute hello.txt in loop out sub up\n' },
  'what a file is': { args: ['stat', '/in/hello.txt'], prints: 'ok: file 5\n' },
  'what lies behind a link out': {
    args: ['stat', '/in/out'],
    prints: 'error: 63\n',
    denied: '[method]descriptor.stat-at',
  },
  'an environment that is not granted': { args: ['env', 'PATH'], prints: 'ok: none\n' },
  'an environment that is': { args: ['env', 'KEY'], wasi: { env: { KEY: 'a=b ü' } }, prints: 'ok: [a=b ü]\n' },
  'the environment is only what is granted': {
    args: ['env', 'HOME'],
    wasi: { env: { KEY: '1' } },
    prints: 'ok: none\n',
  },
  arguments: { args: ['args', 'x y', 'ü'], prints: 'ok: 4 [probe] [args] [x y] [ü]\n' },
  'stdin that is not granted is at its end': { args: ['stdin'], prints: { c: 'ok: \n', rust: '', go: '' } },
  'stdin that is': { args: ['stdin'], wasi: { stdin: text('first\nsecond ü') }, prints: 'ok: first\nsecond ü\n' },
  'random numbers that are granted': { args: ['random'], wasi: { random: true }, prints: 'ok: random\n' },
  'sleeping, with clocks granted': { args: ['sleep'], wasi: { clocks: true }, prints: 'ok: slept\n' },
}

const skipped = skippedLanguages(recipes)

describe.each(probes.filter(({ language }) => !skipped.has(language)))('a program in $language', (probe) => {
  let component: CompiledComponent
  let fixture: Fixture
  beforeAll(async () => {
    component = await compiledGuest(probe.component)
    fixture = makeFixture()
  }, BUILD_TIMEOUT)
  afterAll(() => fixture?.remove())

  const run = (args: readonly string[], wasi: WasiOptions = {}): Run =>
    runCommand(component, {
      ...probe.needs,
      args: ['probe', ...args],
      preopens: { '/in': fixture.readable, '/out': { path: fixture.writable, write: true } },
      ...wasi,
    })

  /** Go ends every program through `wasi:cli/exit`. */
  const expectFine = ({ error }: Run): void => {
    if (error !== undefined) expect(error).toMatchObject({ codeName: 'GuestExit', status: 0 })
  }

  test.each(Object.entries(cases))('%s', (_, { args, wasi, prints, denied }) => {
    const before = readdirSync(fixture.readable)
    const result = run(args, wasi)
    expectFine(result)
    expect(result.stdout).toBe(typeof prints === 'string' ? prints : prints[probe.language])
    expect(result.stderr).toBe('')
    if (denied === undefined) expect(result.log.filter(([level]) => level !== 'warn')).toEqual([])
    else {
      const fields = { module: 'probe', function: `wasi:filesystem/types#${denied}`, path: expect.any(String) }
      // Go tries to remove a folder when it cannot remove a file.
      expect(result.log.slice(0, 1)).toEqual([['warn', fields, expect.stringContaining('permission denied')]])
    }
    // Nothing that is refused leaves a trace.
    expect(readdirSync(fixture.readable)).toEqual(before)
    expect(readFileSync(join(fixture.readable, 'hello.txt'), 'utf8')).toBe('hello')
    expect(readdirSync(fixture.writable)).toEqual([])
  })

  test('a writable grant: writing, appending, renaming, removing', () => {
    const path = (name: string): string => join(fixture.writable, name)
    const outputs = [
      ['write', '/out/a.txt', 'one'],
      ['append', '/out/a.txt', ' two'],
      ['mkdir', '/out/dir'],
      ['rename', '/out/a.txt', '/out/dir/b.txt'],
      ['link', '/out/dir/b.txt', '/out/c.txt'],
      ['read', '/out/c.txt'],
    ].map((args) => run(args).stdout)
    expect(outputs).toEqual(['written', 'written', 'made', 'renamed', 'linked', 'one two'].map((s) => `ok: ${s}\n`))
    expect(readFileSync(path('dir/b.txt'), 'utf8')).toBe('one two')
    expect(lstatSync(path('c.txt')).nlink).toBe(2)
    expect(run(['write', '/out/c.txt', 'x']).stdout).toBe('ok: written\n')
    expect(readFileSync(path('dir/b.txt'), 'utf8')).toBe('x')
    for (const name of ['/out/c.txt', '/out/dir/b.txt']) expect(run(['remove', name]).stdout).toBe('ok: removed\n')
    // To leave the folder as the other tests expect it.
    expect(readdirSync(path('dir'))).toEqual([])
    expect(run(['rename', '/out/dir', '/in/dir']).stdout).toBe('error: 69\n')
    expect(existsSync(path('dir'))).toBe(true)
  })

  test('links may be made, but none that lead out', () => {
    expect(run(['symlink', '/etc/passwd', '/out/a']).stdout).toBe('error: 63\n')
    expect(run(['symlink', '../secret.txt', '/out/a']).stdout).toBe('error: 63\n')
    expect(run(['symlink', 'sub/../../secret.txt', '/out/a']).stdout).toBe('error: 63\n')
    expect(existsSync(join(fixture.writable, 'a'))).toBe(false)
    expect(run(['symlink', 'dir', '/out/link']).stdout).toBe('ok: linked\n')
    expect(lstatSync(join(fixture.writable, 'link')).isSymbolicLink()).toBe(true)
    expect(run(['remove', '/out/link']).stdout).toBe('ok: removed\n')
  })

  test.each([0, 1, 3])('exit(%i) ends the guest, not the host', (status) => {
    const { stdout, error } = run(['exit', String(status), 'last words'])
    expect(stdout).toBe('last words')
    expect(isWasmError(error, 'GuestExit')).toBe(true)
    expect(error).toBeInstanceOf(GuestExit)
    // What adapts WASI 0.1 knows only success and failure.
    expect(error).toMatchObject({ codeName: 'GuestExit', status: status === 0 ? 0 : 1, function: 'wasi:cli/exit#exit' })
  })

  test('output goes where it is sent', () => {
    const { stdout, stderr, log } = run(['print', 'to out', 'to err'])
    expect({ stdout, stderr, log }).toEqual({ stdout: 'to out', stderr: 'to err', log: [] })
  })

  test('to the logger, line by line, when nothing is said', () => {
    const { log } = run(['print', 'one\ntwo', 'three\n'], { stdout: undefined, stderr: undefined })
    expect(log.filter(([, fields]) => 'stream' in fields && fields.stream === 'stdout')).toEqual([
      ['info', { module: 'probe', stream: 'stdout' }, 'one'],
      ['info', { module: 'probe', stream: 'stdout' }, 'two'],
    ])
    expect(log.filter(([, fields]) => 'stream' in fields && fields.stream === 'stderr')).toEqual([
      ['info', { module: 'probe', stream: 'stderr' }, 'three'],
    ])
    expect(log).toHaveLength(3)
  })

  test('to nobody', () => {
    const { log } = run(['print', 'one', 'two'], { stdout: 'ignore', stderr: 'ignore' })
    expect(log).toEqual([])
  })

  test('without a grant for the clock, asking for the time ends the guest', () => {
    const { error, log, stdout } = run(['time'], { clocks: false })
    // Go asks at its start already, for the other clock.
    const name = `wasi:clocks/${probe.language === 'go' ? 'monotonic' : 'wall'}-clock#now`
    expect(error).toMatchObject({
      codeName: 'PermissionDenied',
      function: name,
      message: `wasm module probe error [40 PermissionDenied]: ${name}: not granted; wasi: { clocks: true } does`,
    })
    expect(stdout).toBe('')
    expect(log).toEqual([['warn', { module: 'probe', function: name }, expect.stringContaining(name)]])
  })

  test('without a grant for random numbers, asking for them does', () => {
    const name = 'wasi:random/random#get-random-bytes'
    expect(run(['random'], { random: false }).error).toMatchObject({ codeName: 'PermissionDenied', function: name })
  })

  test('the time is the host’s', () => {
    const before = Math.floor(Date.now() / 1000)
    const seconds = Number(/^ok: (\d+)\n$/.exec(run(['time'], { clocks: true }).stdout)?.[1])
    expect(seconds).toBeGreaterThanOrEqual(before)
    expect(seconds).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000))
  })

  test.runIf(existsSync('/proc/self/fd'))('what it left open is closed with it', () => {
    const open = (): string[] =>
      readdirSync('/proc/self/fd').flatMap((fd) => {
        try {
          const path = readlinkSync(`/proc/self/fd/${fd}`)
          return path.startsWith(fixture.readable) || path.startsWith(fixture.writable) ? [path] : []
        } catch {
          return [] // another thread's, closed by now
        }
      })
    for (const args of [
      ['read', '/in/hello.txt'],
      ['list', '/in'],
      ['read', '/in/up'],
      ['exit', '1'],
    ])
      run(args)
    expect(open()).toEqual([])
  })
})
