// Several inputs in one run.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generate, type GenerateOptions } from '../../src/generate.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witgen-inputs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function options(mode: GenerateOptions['mode'], ...wits: readonly string[]): GenerateOptions {
  const inputs = wits.map((text, i) => {
    const input = join(folder, `wit${i}`)
    mkdirSync(input, { recursive: true })
    writeFileSync(join(input, 'a.wit'), text)
    return input
  })
  const out = join(folder, 'out')
  return { inputs, worlds: [], out, importExtension: 'js', features: new Set(), mode }
}

const ONE = 'package a:one; interface i { f: func(); } world wa { import i; }'
const TWO = 'package a:two; interface i { f: func(); } world wb { import i; }'

test('two packages share a folder, and a check agrees with what was written', async () => {
  await generate(options('write', ONE, TWO))
  const { stale, missing, extra } = await generate(options('check', ONE, TWO))
  expect({ stale, missing, extra }).toEqual({ stale: [], missing: [], extra: [] })
})

test('worlds of one name are refused, before anything is written', async () => {
  const clash = options('write', ONE, TWO.replace('world wb', 'world wa'))
  await expect(generate(clash)).rejects.toMatchObject({ diagnostics: [{ code: 'GEN0006' }] })
  expect(readdirSync(folder).sort()).toEqual(['wit0', 'wit1'])
})

test('what the system refuses is a diagnostic that names the path', async () => {
  writeFileSync(join(folder, 'out'), 'a file')
  const out = expect.stringContaining(join(folder, 'out')) as string
  await expect(generate(options('write', ONE))).rejects.toMatchObject({
    diagnostics: [{ code: 'GEN0911', message: out }],
  })
})

test('so is a folder in the place of the lock file', async () => {
  mkdirSync(join(folder, 'witgen.lock.json'))
  const message = expect.stringMatching(
    /witgen\.lock\.json is a folder, and a file would be generated there$/u,
  ) as string
  await expect(generate(options('check', ONE))).rejects.toMatchObject({ diagnostics: [{ code: 'GEN0003', message }] })
})
