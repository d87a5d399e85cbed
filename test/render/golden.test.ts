// Generated code, whole: each folder of test/golden is a WIT package and what is generated from it. `BLESS=1` rewrites it.
// The root tsconfig compiles all of it with every strict flag; test/types does so with an older TypeScript.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { generate } from '../../src/generate.ts'

const folder: string = fileURLToPath(new URL('../golden/', import.meta.url))
const temporary: string = mkdtempSync(join(tmpdir(), 'witgen-golden-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const CASES: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

/** The files below a folder, by path. */
function filesOf(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(root, path)).isFile(),
  )
  return Object.fromEntries(
    paths.sort().map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]),
  )
}

test.each(CASES)('%s', async (name) => {
  // In a copy: `generate` writes beside the WIT as well.
  const copy = join(temporary, name)
  const golden = join(folder, name)
  cpSync(golden, copy, { recursive: true, filter: (path) => path !== join(golden, 'generated') })
  const inputs = [join(copy, 'wit')]
  const out = join(copy, 'generated')
  const views = name === 'views'
  await generate({ inputs, worlds: [], out, importExtension: 'ts', features: new Set(), mode: 'write', views })
  rmSync(join(out, '.witgen.json'))
  if (process.env['BLESS'] === '1') {
    rmSync(golden, { recursive: true, force: true })
    cpSync(copy, golden, { recursive: true })
  }
  const generated = filesOf(copy)
  const wanted = filesOf(golden)
  expect(Object.keys(generated)).toEqual(Object.keys(wanted))
  for (const [path, text] of Object.entries(generated)) expect(text, path).toBe(wanted[path])
})
