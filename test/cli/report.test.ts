import { describe, expect, test } from 'vitest'
import { DiagnosticError, type Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { capture, nothing } from './capture.ts'

const result = { ...nothing, written: ['g/a.ts', 'g/b.ts'], removed: ['g/c.ts'], unchanged: ['g/d.ts'] }
const outdated = { ...nothing, stale: ['g/a.ts'], missing: ['g/b.ts'], extra: ['g/c.ts'] }

describe('generate', () => {
  test('sums up on stderr', async () => {
    const { code, stdout, stderr } = await capture([], result)
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: 'removed  g/c.ts\n2 files written, 1 removed, 1 unchanged\n',
    })
  })

  test('says which input has no world, in any mode but --check', async () => {
    const says = 'wit: a:b has no world, so only its types are generated\n'
    const typesOnly = [{ input: 'wit', name: 'a:b' }]
    const { stderr } = await capture([], { ...nothing, typesOnly, removed: ['g/w.ts'] })
    expect(stderr).toBe(`${says}removed  g/w.ts\n0 files written, 1 removed\n`)
    expect((await capture(['--dry-run'], { ...nothing, typesOnly })).stderr).toBe(`${says}0 files would be written\n`)
    expect((await capture(['--check'], { ...nothing, typesOnly })).stderr).toBe('')
  })

  test('--dry-run prints what would be written', async () => {
    const { code, stdout, stderr } = await capture(['--dry-run'], result)
    expect(stdout).toBe('write   g/a.ts\nwrite   g/b.ts\nremove  g/c.ts\n')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '2 files would be written, 1 removed, 1 unchanged\n' })
  })

  test('--check is silent when all is well', async () => {
    const { code, stdout, stderr } = await capture(['--check'], { ...nothing, unchanged: ['g/d.ts'] })
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('--check prints stale, missing and extra files and exits with 3', async () => {
    const { code, stdout, stderr } = await capture(['--check'], outdated)
    expect(stdout).toBe('stale    g/a.ts\nmissing  g/b.ts\nextra    g/c.ts\n')
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: '3 files out of date; run the same command without --check\n',
    })
  })

  test('--check --format json prints a diagnostic for each file', async () => {
    const { code, stdout } = await capture(['--check', '--format', 'json'], outdated)
    expect(code).toBe(3)
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; file: string; severity: string }[] }
    expect(diagnostics.map((d) => [d.code, d.file, d.severity])).toEqual([
      ['GEN0901', 'g/a.ts', 'error'],
      ['GEN0902', 'g/b.ts', 'error'],
      ['GEN0903', 'g/c.ts', 'error'],
    ])
  })

  test('--format json prints a document also when all is well', async () => {
    const { stdout } = await capture(['--format=json'], result)
    expect(JSON.parse(stdout)).toEqual({ diagnostics: [] })
  })
})

describe('a failure', () => {
  const text = 'interface a {\n  f: func(x: u33);\n}\n'
  const start = text.indexOf('u33')
  const diagnostic: Diagnostic = {
    code: 'WIT0042',
    severity: 'error',
    message: 'there is no type `u33`',
    span: { file: { path: 'wit/a.wit', text }, start, end: start + 3 },
    file: undefined,
    suggestion: 'did you mean `u32`?',
  }
  const failure = new DiagnosticError([diagnostic])

  test('in the input: diagnostics on stderr, exit code 1', async () => {
    const { code, stdout, stderr } = await capture([], failure)
    expect(stderr).toBe(
      [
        'wit/a.wit:2:14 error WIT0042: there is no type `u33`',
        '  1 | interface a {',
        '> 2 |   f: func(x: u33);',
        '    |              ^^^',
        '  3 | }',
        '  4 |',
        '  help: did you mean `u32`?',
        '',
      ].join('\n'),
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  test('--format json: on stdout, with line and column from 1', async () => {
    const { code, stdout, stderr } = await capture(['--format', 'json'], failure)
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [
        {
          code: 'WIT0042',
          severity: 'error',
          message: 'there is no type `u33`',
          file: 'wit/a.wit',
          line: 2,
          column: 14,
          endLine: 2,
          endColumn: 17,
          suggestion: 'did you mean `u32`?',
        },
      ],
    })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  })

  test('--format github: workflow commands on stdout', async () => {
    const { stdout } = await capture(['--format=github'], failure)
    expect(stdout).toMatch(/^::error file=wit\/a\.wit,line=2,endLine=2,col=14,endColumn=17,title=WIT0042::there is no/)
  })

  test('without colours unless they are asked for', async () => {
    const escape = '\u001b['
    expect((await capture([], failure)).stderr).not.toContain(escape)
    expect((await capture([], failure, { FORCE_COLOR: '1' })).stderr).toContain(escape)
    expect((await capture([], failure, { FORCE_COLOR: '1', NO_COLOR: '1' })).stderr).not.toContain(escape)
    expect((await capture(['--check'], outdated, { FORCE_COLOR: '1' })).stdout).toContain(escape)
  })

  test('of the file system: the message only', async () => {
    const error = Object.assign(new Error("EACCES: permission denied, open 'g/a.ts'"), { syscall: 'open' })
    const { code, stderr } = await capture([], error)
    expect({ code, stderr }).toEqual({ code: 1, stderr: "error GEN0911: EACCES: permission denied, open 'g/a.ts'\n" })
  })

  test('of witgen itself: no stack without --debug', async () => {
    const { code, stderr } = await capture([], new TypeError('x is not a function'))
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error GEN0912: internal error: x is not a function\n {2}help: this is a mistake in witgen/)
    expect(stderr).not.toMatch(/^ +at /m)
    expect((await capture(['--debug'], new TypeError('x is not a function'))).stderr).toMatch(
      /^ +at .+report\.test\.ts/m,
    )
  })
})
