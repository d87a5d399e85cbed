// Configuration files: where they are found, what they may say, and where a mistake in one stands.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load-config.ts'
import { mergeConfig } from '../../src/config/merge.ts'
import { DiagnosticError } from '../../src/diagnostics/diagnostic.ts'
import { diagnosticToJson, type DiagnosticJson } from '../../src/diagnostics/render.ts'
import { ScratchProject } from '../helpers/scratch-project.ts'

let project: ScratchProject
beforeEach(() => {
  project = new ScratchProject()
})
afterEach(() => project.remove())

const load = (file?: string, folder = '.'): ReturnType<typeof loadConfig> => loadConfig(file, project.path(folder))

/** The diagnostics of a configuration as `file:line:column CODE message / suggestion`, the file as in the project. */
async function mistakes(file?: string): Promise<readonly string[]> {
  try {
    await load(file)
    return []
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error
    return error.diagnostics.map(diagnosticToJson).map((d) => shown(d))
  }
}

function shown({ file, line, column, code, message, suggestion }: DiagnosticJson): string {
  const place = line === null ? '' : `:${line}:${column}`
  const path = file?.startsWith('..') === true ? relative(project.folder, join(process.cwd(), file)) : file
  return `${path}${place} ${code} ${message}${suggestion === null ? '' : ` / ${suggestion}`}`
}

const SOURCES = {
  'witgen.config.ts': `import { defineConfig, type WitgenConfig } from 'witgen'
    const out: NonNullable<WitgenConfig['out']> = 'src/generated'
    export default defineConfig({ out } satisfies WitgenConfig)`,
  'witgen.config.js': `import { defineConfig } from 'witgen'; export default defineConfig({ out: 'src/generated' })`,
  'witgen.config.mjs': `export default { out: 'src/generated' }`,
  'witgen.config.json': '\ufeff{ "out": "src/generated" }',
  'package.json': '{ "name": "x", "type": "module", "witgen": { "out": "src/generated" } }',
}

describe('where it is found', () => {
  test.each(Object.entries(SOURCES))('%s', async (name, text) => {
    project.write(name, text)
    const before = project.files('.')
    expect(await load()).toEqual({
      config: { out: 'src/generated' },
      file: project.path(name),
      folder: project.folder,
    })
    expect(project.files('.')).toEqual(before)
  })

  test('nowhere', async () => {
    expect(await load()).toBeUndefined()
  })

  test('the first of several counts', async () => {
    project.write('witgen.config.json', '{ "out": "json" }')
    project.write('witgen.config.mjs', 'export default { out: "mjs" }')
    expect((await load())?.config).toEqual({ out: 'mjs' })
  })

  test('in a folder around the working folder, within the project', async () => {
    project.write('witgen.config.json', '{ "out": "outer" }')
    mkdirSync(project.path('packages/a/src'), { recursive: true })
    expect((await load(undefined, 'packages/a/src'))?.folder).toBe(project.folder)
    project.write('packages/a/package.json', '{}')
    expect(await load(undefined, 'packages/a/src')).toBeUndefined()
  })

  test('--config names any file', async () => {
    project.write('config/mine.ts', 'export default { out: "x" as string }')
    expect(await load('config/mine.ts')).toMatchObject({ config: { out: 'x' }, folder: project.path('config') })
    expect(await mistakes('config/none.ts')).toEqual(['config/none.ts CFG0001 there is no such configuration file'])
    project.write('config/mine.yaml', 'out: x')
    expect(await mistakes('config/mine.yaml')).toEqual([
      'config/mine.yaml CFG0001 a configuration ends in .json, .js, .mjs, .ts',
    ])
  })
})

describe('TypeScript', () => {
  test('imports files beside it, packages, and what Node has', async () => {
    project.write('shared/names.ts', `export const folder: string = 'gen'; export type { X } from './x.js'`)
    project.write('shared/x.ts', 'export interface X {}')
    project.write('node_modules/base/package.json', '{ "name": "base", "type": "module", "exports": "./index.js" }')
    project.write('node_modules/base/index.js', `export const worlds = ['a']`)
    project.write(
      'witgen.config.ts',
      `import { join } from 'path'
       import { worlds } from 'base'
       import { folder } from './shared/names.js'
       enum Where { Here = 'here' }
       const late = await import('./shared/names.ts')
       export default { out: join(folder, Where.Here), worlds, inputs: [late.folder, import.meta.dirname, import.meta.url] }`,
    )
    expect((await load())?.config).toEqual({
      out: 'gen/here',
      worlds: ['a'],
      inputs: ['gen', project.folder, new URL(`file://${project.path('witgen.config.ts')}`).href],
    })
  })

  test('is read anew when it changes', async () => {
    for (const out of ['one', 'two', 'one']) {
      project.write('witgen.config.ts', `export default { out: '${out}' }`)
      expect((await load())?.config).toEqual({ out })
    }
  })

  test('what it imports must be there, and not itself', async () => {
    project.write('witgen.config.ts', `import './none.ts'; export default {}`)
    expect(await mistakes()).toEqual([
      `witgen.config.ts CFG0002 the configuration cannot be loaded: './none.ts', which ${project.path('witgen.config.ts')} imports, was not found`,
    ])
    project.write('none.ts', `import './witgen.config.ts'`)
    expect((await mistakes())[0]).toMatch(/^witgen\.config\.ts CFG0002 .* imports itself: /u)
  })
})

describe('mistakes', () => {
  test.each([
    [
      'witgen.config.json',
      '{\n  "inptus": ["wit"]\n}',
      ':2:3 CFG0003 there is no option `inptus` / did you mean `inputs`?',
    ],
    [
      'witgen.config.json',
      '{ "out": "a",\n "worlds": "x" }',
      ':2:12 CFG0004 `worlds`: expected a list of strings, got "x" / write `["x"]`',
    ],
    ['witgen.config.json', '{ "inputs": ["a", 7] }', ':1:19 CFG0004 `inputs[1]`: expected a string, got 7'],
    [
      'witgen.config.json',
      '{ "inputs": [] }',
      ':1:13 CFG0004 `inputs`: expected at least one input, got an empty list',
    ],
    [
      'witgen.config.json',
      '{ "target": "javascript" }',
      `:1:13 CFG0004 \`target\`: expected 'ts' or 'js', got "javascript"`,
    ],
    ['witgen.config.json', '{ "views": 1 }', ':1:12 CFG0004 `views`: expected true or false, got 1'],
    ['witgen.config.json', '{ "features": true }', ':1:15 CFG0004 `features`: expected a list of strings, got true'],
    [
      'witgen.config.json',
      '{ "target": "js",\n  "importExtension": "ts" }',
      ':2:22 CFG0006 `importExtension` is `ts`, but the target `js` makes no `.ts` files / leave it out',
    ],
    ['witgen.config.json', '[]', ' CFG0005 expected an object with the options, got an empty list'],
    ['witgen.config.json', '', ' CFG0005 expected an object with the options, got undefined'],
    ['witgen.config.json', '{ "out": \n  oops }', ':2:3 CFG0002 Property value can only be'],
    ['witgen.config.json', '{ "out": "a" "b" }', `:1:14 CFG0002 ',' expected.`],
    [
      'package.json',
      '{ "type": "module",\n  "witgen": { "Out": "x" } }',
      ':2:15 CFG0003 there is no option `Out` / did you mean `out`?',
    ],
    [
      'witgen.config.ts',
      `import { defineConfig } from 'witgen'\nexport default defineConfig({\n  mode: 'check',\n} as object)`,
      ':3:3 CFG0003 there is no option `mode` / the options are `inputs`, `worlds`, `out`, `target`, `importExtension`, `features`, `views`',
    ],
    [
      'witgen.config.ts',
      'const config = { out: 5 } satisfies object\nexport default config',
      ':1:23 CFG0004 `out`: expected a string, got 5',
    ],
    ['witgen.config.ts', 'export default {\n  out: = 1\n}', ':2:8 CFG0002 Expression expected.'],
    ['witgen.config.ts', 'export const out = 1', ' CFG0005 expected an object with the options, got undefined'],
    ['witgen.config.mjs', 'export default { out: "a"\n', ` CFG0002 '}' expected.`],
    ['witgen.config.mjs', 'throw new Error("no way\\nat all")', ' CFG0002 the configuration cannot be loaded: no way'],
  ])('%s: %j', async (name, text, wanted) => {
    project.write(name, text)
    const found = await mistakes()
    expect(found[0]?.replace(/^([^:]*):\d+:\d+( CFG0002 '\}' expected\.)$/u, '$1$2')).toContain(`${name}${wanted}`)
  })

  test('all of them at once', async () => {
    project.write('witgen.config.json', '{ "a": 1, "out": 2,\n "target": 3 }')
    expect(await mistakes()).toEqual([
      'witgen.config.json:1:3 CFG0003 there is no option `a` / the options are `inputs`, `worlds`, `out`, `target`, `importExtension`, `features`, `views`',
      'witgen.config.json:1:18 CFG0004 `out`: expected a string, got 2',
      `witgen.config.json:2:12 CFG0004 \`target\`: expected 'ts' or 'js', got 3`,
    ])
  })
})

describe('with the command line', () => {
  const folder = (path: string): string => relative('.', project.path(path))

  test('paths are relative to the configuration, and flags win', async () => {
    project.write('sub/witgen.config.json', '{ "inputs": ["w", "/abs"], "out": "o", "worlds": ["a"], "target": "js" }')
    const loaded = await load('sub/witgen.config.json')
    expect(mergeConfig({}, loaded)).toEqual({
      inputs: [folder('sub/w'), '/abs'],
      out: folder('sub/o'),
      worlds: ['a'],
      target: 'js',
    })
    expect(mergeConfig({ inputs: ['x'], out: 'y', worlds: ['b'], target: 'ts', features: undefined }, loaded)).toEqual({
      inputs: ['x'],
      out: 'y',
      worlds: ['b'],
      target: 'ts',
    })
  })

  test('the defaults lie beside it', async () => {
    writeFileSync(project.path('witgen.config.json'), '{}')
    expect(mergeConfig({}, await load())).toEqual({ inputs: [folder('wit')], out: folder('generated') })
    expect(mergeConfig({ worlds: ['a'] }, undefined)).toEqual({ worlds: ['a'] })
  })
})
