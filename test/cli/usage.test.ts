import { describe, expect, test } from 'vitest'
import { settingsOf } from '../../src/config/settings.ts'
import { capture } from './capture.ts'

describe('the command line', () => {
  test('without arguments: everything below ./wit goes to ./generated', async () => {
    const { options, code } = await capture([])
    expect(code).toBe(0)
    // What is left out, the pipeline fills in.
    expect(options).toEqual({ mode: 'write' })
    expect(settingsOf(options ?? {})).toEqual({
      inputs: ['./wit'],
      worlds: [],
      views: false,
      out: './generated',
      target: 'ts',
      importExtension: 'js',
      features: new Set(),
      mode: 'write',
    })
  })

  test('every option reaches the pipeline', async () => {
    const args =
      'generate a b --world x --world=y,z --out o --target ts --import-extension ts --features f,g --features h --dry-run'
    const { options } = await capture(args.split(' '))
    expect(options).toEqual({
      inputs: ['a', 'b'],
      worlds: ['x', 'y', 'z'],
      out: 'o',
      target: 'ts',
      importExtension: 'ts',
      features: ['f', 'g', 'h'],
      mode: 'dry-run',
    })
  })

  test('the command may be left out, and inputs may follow options', async () => {
    const { options } = await capture(['--world', 'x', 'folder', '--all-features', '--check'])
    expect(options).toMatchObject({ inputs: ['folder'], worlds: ['x'], features: 'all', mode: 'check' })
  })

  test.each([[['--', '--version']], [['generate', '--', '--version']]])(
    '%j: what stands behind -- is an input',
    async (args) => {
      expect((await capture(args)).options?.inputs).toEqual(['--version'])
    },
  )

  test('an input that looks like a number stays text', async () => {
    const { options } = await capture(['007'])
    expect(options?.inputs).toEqual(['007'])
  })

  test.each([
    [['--foo'], 'unknown argument `foo`'],
    [['--dry-rum'], 'unknown option `--dry-rum`, did you mean `--dry-run`?'],
    [['--worlds', 'a'], 'unknown option `--worlds`, did you mean `--world`?'],
    [['generat'], 'unknown command `generat`, did you mean `generate`?'],
    [['inspekt', 'wit'], 'unknown command `inspekt`, did you mean `inspect`?'],
    [['--world'], '--world needs a value'],
    [['--out'], '--out needs a value'],
    [['--out', ''], '--out needs a value'],
    [['--world', ''], '--world needs a value'],
    [['--out', 'a', '--out', 'b'], '--out can be given only once'],
    [['--check', '--dry-run'], '--check and --dry-run cannot be given together'],
    [['--check', '--watch'], '--check and --watch cannot be given together'],
    [['--watch', '--dry-run'], '--watch and --dry-run cannot be given together'],
    [
      ['--target', 'js', '--import-extension', 'ts'],
      '--import-extension ts does not go with --target js, which makes no .ts files',
    ],
    [['--format', 'xml'], '--format takes pretty, json, github, not `xml`'],
  ])('wrong usage %j: one line, a hint, exit code 2', async (args, message) => {
    const { code, stdout, stderr, options } = await capture(args)
    expect(stderr).toBe(`witgen: ${message}\nSee \`witgen --help\`.\n`)
    expect({ code, stdout, options }).toEqual({ code: 2, stdout: '', options: undefined })
  })

  test.each([[['--help']], [['-h']], [['generate', '--help']]])('%j goes to stdout', async (args) => {
    const { code, stdout, stderr, options } = await capture(args)
    expect(stdout).toMatch(/^witgen \[?generate\]? \[inputs\.\.\]\n/)
    expect(stdout).toContain('Exit codes: 0 fine, 1 wrong input, 2 wrong usage, 3 out of date')
    expect({ code, stderr, options }).toEqual({ code: 0, stderr: '', options: undefined })
  })

  test('each command of --help is known when another is misspelt', async () => {
    const { stdout } = await capture(['--help'])
    const commands = [...stdout.matchAll(/^ {2}witgen \[?(\w+)/gm)].map((match) => match[1] ?? '')
    expect(commands.length).toBeGreaterThan(3)
    for (const name of commands) {
      const { stderr } = await capture([`${name}x`])
      expect(stderr).toContain(`unknown command \`${name}x\`, did you mean \`${name}\`?`)
    }
  })

  test('--help lists the options that work and no others', async () => {
    const { stdout } = await capture(['--help'])
    const listed = [...stdout.matchAll(/^ +(?:-\w, )?--([\w-]+) /gm)].map((match) => match[1])
    expect(listed).toEqual(
      (
        'debug help version world out target import-extension features all-features check watch dry-run config ' +
        'format'
      ).split(' '),
    )
  })

  test.each([
    [['generate', '--world.a', 'b'], 'unknown option `--world.a`, did you mean `--world`?'],
    [['--out.a', 'b'], 'unknown option `--out.a`, did you mean `--out`?'],
    [['inspect', 'wit', '--json.a', 'b'], 'unknown option `--json.a`, did you mean `--json`?'],
  ])('a dot is no part of an option: %j', async (args, text) => {
    expect(await capture(args)).toMatchObject({ code: 2, stderr: `witgen: ${text}\nSee \`witgen --help\`.\n` })
  })
})
