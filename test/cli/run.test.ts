// `witgen run`, in processes of its own, since programs get the streams of the host's process.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { committed, root } from '../../scripts/guests/paths.ts'
import { capture } from './capture.ts'

const program = 'test/guests/wasi-c/probe.wasm'

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function witgen(args: readonly string[], input?: string): Ran {
  const command = ['--conditions=witgen-source', 'src/cli/main.ts', 'run', ...args]
  const env = { PATH: process.env['PATH'], SECRET: 'of the host' }
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', env, input })
  return { status, stdout, stderr }
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-run-'))
  writeFileSync(join(folder, 'a.txt'), 'text')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Node runs the sources as they are from version 23.6 on.
describe.runIf(Number(process.versions.node.split('.')[0]) >= 24)('a program', () => {
  test.each([
    [['--', 'args', '--verbose', '007', 'ü'], 'ok: 5 [probe.wasm] [args] [--verbose] [007] [ü]\n'],
    [[], 'ok: 1 [probe.wasm]\n'],
    [['--env', 'KEY=a=b', '--', 'env', 'KEY'], 'ok: [a=b]\n'],
    [['--env', 'KEY=', '--', 'env', 'KEY'], 'ok: []\n'],
    [['--', 'env', 'SECRET'], 'ok: none\n'],
    [['--random', '--', 'random'], 'ok: random\n'],
    [['--clocks', '--', 'sleep'], 'ok: slept\n'],
  ])('%j prints %j', (args, stdout) => {
    expect(witgen([program, ...args])).toEqual({ status: 0, stdout, stderr: '' })
  })

  test('reads the stdin of the process', () => {
    expect(witgen([program, '--', 'stdin'], 'first\nsecond')).toMatchObject({
      status: 0,
      stdout: 'ok: first\nsecond\n',
    })
    const large = 'x'.repeat(300_000)
    expect(witgen([program, '--', 'stdin'], large).stdout).toBe(`ok: ${large}\n`)
  })

  test('prints to both streams of the process', () => {
    expect(witgen([program, '--', 'print', 'out', 'err'])).toEqual({ status: 0, stdout: 'out', stderr: 'err' })
  })

  test('gets the folders that are granted', () => {
    const grant = (mode: string): string[] => [program, '--dir', `${folder}::/data${mode}`, '--']
    expect(witgen([...grant(''), 'read', '/data/a.txt']).stdout).toBe('ok: text\n')
    expect(witgen([...grant(':ro'), 'write', '/data/b.txt', 'x'])).toEqual({
      status: 0,
      stdout: 'error: 69\n',
      stderr: expect.stringMatching(/^witgen: wasi:filesystem\/types#.*permission denied.*\(b\.txt\)\n$/),
    })
    expect(witgen([...grant(':rw'), 'write', '/data/b.txt', 'x']).stdout).toBe('ok: written\n')
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('x')
  })

  test('ends with its own status', () => {
    expect(witgen([program, '--', 'exit', '0', 'bye'])).toEqual({ status: 0, stdout: 'bye', stderr: '' })
    expect(witgen([program, '--', 'exit', '5', 'bye'])).toEqual({ status: 1, stdout: 'bye', stderr: '' })
  })

  test('that traps ends with 1, and what it printed before', () => {
    const { status, stderr } = witgen([program, '--', 'abort'])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^about to end.*error CMP3011: wasm module probe\.wasm error \[10 Unreachable\]/)
  })

  test('that is denied something is told which option grants it', () => {
    const { status, stdout, stderr } = witgen([program, '--', 'time'])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('wasi:clocks/wall-clock#now')
    expect(stderr).toContain('help: grant it with --clocks')
  })
})

test.each([
  [[join(committed, 'rust/pipeline.wasm')], 1, 'CMP3010: the component is no program: it exports no wasi:cli/run'],
  [['none.wasm'], 1, 'none.wasm error CMP1010: there is no such file'],
  [[program, '--dir', './none::/data'], 1, "wasi.preopens['/data']: cannot open ./none: there is no such folder"],
  [[program, '--net-host', 'http://x'], 1, 'wasi.net: expected a host with or without a port, got "http://x"'],
  [[program, '--dir', 'data'], 2, '--dir takes HOST::GUEST or HOST::GUEST:rw, got "data"'],
  [[program, '--env', 'SECRET'], 2, '--env takes NAME=VALUE\n'],
  [[program, 'more'], 2, 'unknown argument'],
  [[], 2, 'witgen'],
])('run %j is refused with %i', async (args, code, text) => {
  const result = await capture(['run', ...args])
  expect(result.code).toBe(code)
  expect(result.stderr).toContain(text)
  expect(result.stdout).toBe('')
})
