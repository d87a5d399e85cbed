import { beforeAll, describe, expect, test } from 'vitest'
import { planComponent } from '../../src/component/compile.ts'
import type { LinkPlan } from '../../src/component/link-plan.ts'
import type { ExportedInterface, ImportedInterface, WorldDescriptor } from '../../src/runtime/descriptor.ts'
import { checkWorld } from '../../src/runtime/world-check.ts'
import { analysis, log, root, rootExports, world } from './demo-world.ts'
import { demoGuest } from './guests.ts'

let plan: LinkPlan
beforeAll(() => {
  plan = planComponent(demoGuest())
})

function refusal(changed: Partial<WorldDescriptor>): unknown {
  try {
    checkWorld({ ...world, ...changed }, plan, 'guest')
  } catch (error) {
    return error
  }
  throw new Error('it fits')
}

function exporting(functions: Record<string, string>, id = analysis.id): ExportedInterface<unknown> {
  const entries = Object.entries(functions).map(([name, signature]) => [name, { signature, member: name }])
  return {
    ...analysis,
    id,
    types: { sample: 'record { x: f64, at: $time }', time: 'u64' },
    functions: Object.fromEntries(entries),
  }
}

function importing(face: ImportedInterface, name: string, signature: string): ImportedInterface {
  const func = face.functions[name]
  if (func === undefined) throw new Error(name)
  return { ...face, functions: { ...face.functions, [name]: { ...func, signature } } }
}

describe('a guest that fits', () => {
  test('versions of one track stand for each other', () => {
    const fit = checkWorld(world, plan, 'guest')
    expect([...(fit.exports.get(analysis)?.keys() ?? [])]).toEqual(['add', 'posts', 'bad-post', 'shout', 'fail'])
    expect(fit.exports.get(rootExports)?.has('started')).toBe(true)
    expect([...fit.imports]).toEqual(
      expect.arrayContaining([
        ['demo:algo/log@1.0.0', log],
        ['tick', root],
      ]),
    )
    expect(fit.imports.size).toBe(2)
  })

  test('what the guest has beyond the world, and what it does not use of it, does not matter', () => {
    const more = importing({ ...log, functions: { ...log.functions, ...root.functions } }, 'tick', 'func()')
    const fit = checkWorld({ ...world, imports: [more, root], exports: [] }, plan, 'guest')
    expect(fit.exports.size).toBe(0)
    expect(fit.imports.get('demo:algo/log@1.0.0')).toBe(more)
  })

  test('of several versions the exact one wins, then the highest that fits', () => {
    const [exact, newer, newest] = ['1.0.0', '1.1.0', '1.10.0'].map((v) => ({ ...log, id: `demo:algo/log@${v}` }))
    const served = (...faces: (ImportedInterface | undefined)[]): string | undefined =>
      checkWorld({ ...world, imports: [...faces.flatMap((f) => f ?? []), root] }, plan, 'guest').imports.get(
        'demo:algo/log@1.0.0',
      )?.id
    expect(served(newest, exact, newer)).toBe('demo:algo/log@1.0.0')
    expect(served(newer, newest)).toBe('demo:algo/log@1.10.0')
    expect(served(newer, importing({ ...log, id: 'demo:algo/log@1.10.0' }, 'log', 'func()'))).toBe(
      'demo:algo/log@1.1.0',
    )
  })
})

describe('WorldMismatch', () => {
  test('every difference, with both signatures written out and a caret', () => {
    const faces = [
      exporting({ add: 'func(a: u32, b: $time) -> u32', posts: 'func() -> u32', shout: 'func(s: $sample) -> string' }),
      { ...rootExports, functions: { started: { signature: 'func() -> s32', member: 'started' } } },
    ]
    expect(refusal({ exports: faces })).toMatchObject({
      codeName: 'WorldMismatch',
      message: `wasm module guest error [7 WorldMismatch]: the guest does not fit the world demo:algo/demo@1.1.0:
  demo:algo/analysis@1.1.0#add: the types differ
    expected  func(a: u32, b: u64) -> u32
    found     func(a: u32, b: u32) -> u32
                              ^
  demo:algo/analysis@1.1.0#shout: the types differ
    expected  func(s: record { x: f64, at: u64 }) -> string
    found     func(s: string) -> string
                      ^
  started: the types differ
    expected  func() -> s32
    found     func() -> u32
                        ^`,
    })
  })

  test('functions with the same difference stand together', () => {
    const wrong = { posts: 'func() -> string', 'bad-post': 'func() -> string' }
    expect(refusal({ exports: [exporting(wrong)] })).toMatchObject({
      message: expect.stringContaining('demo:algo/analysis@1.1.0#posts (and bad-post): the types differ\n'),
    })
  })

  test('missing exports, with what was probably meant', () => {
    expect(refusal({ exports: [exporting({ badPost: 'func() -> u32', nothing: 'func()' })] })).toMatchObject({
      codeName: 'WorldMismatch',
      message: `wasm module guest error [7 WorldMismatch]: the guest does not fit the world demo:algo/demo@1.1.0:
  demo:algo/analysis@1.1.0#badPost: the guest does not export it; it has bad-post
  demo:algo/analysis@1.1.0#nothing: the guest does not export it`,
    })
    const lines = (id: string): unknown => refusal({ exports: [exporting({}, id)] })
    expect(lines('demo:algo/analysis@2.0.0')).toMatchObject({
      message: expect.stringMatching(
        /\n {2}demo:algo\/analysis@2\.0\.0: the guest does not export it; it exports demo:algo\/analysis@1\.2\.0$/,
      ),
    })
    expect(lines('demo:other/analysis')).toMatchObject({
      message: expect.stringMatching(/; it exports demo:algo\/analysis@1\.2\.0$/),
    })
    expect(lines('demo:algo/something')).toMatchObject({
      message: expect.stringMatching(/demo:algo\/something: the guest does not export it$/),
    })
  })

  test('an import of another type', () => {
    const imports = [importing(log, 'log', 'func(level: $priority, message: string)'), root]
    expect(refusal({ imports })).toMatchObject({
      codeName: 'WorldMismatch',
      message: `wasm module guest error [7 WorldMismatch]: the guest does not fit the world demo:algo/demo@1.1.0:
  demo:algo/log@1.0.0#log: the types differ
    expected  func(level: enum { debug, info }, message: string)
    found     func(priority: enum { debug, info }, message: string)
                   ^`,
    })
  })

  test('wins over LinkError, with the lines of both', () => {
    expect(refusal({ imports: [root], exports: [exporting({ nothing: 'func()' })] })).toMatchObject({
      codeName: 'WorldMismatch',
      message: expect.stringContaining('demo:algo/log@1.0.0 (log, threshold): the guest needs this import'),
    })
  })
})

describe('LinkError', () => {
  test('imports that the world does not have', () => {
    expect(refusal({ imports: [] })).toMatchObject({
      codeName: 'LinkError',
      message: expect.stringMatching(
        /\n {2}tick: the guest needs this import, the world does not have it\n {2}demo:algo\/log@1\.0\.0 \(log, threshold\): the guest needs this import, the world does not have it$/,
      ),
    })
  })

  test('another track, and a function that the interface lacks', () => {
    const { threshold: _, ...functions } = log.functions
    const narrow = { ...log, functions }
    expect(refusal({ imports: [{ ...log, id: 'demo:algo/log@2.0.0' }, root] })).toMatchObject({
      message: expect.stringMatching(/the world does not have it; the world imports demo:algo\/log@2\.0\.0$/),
    })
    expect(refusal({ imports: [narrow, root] })).toMatchObject({
      codeName: 'LinkError',
      message: expect.stringMatching(
        /\n {2}demo:algo\/log@1\.0\.0#threshold: the guest calls it, the world does not have it$/,
      ),
    })
  })
})
