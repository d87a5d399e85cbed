// `witgen init`: what it adds, and what it leaves alone.
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { diagnosticToJson } from '../../src/diagnostics/render.ts'
import { addScripts } from '../../src/init/add-scripts.ts'
import { init } from '../../src/init/init.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { ScratchProject } from '../helpers/scratch-project.ts'

let project: ScratchProject
beforeEach(() => {
  project = new ScratchProject()
})
afterEach(() => project.remove())

const read = (path: string): string => readFileSync(project.path(path), 'utf8')
const all = (): Record<string, string> => Object.fromEntries(project.files('.').map((path) => [path, read(path)]))
const steps = async (dryRun = false): Promise<readonly string[]> =>
  (await init(project.folder, dryRun)).map(({ kind, file, what, hint }) =>
    [kind, file, what, hint ?? ''].filter((part) => part !== '').join(' | '),
  )

/** The diagnostics of what fails, as `file:line:column CODE message`. */
async function refusal(promise: Promise<unknown>): Promise<readonly string[]> {
  try {
    await promise
    return []
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return error.diagnostics.map(diagnosticToJson).map((d) => `${d.file}:${d.line}:${d.column} ${d.code} ${d.message}`)
  }
}

describe('a project', () => {
  test('in TypeScript', async () => {
    project.write('package.json', '{\n  "name": "x",\n  "scripts": {\n    "build": "tsc"\n  }\n}\n')
    expect(await steps()).toEqual([
      'add | package.json | scripts.generate: "witgen generate"',
      'add | package.json | scripts.prebuild: "witgen generate"',
      'create | witgen.config.ts',
      'create | .gitattributes | generated/** linguist-generated',
    ])
    expect(read('package.json')).toBe(
      '{\n  "name": "x",\n  "scripts": {\n    "build": "tsc",\n    "generate": "witgen generate",\n    "prebuild": "witgen generate"\n  }\n}\n',
    )
    expect(read('.gitattributes')).toBe('generated/** linguist-generated\n')
    expect((await loadConfig(undefined, project.folder))?.config).toEqual({ inputs: ['wit'], out: 'generated' })
  })

  test.each([
    ['module', 'witgen.config.js'],
    ['commonjs', 'witgen.config.mjs'],
  ])('in JavaScript, of type %s', async (type, file) => {
    project.write('package.json', `{ "type": "${type}" }`)
    project.delete('tsconfig.json')
    expect(await steps()).toContain(`create | ${file}`)
    expect(read('package.json')).toBe(
      `{ "type": "${type}", "scripts": { "generate": "witgen generate", "prebuild": "witgen generate" } }`,
    )
    expect((await loadConfig(undefined, project.folder))?.config.target).toBe('js')
  })

  test('twice is once', async () => {
    await init(project.folder, false)
    const before = all()
    expect((await steps()).filter((step) => !step.startsWith('keep'))).toEqual([])
    expect(all()).toEqual(before)
  })

  test('--dry-run says the same and writes nothing', async () => {
    const before = all()
    const would = await steps(true)
    expect(all()).toEqual(before)
    expect(await steps()).toEqual(would)
  })
})

describe('what is there', () => {
  test('scripts are not overwritten', async () => {
    const text = '{ "scripts": { "generate": "node gen.js", "prebuild": "rimraf dist", "build": "tsc" } }\n'
    project.write('package.json', text)
    expect(await steps()).toMatchObject([
      'keep | package.json | scripts.generate: "node gen.js" | witgen did not touch it',
      'keep | package.json | scripts.prebuild: "rimraf dist" | to generate before each build, make it "witgen generate && rimraf dist"',
      'create | witgen.config.ts',
      'create | .gitattributes | generated/** linguist-generated',
    ])
    expect(read('package.json')).toBe(text)
  })

  test('without a build script, it says so', async () => {
    expect(await steps(true)).toContain(
      'add | package.json | scripts.prebuild: "witgen generate" | npm runs it before a script `build`, of which there is none',
    )
  })

  test('a configuration counts, also in package.json', async () => {
    project.write('package.json', '{ "type": "module", "witgen": { "out": "src/gen" } }')
    expect(await steps()).toEqual(
      expect.arrayContaining([
        'keep | package.json | witgen',
        'create | .gitattributes | src/gen/** linguist-generated',
      ]),
    )
    expect(existsSync(project.path('witgen.config.ts'))).toBe(false)
  })

  test('output outside of the project is not marked', async () => {
    project.write('witgen.config.json', '{ "out": "../elsewhere" }')
    expect((await steps()).filter((step) => step.includes('.gitattributes'))).toEqual([])
  })

  test.each([
    ['* text=auto', '* text=auto\ngenerated/** linguist-generated\n'],
    ['* text=auto\r\n', '* text=auto\r\ngenerated/** linguist-generated\r\n'],
    ['/generated/** -linguist-generated\n', '/generated/** -linguist-generated\n'],
    ['generated/** linguist-generated=true text\n', 'generated/** linguist-generated=true text\n'],
    ['generated/** text\n', 'generated/** text\ngenerated/** linguist-generated\n'],
  ])('.gitattributes %j', async (before, after) => {
    project.write('.gitattributes', before)
    await init(project.folder, false)
    expect(read('.gitattributes')).toBe(after)
  })

  test('what is wrong stops it before anything is written', async () => {
    project.write('witgen.config.json', '{ "oot": 1 }')
    const before = all()
    expect((await refusal(init(project.folder, false)))[0]).toContain('CFG0003 there is no option `oot`')
    expect(all()).toEqual(before)
    project.delete('package.json')
    expect(await refusal(init(project.folder, false))).toEqual([
      'null:null:null CFG0101 there is no package.json in this folder',
    ])
  })
})

describe('the text of package.json', () => {
  const add = async (text: string): Promise<string> => (await addScripts('package.json', text, { a: 'x "y"' })).text

  test.each([
    ['two spaces', '{\n  "name": "n"\n}', '{\n  "name": "n",\n  "scripts": {\n    "a": "x \\"y\\""\n  }\n}'],
    ['tabs', '{\n\t"name": "n"\n}\n', '{\n\t"name": "n",\n\t"scripts": {\n\t\t"a": "x \\"y\\""\n\t}\n}\n'],
    [
      'CRLF',
      '{\r\n    "name": 1\r\n}\r\n',
      '{\r\n    "name": 1,\r\n    "scripts": {\r\n        "a": "x \\"y\\""\r\n    }\r\n}\r\n',
    ],
    ['a byte order mark', '\ufeff{\n  "n": 1\n}', '\ufeff{\n  "n": 1,\n  "scripts": {\n    "a": "x \\"y\\""\n  }\n}'],
    ['empty', '{}', '{\n  "scripts": {\n    "a": "x \\"y\\""\n  }\n}'],
    ['empty scripts', '{\n  "scripts": {}\n}\n', '{\n  "scripts": {\n    "a": "x \\"y\\""\n  }\n}\n'],
    [
      'one line',
      '{ "scripts": { "b": "c" }, "files": ["x", "y"] }',
      '{ "scripts": { "b": "c", "a": "x \\"y\\"" }, "files": ["x", "y"] }',
    ],
    [
      'odd layout',
      '{ "files": ["x",\n "y"],\n   "scripts": {\n      "b" : "c" } , "z": 1 }',
      '{ "files": ["x",\n "y"],\n   "scripts": {\n      "b" : "c",\n      "a": "x \\"y\\"" } , "z": 1 }',
    ],
  ])('%s', async (_, before, after) => {
    expect(await add(before)).toBe(after)
    expect(JSON.parse(after.replace(/^\ufeff/u, ''))).toMatchObject({ scripts: { a: 'x "y"' } })
    expect(await add(after)).toBe(after)
  })

  test.each([
    ['{ "scripts": {} ', `package.json:1:17 CFG0102 '}' expected.`],
    ['[]', 'package.json:null:null CFG0102 expected an object'],
    ['', 'package.json:null:null CFG0102 expected an object'],
    ['{\n "scripts": [] }', 'package.json:2:13 CFG0102 `scripts`: expected an object'],
  ])('%j is refused', async (text, wanted) => {
    expect(await refusal(add(text))).toEqual([wanted])
  })
})
