// All guests of the repository, written anew: the engine accepts them, and names stay with their functions.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { planComponent } from '../../src/component/compile.ts'
import { isComponent } from '../../src/component/preamble.ts'
import { Cursor } from '../../src/component/rewrite/cursor.ts'
import { readShape } from '../../src/component/rewrite/module-shape.ts'
import { functionNames, isNameSection } from '../../src/component/rewrite/name-section.ts'
import { rewriteModule, type RewriteOptions } from '../../src/component/rewrite/rewrite.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const files = ['guests', 'bench', 'property'].flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.wasm'))
    .map((name) => `${folder}/${name}`),
)

const ALL: RewriteOptions = {
  module: 0,
  maxMemoryPages: 5000,
  maxTableElements: 100_000,
  memories: true,
  budget: true,
  noWaiting: true,
  depth: true,
}
const NONE: RewriteOptions = {
  module: 0,
  maxMemoryPages: undefined,
  maxTableElements: undefined,
  memories: false,
  budget: false,
  noWaiting: false,
  depth: false,
}
const CHOICES: readonly RewriteOptions[] = [
  ALL,
  { ...NONE, budget: true },
  { ...NONE, depth: true },
  { ...NONE, memories: true, maxMemoryPages: 5000 },
  { ...NONE, maxTableElements: 100_000 },
  NONE,
]

const namesOf = (bytes: Uint8Array): Map<number, string> => {
  for (const { id, start, end } of readShape(bytes).sections) {
    const c = new Cursor(bytes, start, end)
    if (id === 0 && isNameSection(c)) return functionNames(c)
  }
  return new Map()
}

test('there are guests', () => {
  expect(files.length).toBeGreaterThan(8)
})

describe.each(files)('%s', (file) => {
  const bytes = readFileSync(root + file)
  const modules = isComponent(bytes) ? planComponent(bytes).modules : [bytes]

  test('is valid with any of it', () => {
    for (const core of modules) {
      const { length } = WebAssembly.Module.exports(new WebAssembly.Module(core as Uint8Array<ArrayBuffer>))
      for (const options of CHOICES) {
        const module = new WebAssembly.Module(rewriteModule(core, options).bytes)
        expect(WebAssembly.Module.exports(module)).toHaveLength(length)
      }
    }
  })

  test('keeps the names of its functions', () => {
    for (const core of modules) {
      const before = namesOf(core)
      const after = namesOf(rewriteModule(core, ALL).bytes)
      const added = [...after].filter(([index]) => !before.has(index)).map(([, name]) => name)
      expect([...after].filter(([index]) => before.has(index))).toEqual([...before])
      // Modules that only pass functions on have no code to put anything into.
      if (before.size > 0 && readShape(core).functions.length > 0)
        expect(added).toEqual([
          'witgen:guard.budget',
          'witgen:guard.depth',
          ...(readShape(core).hasNarrowMemory ? ['witgen:guard.fill', 'witgen:guard.copy'] : []),
        ])
    }
  })
})
