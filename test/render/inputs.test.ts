// Several inputs in one run.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generate, type GenerateOptions } from '../../src/pipeline.ts'

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
