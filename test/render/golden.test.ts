// Generated code, whole: each folder of test/golden is a WIT package and what is generated from it. `BLESS=1` rewrites it.
// The root tsconfig compiles all of it with every strict flag; test/types does so with an older TypeScript.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { generate } from '../../src/pipeline.ts'

const folder: string = fileURLToPath(new URL('../golden/', import.meta.url))
const temporary: string = mkdtempSync(join(tmpdir(), 'witgen-golden-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const CASES: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

/** The TypeScript files below a folder, by path. */
function filesOf(root: string): Record<string, string> {
  if (!existsSync(root)) return {}
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'))
  const sources = paths.filter((path) => path.endsWith('.ts')).sort()
  return Object.fromEntries(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

test.each(CASES)('%s', async (name) => {
  const out = join(temporary, name)
  await generate({
    inputs: [join(folder, name, 'wit')],
    worlds: [],
    out,
    importExtension: 'ts',
    features: new Set(),
    mode: 'write',
  })
  const golden = join(folder, name, 'generated')
  if (process.env['BLESS'] === '1') {
    rmSync(golden, { recursive: true, force: true })
    cpSync(out, golden, { recursive: true, filter: (path) => !path.endsWith('.witgen.json') })
  }
  const generated = filesOf(out)
  const wanted = filesOf(golden)
  expect(Object.keys(generated)).toEqual(Object.keys(wanted))
  for (const [path, text] of Object.entries(generated)) expect(text, path).toBe(wanted[path])
})
