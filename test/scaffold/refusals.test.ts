// What is refused, and what is left alone, by exact message; files stay as they were.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { renderDiagnostics } from '../../src/diagnostics/render.ts'
import type { ScaffoldOptions } from '../../src/scaffold/scaffold.ts'
import { scaffoldIn, scratchFolder } from './cases.ts'

const scratch = scratchFolder()
const host = join(scratch, 'host.ts')
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const WIT = `package a:b;
interface log { line: func(text: string); end: func(); }
world w { import log; }
`

beforeEach(() => {
  rmSync(host, { recursive: true, force: true })
  rmSync(join(scratch, 'wit'), { recursive: true, force: true })
  mkdirSync(join(scratch, 'wit'))
  writeFileSync(join(scratch, 'wit/w.wit'), WIT)
  mkdirSync(join(scratch, 'generated'), { recursive: true })
  writeFileSync(join(scratch, 'generated/w.ts'), '')
})

/** The diagnostics of a run: code, place and message. */
async function said(options: Partial<ScaffoldOptions> = {}): Promise<string> {
  const text = (notes: DiagnosticError['diagnostics']): string =>
    renderDiagnostics(notes, { format: 'pretty', color: false }).replaceAll(/\S*witgen-scaffold-\w+\//gu, '')
  try {
    return text((await scaffoldIn(scratch, options)).notes)
  } catch (error) {
    if (error instanceof DiagnosticError) return `refused: ${text(error.diagnostics)}`
    throw error
  }
}

describe('refused, and left as it was', () => {
  test.each([
    ['export const imports = {', "host.ts:1:25 error GEN0201: the file does not parse: '}' expected."],
    [
      'const a = 1\r\n  const = 2\r\n',
      'host.ts:2:9 error GEN0201: the file does not parse: Variable declaration expected.',
    ],
    [
      'export const x = 1\n',
      'host.ts error GEN0203: the file is no scaffold of the world `a:b/w`, so it was left as it is: expected an object of type `WImports`',
    ],
    [
      '',
      'host.ts error GEN0203: the file is no scaffold of the world `a:b/w`, so it was left as it is: expected an object of type `WImports`',
    ],
    [
      "import type { WImports } from './generated/w.js'\nconst a: WImports = {}\nconst b: WImports = {}\n",
      'host.ts:3:21 error GEN0204: several objects could be the imports of the world; expected one of type `WImports`',
    ],
  ])('%j', async (text, message) => {
    writeFileSync(host, text)
    expect((await said()).split('\n')[0]).toBe(`refused: ${message}`)
    expect(readFileSync(host, 'utf8')).toBe(text)
  })

  test('bytes that are no UTF-8', async () => {
    const bytes = Buffer.from([0x2f, 0x2f, 0xff, 0x0a])
    writeFileSync(host, bytes)
    expect(await said()).toMatch(/^refused: host\.ts error GEN0202: the file is not UTF-8/u)
    expect(readFileSync(host)).toEqual(bytes)
  })

  test('a folder', async () => {
    mkdirSync(host)
    expect(await said()).toMatch(/^refused: host\.ts error GEN0206: expected a file, got a folder/u)
  })

  test('worlds: none of the name, several without a name', async () => {
    expect(await said({ world: 'x' })).toBe(
      'refused: error GEN0001: no world is called `x`\n  help: the worlds are `w`\n',
    )
    writeFileSync(join(scratch, 'wit/w.wit'), `${WIT}\nworld v {}\n`)
    expect(await said()).toBe(
      'refused: error GEN0208: 2 worlds could be meant, expected one\n  help: choose one with --world: `a:b/w`, `a:b/v`\n',
    )
    expect(existsSync(host)).toBe(false)
  })

  test('a world with async functions, as generating does', async () => {
    writeFileSync(join(scratch, 'wit/w.wit'), WIT.replace('func(text', 'async func(text'))
    expect(await said()).toMatch(/^refused: wit\/w\.wit:2:\d+ error GEN0002: /u)
  })

  test('a part of the host that does not parse', async () => {
    writeFileSync(host, "import { log } from './log.js'\nexport const imports = { 'a:b/log': log }\n")
    writeFileSync(join(scratch, 'log.ts'), 'export const log = {')
    expect(await said()).toMatch(/^refused: log\.ts:1:21 error GEN0201: /u)
    rmSync(join(scratch, 'log.ts'))
  })
})

describe('left alone, and said so', () => {
  const write = (imports: string, rest = ''): void =>
    writeFileSync(
      host,
      `import type { WImports } from './generated/w.js'\n${rest}\nexport const imports: WImports = ${imports}\n`,
    )

  test.each([
    [
      "{ 'a:b/log': makeLog(console) }",
      "host.ts:3:36 warning GEN0205: a:b/log is given as `'a:b/log': makeLog(console)`, which cannot be looked into",
    ],
    [
      '{ ...others() }',
      'host.ts:3:36 warning GEN0205: what `...others()` has cannot be seen here: it may lack a:b/log',
    ],
    [
      "{ 'a:b/log': { ...others } }",
      'host.ts:3:49 warning GEN0205: what `...others` has cannot be seen here: it may lack a:b/log#line, a:b/log#end',
    ],
    ["{ 'a:b/log': { line(...all: string[]): void {}, end: logger.end } }", ''],
  ])('%s', async (imports, message) => {
    write(imports, 'declare const others: any, makeLog: any, logger: any')
    const before = readFileSync(host, 'utf8')
    expect((await said()).split('\n')[0]).toBe(message)
    expect(readFileSync(host, 'utf8')).toBe(before)
  })

  test('wider parameters and narrower results of the user', async () => {
    write(
      "{ 'a:b/log': { line(text: string | number): 'x' { return 'x' }, end(): Own { return 1 } } }".replace(
        ": 'x' ",
        ': void ',
      ),
      'type Own = 1',
    )
    const before = readFileSync(host, 'utf8')
    expect(await said()).toBe('')
    expect(readFileSync(host, 'utf8')).toBe(before)
  })

  test('wasi:* is not touched, unless asked for', async () => {
    mkdirSync(join(scratch, 'wit/deps'))
    writeFileSync(
      join(scratch, 'wit/deps/r.wit'),
      'package wasi:random@0.2.0;\ninterface random { get: func() -> u64; }\n',
    )
    writeFileSync(
      join(scratch, 'wit/w.wit'),
      WIT.replace('import log;', 'import log; import wasi:random/random@0.2.0;'),
    )
    await scaffoldIn(scratch)
    expect(readFileSync(host, 'utf8')).not.toContain('wasi:')
    expect((await scaffoldIn(scratch)).files).toEqual([])
    const { changes } = await scaffoldIn(scratch, { wasi: true })
    expect(changes).toEqual([{ kind: 'added', what: 'wasi:random/random' }])
    expect((await scaffoldIn(scratch)).files).toEqual([])
    expect(readFileSync(host, 'utf8')).toContain("'wasi:random/random': random,")
  })
})

describe('writing', () => {
  test('permissions stay, links are followed, nothing else is left', async () => {
    await scaffoldIn(scratch)
    const real = join(scratch, 'real.ts')
    renameSync(host, real)
    chmodSync(real, 0o600)
    symlinkSync(real, host)
    writeFileSync(join(scratch, 'wit/w.wit'), WIT.replace('end:', 'finish: func(); end:'))
    await scaffoldIn(scratch)
    expect(lstatSync(host).isSymbolicLink()).toBe(true)
    expect(statSync(real).mode & 0o777).toBe(0o600)
    expect(readFileSync(real, 'utf8')).toContain('not implemented: a:b/log#finish')
    rmSync(real)
  })

  test('a dry run writes nothing', async () => {
    const { files } = await scaffoldIn(scratch, { mode: 'dry-run' })
    expect(files[0]?.diff).toMatch(/^--- \/dev\/null\n\+\+\+ .*host\.ts\n@@ -0,0 \+1,\d+ @@\n\+\/\/ What/u)
    expect(existsSync(host)).toBe(false)
  })

  test('without the generated code, a hint', async () => {
    rmSync(join(scratch, 'generated'), { recursive: true })
    expect(await said()).toMatch(/^generated\/w\.ts warning GEN0207: /u)
  })
})

describe('versions', () => {
  const two = (versions: readonly string[]): void => {
    mkdirSync(join(scratch, 'wit/deps'), { recursive: true })
    for (const file of ['1', '2']) rmSync(join(scratch, `wit/deps/${file}.wit`), { force: true })
    for (const [i, version] of versions.entries()) {
      const text = `package c:d@${version};\ninterface log { line: func(text: string); }\n`
      writeFileSync(join(scratch, `wit/deps/${i + 1}.wit`), text)
    }
    const imports = versions.map((version) => `import c:d/log@${version};`).join(' ')
    writeFileSync(join(scratch, 'wit/w.wit'), `package a:b;\nworld w { ${imports} }\n`)
  }

  test('a second version joins the first: keys and imports follow, code stays', async () => {
    two(['1.0.0'])
    await scaffoldIn(scratch)
    writeFileSync(host, readFileSync(host, 'utf8').replace(/throw new Error\(.*\)/u, 'console.log(text)'))
    two(['1.0.0', '2.0.0'])
    const { changes } = await scaffoldIn(scratch)
    const text = readFileSync(host, 'utf8')
    expect(changes).toEqual([{ kind: 'added', what: 'c:d/log@2.0.0' }])
    expect(text).toContain("import type { Log } from './generated/c/d@1.0.0/log.js'")
    expect(text).toContain("'c:d/log@1.0.0': log,")
    expect(text).toContain('console.log(text)')
    expect((await scaffoldIn(scratch)).files).toEqual([])
  })

  test('one of two gets another version', async () => {
    two(['1.0.0', '2.0.0'])
    await scaffoldIn(scratch)
    two(['1.0.0', '2.1.0'])
    const { changes } = await scaffoldIn(scratch)
    const text = readFileSync(host, 'utf8')
    expect(changes).toEqual([{ kind: 'changed', what: 'c:d/log@2.1.0#line' }])
    expect(text).not.toContain('2.0.0')
    expect(text).toContain("from './generated/c/d@2.1.0/log.js'")
    expect((await scaffoldIn(scratch)).files).toEqual([])
  })
})
