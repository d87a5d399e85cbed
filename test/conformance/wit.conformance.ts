import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import type { Resolve } from '../../src/ir/index.ts'
import { readInput, type Input } from '../../src/input/read-input.ts'
import { loadWit } from '../../src/wit/load.ts'
import { resolveToJson } from '../../src/wit/to-json.ts'
import { resolveToWit } from '../../src/wit/to-wit.ts'
import { canonicalJson } from '../helpers/canonical-json.ts'
import { cache, fetchWitSuite } from './fetch.ts'
import { binaryOfText } from './reference-tool.ts'

const suite = fetchWitSuite()
// The suite's own runner turns this one feature on.
const options = { features: new Set(['active']) }

function inputOf(name: string): string {
  const path = ['', '.wit', '.wat'].map((end) => join(suite, name + end)).find((candidate) => existsSync(candidate))
  if (path === undefined) throw new Error(`the suite has no input for ${name}`)
  return path
}

/** The inputs that have WebAssembly as text in them, which witgen refuses and says how to make the binary. */
const withText: readonly string[] = ['kinds-of-deps', 'simple-wasm-text']

/** A copy of an input in which each `.wat` is the `.wasm` that witgen asks for. */
function withBinaries(name: string): string {
  const input = inputOf(name)
  const copy = join(cache, 'golden', basename(input))
  rmSync(copy, { recursive: true, force: true })
  cpSync(input, copy, { recursive: true })
  const files = statSync(copy).isFile()
    ? [copy]
    : readdirSync(copy, { recursive: true, encoding: 'utf8' }).map((file) => join(copy, file))
  for (const file of files.filter((path) => path.endsWith('.wat'))) {
    writeFileSync(file.replace(/t$/u, 'sm'), binaryOfText(file))
    rmSync(file)
  }
  return copy.replace(/\.wat$/u, '.wasm')
}

function read(name: string): Input {
  return readInput(withText.includes(name) ? withBinaries(name) : inputOf(name), options)
}

function codesOf(path: string): readonly string[] {
  try {
    readInput(path, options)
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
  })

  it.each(names)('%s resolves to the same JSON', (name) => {
    const golden: unknown = JSON.parse(readFileSync(join(suite, `${name}.wit.json`), 'utf8'))
    expect(canonicalJson(resolveToJson(read(name).resolve))).toEqual(canonicalJson(golden))
  })

  it.each(names)('%s is the same when it is printed and read again', (name) => {
    const { resolve } = read(name)
    const again = loadWit([{ path: 'printed.wit', text: resolveToWit(resolve), role: 'root' }], { features: 'all' })
    expect(comparable(again)).toEqual(comparable(resolve))
  })

  it.each(withText)('%s is refused with WebAssembly as text', (name) => {
    expect(codesOf(inputOf(name))).toEqual(['WIT0072'])
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
