// `--target js`: JavaScript with declarations, and maps that lead from each declaration to its place in the WIT.
import { spawnSync } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping'
import { afterAll, describe, expect, test } from 'vitest'
import { readInput } from '../../src/input/read-input.ts'
import { generate, type GenerateOptions, type GenerateResult } from '../../src/pipeline.ts'
import { plan, type FileModel } from '../../src/plan/index.ts'
import { declaredNames } from '../../src/render/declared-names.ts'
import { emitJavaScript } from '../../src/render/emit-javascript.ts'
import { ScratchProject } from '../helpers/scratch-project.ts'

const golden = new URL('../golden/', import.meta.url)
const cases = readdirSync(golden).sort()
const tsc = createRequire(import.meta.url).resolve

/** All golden worlds in one project: each in a folder of its name, with its WIT and what is generated from it. */
const project = new ScratchProject(
  Object.fromEntries(cases.map((name) => [`${name}/wit`, new URL(`${name}/wit`, golden)])),
)
project.write('sample/wit/pipeline.wit', readFileSync(new URL('../../wit/pipeline.wit', import.meta.url), 'utf8'))
afterAll(() => project.remove())

function run(name: string, more: GenerateOptions = {}): Promise<GenerateResult> {
  const inputs = [project.path(`${name}/wit`)]
  return generate({ inputs, out: project.path(`${name}/generated`), target: 'js', ...more })
}
const read = (path: string): string => readFileSync(project.path(path), 'utf8')

for (const name of [...cases, 'sample']) await run(name)
const files = project.files('.')
const generated = (extension: string): readonly string[] =>
  files.filter((path) => path.includes('/generated/') && path.endsWith(extension))

test('each module has declarations', () => {
  expect(generated('.js').length).toBeGreaterThan(50)
  expect(generated('.d.ts')).toEqual(generated('.js').map((path) => path.replace(/\.js$/u, '.d.ts')))
  expect(generated('.ts')).toEqual(generated('.d.ts'))
})

test.each(['typescript', 'typescript-5.9'])(
  '%s compiles the declarations with every flag',
  (version) => {
    const args = [join(dirname(tsc(`${version}/package.json`)), 'bin/tsc'), '-p', project.path('tsconfig.json')]
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  },
  120_000,
)

test('the code is JavaScript, without docs', () => {
  const check = `for (const path of process.argv.slice(1)) await import(path)`
  const paths = generated('.js').map((path) => project.path(path))
  const args = ['--conditions=witgen-source', '--input-type=module', '--eval', check, ...paths]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: project.folder })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  for (const path of paths) expect(readFileSync(path, 'utf8')).not.toMatch(/^\s*\/\*\*/mu)
})

test('an add-only world takes at most 2 KiB', async () => {
  const worlds = {
    function: 'world adder { export add: func(a: s32, b: s32) -> s32; }',
    interface: 'interface api { add: func(a: s32, b: s32) -> s32; } world adder { export api; }',
  }
  for (const [name, world] of Object.entries(worlds)) {
    project.write(`add-${name}/wit/adder.wit`, `package demo:adder;\n${world}\n`)
    const { written } = await run(`add-${name}`)
    const code = written.filter((path) => path.endsWith('.js'))
    const size = code.reduce((sum, path) => sum + statSync(path).size, 0)
    expect(code.length).toBeGreaterThanOrEqual(2)
    expect(size).toBeLessThanOrEqual(2048)
  }
})

describe('maps', () => {
  /** What the models say of a golden world. */
  const modelsOf = (name: string): readonly FileModel[] => {
    const { resolve, binary } = readInput(project.path(`${name}/wit`), { features: new Set() })
    const worlds = [...resolve.root.worlds.values()]
    return plan(resolve, { worlds, extension: '.js', version: '0', binary })
  }

  test.each([...cases, 'sample'])('%s: each declaration leads to its name in the WIT', async (name) => {
    let count = 0
    for (const model of modelsOf(name)) {
      const path = `${name}/generated/${model.path}.d.ts`
      const text = read(path)
      if (model.origins.length === 0) {
        expect(text).not.toContain('sourceMappingURL')
        continue
      }
      expect(text.trimEnd().split('\n').at(-1)).toBe(`//# sourceMappingURL=${basename(path)}.map`)
      const map = traceMap(path)
      const declared = await declaredNames(text)
      const names = new Set(declared.map((d) => d.name))
      // Nothing of the WIT gets lost, …
      expect(model.origins.map((o) => o.name).filter((origin) => !names.has(origin))).toEqual([])
      for (const { name: origin, span } of model.origins) {
        for (const { start } of declared.filter((d) => d.name === origin)) {
          // … and leads to where it stands.
          const before = text.slice(0, start).split('\n')
          const found = originalPositionFor(map, { line: before.length, column: before.at(-1)?.length ?? 0 })
          const wit = readFileSync(join(dirname(project.path(path)), found.source ?? ''), 'utf8')
          const line = wit.split('\n')[(found.line ?? 0) - 1] ?? ''
          const there = line.slice(found.column ?? 0, (found.column ?? 0) + span.end - span.start)
          expect({ origin, there }).toEqual({ origin, there: span.file.text.slice(span.start, span.end) })
          count++
        }
      }
    }
    expect(count).toBeGreaterThan(3)
  })

  test('of a record, a function, a parameter, a case', () => {
    const path = 'sample/generated/demo/pipeline/analysis.d.ts'
    const wit = read('sample/wit/pipeline.wit')
    const at = (declaration: RegExp): string => {
      const before = read(path).slice(0, read(path).search(declaration)).split('\n')
      const found = originalPositionFor(traceMap(path), { line: before.length, column: before.at(-1)?.length ?? 0 })
      return `${found.source} ${wit.split('\n')[(found.line ?? 0) - 1]?.slice(found.column ?? 0)}`
    }
    expect(at(/Sample \{/u)).toBe('../../../wit/pipeline.wit sample {')
    expect(at(/weight: number/u)).toBe('../../../wit/pipeline.wit weight: f64,')
    expect(at(/find\(/u)).toBe(
      '../../../wit/pipeline.wit find: func(samples: list<sample>, id: u32) -> option<sample>;',
    )
    expect(at(/id: number\): Sample/u)).toBe('../../../wit/pipeline.wit id: u32) -> option<sample>;')
    expect(at(/tag: 'bad-sample'/u)).toBe('../../../wit/pipeline.wit bad-sample(u32),')
    expect(at(/Heavy: 'heavy'/u)).toBe('../../../wit/pipeline.wit heavy,')
  })

  test('there are none of a component, which has no text', async () => {
    const guest = new URL('../guests/rust/pipeline.wasm', import.meta.url)
    const component = new ScratchProject({ 'guest.wasm': guest })
    const out = component.path('generated')
    const { written } = await generate({ inputs: [component.path('guest.wasm')], out, target: 'js' })
    expect(written.filter((path) => path.endsWith('.map'))).toEqual([])
    expect(written.filter((path) => path.endsWith('.d.ts')).length).toBeGreaterThan(2)
    component.remove()
  })
})

describe('what is written', () => {
  const all = (): readonly string[] =>
    readdirSync(project.path('sample/generated'), { recursive: true, encoding: 'utf8' })

  test('a second run touches nothing', async () => {
    const paths = all().map((path) => project.path(`sample/generated/${path}`))
    const longAgo = new Date('2001-02-03T04:05:06Z')
    for (const path of paths.toReversed()) utimesSync(path, longAgo, longAgo)
    const { written, unchanged } = await run('sample')
    expect(written).toEqual([])
    expect(unchanged.length).toBe(paths.filter((path) => /\.(?:js|d\.ts|map)$/u.test(path)).length + 1)
    expect(paths.map((path) => statSync(path).mtimeMs)).toEqual(paths.map(() => longAgo.getTime()))
  })

  test('CRLF in the WIT changes nothing', async () => {
    const before = Object.fromEntries(generated('').map((path) => [path, read(path)]))
    const wit = 'sample/wit/pipeline.wit'
    const text = read(wit)
    project.write(wit, text.replaceAll('\n', '\r\n'))
    expect((await run('sample')).written).toEqual([])
    expect(Object.fromEntries(generated('').map((path) => [path, read(path)]))).toEqual(before)
    project.write(wit, text)
  })

  test('a line more in the WIT changes the maps, and nothing else', async () => {
    const wit = 'sample/wit/pipeline.wit'
    const text = read(wit)
    project.write(wit, `\n${text}`)
    const { written } = await run('sample')
    expect(written.map((path) => basename(path))).toEqual(['analysis.d.ts.map', 'log.d.ts.map', 'pipeline.d.ts.map'])
    project.write(wit, text)
    await run('sample')
  })

  test('--check says what is stale, missing and extra', async () => {
    appendFileSync(project.path('sample/generated/pipeline.js'), '// mine\n')
    const shown = (paths: readonly string[]): readonly string[] => paths.map((path) => basename(path))
    expect(shown((await run('sample', { mode: 'check' })).stale)).toEqual(['pipeline.js'])
    await run('sample')
    const state = await run('sample', { mode: 'check', target: 'ts' })
    expect(shown(state.missing)).toEqual(['analysis.codec.ts', 'analysis.ts', 'log.codec.ts', 'log.ts', 'pipeline.ts'])
    expect(shown(state.extra)).toContain('analysis.d.ts.map')
  })

  test('another target takes the place of the files', async () => {
    const before = [...all()].sort()
    await run('sample', { target: 'ts' })
    expect(all().filter((path) => /\.(?:js|d\.ts|map)$/u.test(path))).toEqual([])
    await run('sample')
    expect([...all()].sort()).toEqual(before)
  })
})

test('what is no TypeScript is a mistake of ours, and said so', async () => {
  await expect(emitJavaScript('// head\n\nexport const x: = 1\n')).rejects.toThrow('Type expected')
  await expect(emitJavaScript('// head\n\nexport const x = f()\n')).rejects.toThrow('--isolatedDeclarations')
})

function traceMap(path: string): TraceMap {
  return new AnyMap(read(`${path}.map`))
}
