import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkAny, checkDocs, checkLength } from './source-rules.ts'
import { checkImports } from './stages.ts'
import { checkTemplate } from './template-rules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The files below a folder of the repository that end in `extension`: path from the root → text. */
function files(folder: string, extension: string): ReadonlyMap<string, string> {
  const names = readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
  const paths = names
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
  return new Map(paths.toSorted().map((path) => [path, readFileSync(root + path, 'utf8')]))
}

const sources = files('src', '.ts')
const templates = files('templates', '.hbs')

/** What a check finds in all files. */
function findings(check: (file: string, text: string) => readonly string[]): readonly string[] {
  return [...sources].flatMap(([file, text]) => check(file, text))
}

test('there is something to check', () => {
  expect(sources.size).toBeGreaterThan(50)
  expect(templates.size).toBeGreaterThan(10)
})

test('each stage imports only the stages before it', () => {
  expect(findings(checkImports)).toEqual([])
})

test('files stay short', () => {
  expect(findings(checkLength)).toEqual([])
})

test('no `any`', () => {
  expect(findings(checkAny)).toEqual([])
})

test('exported functions have doc comments', () => {
  expect(findings(checkDocs)).toEqual([])
})

test('templates are text with holes', () => {
  const name = (path: string): string => path.slice('templates/'.length, -'.hbs'.length)
  const names = new Set([...templates.keys()].map(name))
  const check = ([path, text]: [string, string]): readonly string[] =>
    checkTemplate(name(path), text, (partial) => names.has(partial))
  expect([...templates].flatMap(check)).toEqual([])
})
