// The same WIT gives the same bytes: in every run, from every folder, with every line ending. And what `generate` reports.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { generate, type GenerateOptions, type GenerateResult } from '../../src/generate.ts'

const root: string = fileURLToPath(new URL('../../', import.meta.url))
const GOLDEN: string = join(root, 'test/golden')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-determinism-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `generate`; what it reports is sorted here. */
async function run(input: string, out: string, more: Partial<GenerateOptions> = {}): Promise<GenerateResult> {
  const fixed = { worlds: [], importExtension: 'ts', features: new Set<string>(), mode: 'write' } as const
  const result = await generate({ inputs: [input], out, ...fixed, ...more })
  const sorted = Object.entries(result).map(([key, paths]) => [key, [...(paths as readonly string[])].sort()])
  return Object.fromEntries(sorted) as GenerateResult
}

/** A copy of a golden file's WIT: `generate` writes beside it as well. */
function copyOf(name: string): string {
  const wit = join(folder, `${name}-wit/wit`)
  cpSync(join(GOLDEN, name, 'wit'), wit, { recursive: true })
  return wit
}

/** Every file below a folder, by path. */
function tree(of: string): Record<string, string> {
  const all = readdirSync(of, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(of, path)).isFile())
  return Object.fromEntries(
    all.sort().map((path) => [path.replaceAll('\\', '/'), readFileSync(join(of, path), 'utf8')]),
  )
}

const CASES = ['hostile-names', 'docs', 'uses']

describe.each(CASES)('%s', (name) => {
  let wit: string
  beforeEach(() => {
    wit = copyOf(name)
  })

  test('two runs', async () => {
    await run(wit, join(folder, 'one'))
    await run(wit, join(folder, 'two'))
    expect(tree(join(folder, 'two'))).toEqual(tree(join(folder, 'one')))
  })

  test('CRLF', async () => {
    const crlf = join(folder, 'crlf-wit/wit')
    cpSync(wit, crlf, { recursive: true })
    for (const [path, text] of Object.entries(tree(crlf))) {
      expect(text).not.toContain('\r')
      writeFileSync(join(crlf, path), text.replaceAll('\n', '\r\n'))
    }
    await run(wit, join(folder, 'lf'))
    await run(crlf, join(folder, 'crlf'))
    expect(tree(join(folder, 'crlf'))).toEqual(tree(join(folder, 'lf')))
  })

  test('another folder for the WIT, another working folder', async () => {
    const moved = join(folder, 'some where/ëlse/wit')
    cpSync(wit, moved, { recursive: true })
    await run(wit, join(folder, 'here'))
    // Working folders belong to the process, hence another one.
    const script = `
      import { generate } from ${JSON.stringify(pathToFileURL(join(root, 'src/generate.ts')).href)}
      await generate({ inputs: ['wit'], worlds: [], out: '../out', importExtension: 'ts', features: new Set(), mode: 'write' })`
    const args = ['--conditions=witgen-source', '--input-type=module', '--eval', script]
    const { stderr, status } = spawnSync(process.execPath, args, { cwd: join(moved, '..'), encoding: 'utf8' })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    expect(tree(join(folder, 'some where/out'))).toEqual(tree(join(folder, 'here')))
  })
})

test('no file says when or where it was made', async () => {
  const { written } = await run(copyOf('docs'), join(folder, 'out'))
  expect(written).not.toEqual([])
  for (const [path, text] of Object.entries(tree(join(folder, 'out')))) {
    expect(text).not.toContain(folder)
    expect(text).not.toContain(root)
    expect(text).not.toContain('\r')
    // The manifest has hashes, in which any digits may stand.
    if (path.endsWith('.ts')) expect(text).not.toContain(String(new Date().getFullYear()))
  }
})

test('import extensions', async () => {
  const wit = copyOf('docs')
  for (const [importExtension, text] of [
    ['js', `from './test/docs/api.js'`],
    ['ts', `from './test/docs/api.ts'`],
    ['none', `from './test/docs/api'`],
  ] as const) {
    await run(wit, join(folder, importExtension), { importExtension })
    expect(readFileSync(join(folder, importExtension, 'docs.ts'), 'utf8')).toContain(text)
  }
})

describe('reports', () => {
  const wit = 'package a:b; interface i { f: func(); } interface j { g: func(); } world w { import i; import j; }'
  const files = ['a/b/i.codec.ts', 'a/b/i.ts', 'a/b/j.codec.ts', 'a/b/j.ts', 'w.ts']
  const shown = (paths: readonly string[], out: string): string[] =>
    paths.map((path) => relative('.', join(out, path)).replaceAll('\\', '/'))

  test.each(['check', 'dry-run'] as const)(
    '%s writes nothing, and says what is missing, stale and extra',
    async (mode) => {
      const input = join(folder, 'wit')
      const out = join(folder, 'out')
      mkdirSync(input)
      writeFileSync(join(input, 'a.wit'), wit)
      const nothing = { written: [], unchanged: [], removed: [], stale: [], missing: [], extra: [], typesOnly: [] }
      const all = shown(files, out)
      expect(await run(input, out, { mode })).toEqual({ ...nothing, written: all, missing: all })
      expect(readdirSync(folder)).toEqual(['wit'])

      expect(await run(input, out)).toMatchObject({ written: all })
      expect(await run(input, out, { mode })).toEqual({ ...nothing, unchanged: all })
      const before = tree(out)

      // `j` goes, `i` changes, and somebody deletes the types of `i`.
      writeFileSync(join(input, 'a.wit'), 'package a:b; interface i { f: func(x: u8); } world w { import i; }')
      rmSync(join(out, 'a/b/i.ts'))
      const state = await run(input, out, { mode })
      expect(state).toMatchObject({
        missing: shown(['a/b/i.ts'], out),
        stale: shown(['a/b/i.codec.ts', 'w.ts'], out),
        extra: shown(['a/b/j.codec.ts', 'a/b/j.ts'], out),
        unchanged: [],
      })
      delete before['a/b/i.ts']
      expect(tree(out)).toEqual(before)

      expect(await run(input, out)).toMatchObject({ removed: shown(['a/b/j.codec.ts', 'a/b/j.ts'], out) })
      expect(Object.keys(tree(out))).toEqual(['.witgen.json', 'a/b/i.codec.ts', 'a/b/i.ts', 'w.ts'])
    },
  )

  test('a package that has lost its world: what goes, and why', async () => {
    const input = join(folder, 'wit')
    const out = join(folder, 'out')
    mkdirSync(input)
    writeFileSync(join(input, 'a.wit'), wit)
    expect(await run(input, out)).toMatchObject({ typesOnly: [] })
    writeFileSync(join(input, 'a.wit'), wit.replace(/world .*/, ''))
    const removed = shown(['a/b/i.codec.ts', 'a/b/j.codec.ts', 'w.ts'], out)
    expect(await run(input, out)).toMatchObject({ typesOnly: [{ input, name: 'a:b' }], removed })
  })
})
