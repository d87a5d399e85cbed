import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import type { Resolve } from '../../src/ir/index.ts'
import { loadWit } from '../../src/wit/load.ts'
import { readWit } from '../../src/wit/read.ts'
import { resolveToJson } from '../../src/wit/to-json.ts'
import { resolveToWit } from '../../src/wit/to-wit.ts'
import { canonicalJson } from '../helpers/canonical-json.ts'
import { fetchWitSuite } from './fetch.ts'
import { unread } from './wit-known-differences.ts'

const suite = fetchWitSuite()
// The suite's own runner turns this one feature on.
const options = { features: new Set(['active']) }

function inputOf(name: string): string {
  const path = ['', '.wit', '.wat'].map((end) => join(suite, name + end)).find((candidate) => existsSync(candidate))
  if (path === undefined) throw new Error(`the suite has no input for ${name}`)
  return path
}

function codesOf(path: string): readonly string[] {
  try {
    readWit(path, options)
    return []
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics.map((d) => d.code)
    throw error
  }
}

/** Without what WIT text cannot say: what an included interface was copied from, and references that features removed. */
function comparable(resolve: Resolve): unknown {
  const json = JSON.stringify(canonicalJson(resolveToJson(resolve)), (key, value: unknown) =>
    key === 'clone_of' ? undefined : value,
  )
  const packages = JSON.parse(json) as { readonly name: string }[]
  return packages.sort((a, b) => (a.name < b.name ? -1 : 1))
}

describe('golden packages', () => {
  const names = readdirSync(suite).flatMap((file) =>
    file.endsWith('.wit.json') ? [file.slice(0, -'.wit.json'.length)] : [],
  )

  it('are all there', () => {
    expect(names).toHaveLength(78)
    expect(names).toEqual(expect.arrayContaining(Object.keys(unread)))
  })

  it.each(names.filter((name) => !(name in unread)))('%s resolves to the same JSON', (name) => {
    const golden: unknown = JSON.parse(readFileSync(join(suite, `${name}.wit.json`), 'utf8'))
    expect(canonicalJson(resolveToJson(readWit(inputOf(name), options).resolve))).toEqual(canonicalJson(golden))
  })

  it.each(names.filter((name) => !(name in unread)))('%s is the same when it is printed and read again', (name) => {
    const { resolve } = readWit(inputOf(name), options)
    const again = loadWit([{ path: 'printed.wit', text: resolveToWit(resolve), role: 'root' }], { features: 'all' })
    expect(comparable(again)).toEqual(comparable(resolve))
  })

  it.each(Object.entries(unread))('%s is still refused with %s', (name, code) => {
    expect(codesOf(inputOf(name))).toContain(code)
  })
})

describe('packages to refuse', () => {
  const folder = join(suite, 'parse-fail')
  const names = readdirSync(folder).filter((file) => !file.endsWith('.result'))

  it('are all there', () => {
    expect(names).toHaveLength(183)
  })

  it.each(names)('%s is refused with diagnostics', (name) => {
    expect(codesOf(join(folder, name))).not.toEqual([])
  })
})
