// The command line with input that is none: one clear error, the right exit code, no stack trace.
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'

const guest = fileURLToPath(new URL('../guests/rust/pipeline.wasm', import.meta.url))
const folder = temporaryFolder('cli')
/** As paths are shown. */
const here = `${relative(process.cwd(), folder)}/`
afterAll(() => rmSync(folder, { recursive: true }))

const GOOD = 'package a:b;\ninterface i { f: func() -> u32; }\nworld w { export i; }\n'
/** Bytes of no pattern, the same in each run. */
const noise = (size: number): Uint8Array => {
  let seed = 1
  return Uint8Array.from({ length: size }, () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 16)
}

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

interface Result {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in this process. `@` in an argument, and nothing in the output, stands for the test's folder. */
async function witgen(...args: string[]): Promise<Result> {
  const out: string[] = []
  const err: string[] = []
  const io = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    env: {},
  }
  const code = await run(
    args.map((arg) => arg.replace(/^@/, here)),
    io,
  )
  return { code, stdout: out.join('').replaceAll(here, ''), stderr: err.join('').replaceAll(here, '') }
}

async function fails(code: number, text: string, ...args: string[]): Promise<void> {
  expect(await witgen(...args)).toEqual({ code, stdout: '', stderr: text })
}

beforeAll(() => {
  put('good/w.wit', GOOD)
  put('wit/w.wit', GOOD)
  put('bare/w.wit', 'package a:b;\n')
  put('noise.wasm', noise(5000))
  put('noise/x.wit', noise(3000))
  put('binary/x.wit', readFileSync(guest))
  mkdirSync(join(folder, 'empty'))
  mkdirSync(join(folder, 'folder/x.wit'), { recursive: true })
  put('file', 'a file')
  put('deep/a.wit', `package a:b; interface i { f: func(x: ${'option<'.repeat(1e5)}u8${'>'.repeat(1e5)}); }`)
  put(
    'comments/a.wit',
    `package a:b; ${'/*'.repeat(1e5)}${'*/'.repeat(1e5)} interface i { f: func(); } world w { export i; }`,
  )
  mkdirSync(join(folder, 'dangling'))
  symlinkSync('nowhere', join(folder, 'dangling/a.wit'))
  mkdirSync(join(folder, 'linked'))
  symlinkSync('../good/w.wit', join(folder, 'linked/w.wit'))
  put('stream/a.wit', 'package a:b;\n\ninterface i {\n  f: func() -> stream<u8>;\n}\nworld w { export i; }\n')
  put('future/a.wit', 'package a:b;\n\ninterface i {\n  f: func(x: list<future<u8>>);\n}\nworld w { import i; }\n')
  put('async/a.wit', 'package a:b;\n\ninterface i {\n  f: async func();\n}\nworld w { export i; }\n')
})

const NOT_WASM = 'expected a component, got something that is not WebAssembly (at byte 0)'

describe('1: wrong input', () => {
  test.each<readonly [args: readonly string[], text: string]>([
    [['generate', '@noise.wasm'], `noise.wasm error CMP1001: ${NOT_WASM}\n`],
    [['inspect', '@noise.wasm'], `noise.wasm error CMP1001: ${NOT_WASM}\n`],
    [['inspect', '@noise.wasm', '--json'], `noise.wasm error CMP1001: ${NOT_WASM}\n`],
    [['validate', '@noise.wasm', '--wit', '@good', '--world', 'w'], `noise.wasm error CMP1001: ${NOT_WASM}\n`],
    [['generate', '@noise'], 'noise/x.wit error WIT0070: the file is not UTF-8 text\n'],
    [['generate', '@binary'], 'binary/x.wit error WIT0070: the file is not UTF-8 text\n'],
    [['generate', '@empty'], 'empty error WIT0071: the folder contains no `.wit` file\n'],
    [['generate', '@folder'], 'folder error WIT0071: the folder contains no `.wit` file\n'],
    [['generate', '@none'], 'none error WIT0070: there is no such file or folder\n  help: give the path of a WIT folder or file\n'], // prettier-ignore
    [['inspect', '@none'], 'none error WIT0070: there is no such file or folder\n  help: give the path of a WIT folder or file\n'], // prettier-ignore
    [['validate', '@none.wasm', '--wit', '@good', '--world', 'w'], 'none.wasm error CMP1010: there is no such file\n'],
    [['validate', guest, '--wit', '@good', '--world', 'nope'], 'error GEN0001: no world is called `nope`\n  help: the worlds are `w`\n'], // prettier-ignore
    [
      ['generate', '@good', '--world', 'nope'],
      'error GEN0001: no world is called `nope`\n  help: the worlds are `w`\n',
    ],
    [
      ['generate', '@bare'],
      'bare error GEN0007: the package `a:b` has neither a world nor an interface: there is nothing to generate\n  help: add a world: `world my-world { export run: func(); }`\n',
    ],
    [
      ['generate', '@good', '--out', '@file'],
      'file error GEN0003: file is no folder, and files would be generated in it\n  help: move it away, or choose another folder with --out\n',
    ],
    [
      ['generate', '@good', '--out', '@file/below'],
      'file error GEN0003: file is no folder, and files would be generated in it\n  help: move it away, or choose another folder with --out\n',
    ],
  ])('witgen %j', async (args, text) => fails(1, text, ...args))

  test('nesting without end', async () => {
    const { code, stderr } = await witgen('generate', '@deep')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^deep\/a\.wit:1:\d+ error WIT0008: types nest more than 100 deep\n/)
  })

  test.each([
    ['stream', 4],
    ['future', 4],
    ['async', 4],
  ])('what is reserved is refused by `generate`, with its place: %s', async (name, line) => {
    const { code, stdout, stderr } = await witgen('generate', `@${name}`, '--out', `@${name}-out`)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^${name}/a\\.wit:${line}:\\d+ error GEN\\d{4}: .*${name}`))
    expect(stderr.match(/ error /g)).toHaveLength(1)
    expect(readdirSync(folder)).not.toContain(`${name}-out`)
  })

  test('with --format json, on stdout', async () => {
    const { code, stdout, stderr } = await witgen('generate', '@noise', '--format', 'json')
    expect({ code, stderr, data: JSON.parse(stdout) as unknown }).toEqual({
      code: 1,
      stderr: '',
      data: {
        diagnostics: [
          expect.objectContaining({
            code: 'WIT0070',
            severity: 'error',
            message: 'the file is not UTF-8 text',
            file: 'noise/x.wit',
          }),
        ],
      },
    })
  })
})

describe('2: wrong usage', () => {
  test.each<readonly [args: readonly string[], text: string]>([
    [['generate', '--bogus'], 'unknown argument `bogus`'],
    [['call', 'guest.wasm'], 'expected `witgen call <guest> <call>`, got only 1 argument'],
    [['run', 'guest.wasm', 'fast'], "unknown argument `fast`; the guest's own come after `--`"],
    [['inspect'], 'expected `witgen inspect <input>`, got no argument'],
    [['inspect', '@good', '--json', '--wit'], '--json and --wit cannot be given together'],
    [['generate', '--out'], '--out needs a value'],
    [['generate', '--out', ''], '--out needs a value'],
    [['generate', '--out', 'a', '--out', 'b'], '--out can be given only once'],
    [['generate', '--check', '--dry-run'], '--check and --dry-run cannot be given together'],
  ])('witgen %j', async (args, text) => fails(2, `witgen: ${text}\nSee \`witgen --help\`.\n`, ...args))
})

describe('3: out of date, not compatible', () => {
  test('generate --check where nothing has been generated', async () => {
    const { code, stdout, stderr } = await witgen('generate', '@good', '--out', '@fresh', '--check')
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: 'missing  fresh/a/b/i.codec.ts\nmissing  fresh/a/b/i.ts\nmissing  fresh/w.ts\n',
    })
    expect(stderr).toBe('3 files out of date; run the same command without --check\n')
    expect(readdirSync(folder)).not.toContain('fresh')
  })

  test('validate a guest of another world', async () => {
    const { code, stdout } = await witgen('validate', guest, '--wit', '@good', '--world', 'w')
    expect(code).toBe(3)
    expect(stdout).toMatch(/^good\/w\.wit:3:18 error CMP2002: a:b\/i: the guest does not export it\n/)
  })
})

describe('0: odd, but fine', () => {
  test.each([['comments'], ['linked']])('%s', async (name) => {
    const { code, stdout, stderr } = await witgen('generate', `@${name}`, '--out', `@${name}-out`)
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '3 files written\n' })
    expect(readdirSync(join(folder, `${name}-out`)).toSorted()).toEqual(['.witgen.json', 'a', 'w.ts'])
  })

  test('output among the WIT, twice', async () => {
    expect(await witgen('generate', '@wit', '--out', '@wit')).toEqual({
      code: 0,
      stdout: '',
      stderr: '3 files written\n',
    })
    expect(await witgen('generate', '@wit', '--out', '@wit')).toEqual({
      code: 0,
      stdout: '',
      stderr: '0 files written, 3 unchanged\n',
    })
    expect(await witgen('generate', '@wit', '--out', '@wit/deps')).toEqual({
      code: 0,
      stdout: '',
      stderr: '3 files written\n',
    })
    expect(await witgen('generate', '@wit', '--out', '@wit', '--check')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test.each(['', '{', '[]', 'null', '{"files":5}', '{"files":{"w.ts":5}}'])('a manifest that is %j', async (text) => {
    expect((await witgen('generate', '@good', '--out', '@manifest')).code).toBe(0)
    put('manifest/.witgen.json', text)
    const { code, stderr } = await witgen('generate', '@good', '--out', '@manifest')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '0 files written, 3 unchanged\n' })
  })

  test('a link that leads nowhere is an error', async () => {
    const { code, stderr } = await witgen('generate', '@dangling')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^dangling(?:\/a\.wit)? error WIT007\d: /)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
