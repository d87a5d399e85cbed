// Who imports generated code does not get the dynamic codec with it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** All files that come with `file` when it is loaded: static imports that are not for types only. */
function loadedWith(file: URL, files: Set<string> = new Set()): Set<string> {
  if (files.has(file.href)) return files
  files.add(file.href)
  const text = readFileSync(fileURLToPath(file), 'utf8')
  for (const [, clause, from] of text.matchAll(/^(?:import|export)\s+([^'"]*?)\s*from\s+'([^']+)'/gms)) {
    if (clause?.startsWith('type ') === true || from === undefined) continue
    loadedWith(new URL(from, file), files)
  }
  return files
}

const source = (path: string): URL => new URL(`../../../src/${path}`, import.meta.url)

test('generated code does not load the dynamic codec', () => {
  const loaded = [...loadedWith(source('runtime/v1.ts'))]
  expect(loaded).toContain(source('runtime/abi/strings.ts').href)
  expect(loaded.filter((file) => file.includes('/dynamic/') || file.includes('/src/abi/'))).toEqual([])
})

test('applications that instantiate without generated code do', () => {
  expect([...loadedWith(source('runtime/index.ts'))]).toContain(source('runtime/dynamic/codec.ts').href)
})
