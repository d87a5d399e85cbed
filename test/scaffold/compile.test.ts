// What is written compiles with every strict flag, in both versions of TypeScript.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from '../../src/generate.ts'
import { CASES, golden, project, scaffoldIn, scratchFolder } from './cases.ts'
import { compile, COMPILERS } from './compile.ts'

const scratch = scratchFolder()
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('a fresh file for each world of the golden files', () => {
  const worlds = fileURLToPath(new URL('../golden/', import.meta.url))
  const names = readdirSync(worlds)
  let count = 0

  beforeAll(async () => {
    for (const name of names) {
      // In a copy: `generate` writes beside the WIT as well.
      const wit = join(scratch, 'wit', name, 'wit')
      cpSync(join(worlds, name, 'wit'), wit, { recursive: true })
      const out = join(scratch, 'fresh', name, 'generated')
      const shared = { inputs: [wit], importExtension: 'js', features: new Set<string>(), mode: 'write' } as const
      await generate({ ...shared, worlds: [], out })
      const found = readdirSync(out).filter((file) => file.endsWith('.ts') && !file.endsWith('.codec.ts'))
      for (const world of found.map((file) => file.slice(0, -3))) {
        const file = join(scratch, 'fresh', name, 'src', `${world}.ts`)
        await scaffoldIn(scratch, { ...shared, world, out: file, generated: out, wasi: true })
        const again = await scaffoldIn(scratch, { ...shared, world, out: file, generated: out, wasi: true })
        expect(again, `${name}: ${world}, a second time`).toMatchObject({ files: [], changes: [], notes: [] })
        count++
      }
    }
  }, 120_000)

  test('every flag', { timeout: 120_000 }, () => {
    const tsc = COMPILERS['TypeScript 7'] ?? ''
    expect(count).toBeGreaterThan(names.length)
    expect(compile(tsc, scratch, ['fresh'], { noUnusedParameters: true })).toBe('')
  })
})

describe('fresh files, and hosts before and after a change of the WIT', () => {
  beforeAll(async () => {
    for (const name of CASES) {
      for (const time of ['before', 'after']) {
        await project(join(scratch, 'hosts', name, time), join(golden, name, `${time}.wit`), join(golden, name, time))
      }
    }
  }, 120_000)

  const module = { module: 'preserve', moduleResolution: 'bundler' }
  const errorsOf = (name: string): string => join(golden, name, 'after/errors.txt')
  const failing = CASES.filter((name) => existsSync(errorsOf(name)))
  const clean = CASES.filter((name) => !failing.includes(name))

  test.each(Object.entries(COMPILERS))('%s', { timeout: 120_000 }, (_name, tsc) => {
    const folders = [...clean.map((name) => `hosts/${name}`), ...failing.map((name) => `hosts/${name}/before`)]
    expect(compile(tsc, scratch, ['fresh', ...folders], module)).toBe('')
  })

  // Where the user has to act, the compiler says so: those errors, and no others, stand in `errors.txt`.
  test.each(failing)('%s has errors afterwards', { timeout: 120_000 }, (name) => {
    const folder = `hosts/${name}/after`
    const errors = compile(COMPILERS['TypeScript 7'] ?? '', scratch, [folder], module).replaceAll(`${folder}/`, '')
    if (process.env['BLESS'] === '1') writeFileSync(errorsOf(name), errors)
    expect(errors).toBe(readFileSync(errorsOf(name), 'utf8'))
  })
})
