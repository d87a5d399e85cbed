// What people see in an editor: real language servers, on a project of its own.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { generate } from '../../src/generate.ts'
import { ScratchProject } from '../helpers/scratch-project.ts'
import type { LanguageServer, Place } from './language-server.ts'
import { LspServer } from './lsp-server.ts'
import { TsServer } from './tsserver.ts'

const wit = new URL('../../wit/', import.meta.url)
const main = `import { Pipeline, type analysis } from './generated/pipeline.js'

const pipeline = await Pipeline.load('guest.wasm', { imports: { 'demo:pipeline/log': { log: () => undefined } } })
const sample: analysis.Sample = { id: 1, weight: 2, label: 'a' }
pipeline.analysis.preprocess([sample])
console.log(sample.weight)
`
/** A place in main.ts: at the first character of \`name\` in the line that has \`text\`. */
const at = (project: ScratchProject, text: string, name: string): Place => {
  const lines = main.split('\n')
  const index = lines.findIndex((line) => line.includes(text))
  return { file: project.path('main.ts'), line: index + 1, column: (lines[index]?.indexOf(name) ?? -1) + 1 }
}

const servers = { 'TypeScript 5.9': TsServer, 'TypeScript 7': LspServer } as const
afterAll(async () => {
  for (const { server, project } of await Promise.all(started.values())) {
    server.stop()
    project.remove()
  }
})

interface Started {
  readonly server: LanguageServer
  readonly project: ScratchProject
}
const started = new Map<string, Promise<Started>>()

/** One server and project for all tests of a target. */
function start(Server: (typeof servers)[keyof typeof servers], target: 'ts' | 'js'): Promise<Started> {
  const key = `${Server.name} ${target}`
  const known = started.get(key) ?? launch(Server, target)
  started.set(key, known)
  return known
}

async function launch(Server: (typeof servers)[keyof typeof servers], target: 'ts' | 'js'): Promise<Started> {
  const project = new ScratchProject({ wit, 'main.ts': main })
  await generate({ inputs: [project.path('wit')], out: project.path('generated'), target })
  return { server: new Server(project.folder, [project.path('main.ts')]), project }
}

const functions = [...readFileSync(new URL('pipeline.wit', wit), 'utf8').matchAll(/^ {2}([a-z-]+): func/gmu)]
  .map(([, name = '']) => name.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase()))
  .filter((name) => name !== 'log')

describe.each(Object.entries(servers))('%s', { timeout: 120_000 }, (_, Server) => {
  test.each(['ts', 'js'] as const)('completes functions and shows their docs, target %s', async (target) => {
    const { server, project } = await start(Server, target)
    const place = at(project, 'preprocess', 'preprocess')
    expect([...(await server.completions(place))].sort()).toEqual([...functions].sort())
    const details = await server.completionDetails(place, 'classify')
    expect(details).toContain('How heavy a sample is, by its weight.')
    expect(details).toContain('`InvalidParam` for a wrong argument')
    const hover = await server.hover(place)
    expect(hover).toContain('preprocess(samples: readonly')
    expect(hover).toContain('Bring samples into shape: those whose weight is not a finite number')
    expect(hover).toMatch(/@throws.*`GuestError<Failure>`: `empty-input`, `bad-sample\(u32\)`, `unreadable\(string\)`/u)
    expect(await server.hover(at(project, 'sample.weight', 'weight'))).toContain('How much the sample counts')
  })

  test.each([
    ['a function', 'preprocess', 'preprocess', 'preprocess: func('],
    ['an interface', 'pipeline.analysis', 'analysis.', 'analysis;\n}'],
    ['a field', 'sample.weight', 'weight', 'weight: f64'],
    ['a type', 'analysis.Sample', 'Sample', 'sample {'],
    ['a world', 'await Pipeline', 'Pipeline', 'pipeline {'],
  ])('go to definition leads from %s into the WIT', async (_what, text, name, wanted) => {
    const { server, project } = await start(Server, 'js')
    const [found] = await server.definition(at(project, text, name))
    expect(relative(project.folder, found?.file ?? '')).toBe('wit/pipeline.wit')
    const lines = readFileSync(project.path('wit/pipeline.wit'), 'utf8').split('\n')
    const there = lines
      .slice((found?.line ?? 0) - 1)
      .join('\n')
      .slice((found?.column ?? 0) - 1)
    expect(there.slice(0, wanted.length)).toBe(wanted)
  })
})
