// Views and blocks with a guest in Rust, generated as users do it: an option of the configuration.
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ArgumentBlock, NumberList, RecordList } from 'witgen/runtime'
import type { Pipeline } from '../../generated/pipeline.ts'
import { generate } from '../../src/generate.ts'
import { rustGuest } from '../e2e/guests.ts'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'

interface Sample {
  id: number
  weight: number
  label: string
  note?: string | undefined
}
interface AnalysisViews {
  preprocess<R>(samples: readonly Sample[], use: (view: RecordList<Sample>) => R): R
  scale<R>(values: unknown, by: number, use: (view: NumberList<'f64'>) => R): R
  checksum(bytes: unknown): number
  reserve<K extends 'f64' | 'u8'>(type: K, n: number): ArgumentBlock<K>
}

const wit = fileURLToPath(new URL('../../wit', import.meta.url))
const folder = temporaryFolder('views-real')
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(() => cpSync(wit, join(folder, 'wit'), { recursive: true }))

const load = async (path: string): Promise<unknown> =>
  import(/* @vite-ignore */ pathToFileURL(join(folder, 'out', path)).href)

const VIEWS = 'demo/pipeline/analysis.views'
const inputs = [join(folder, 'wit')]

describe('what is generated', () => {
  test('nothing of views unless asked for, and the same otherwise', async () => {
    await generate({ inputs, out: join(folder, 'plain'), importExtension: 'ts' })
    await generate({ inputs, out: join(folder, 'out'), importExtension: 'ts', views: true })
    expect(existsSync(join(folder, 'plain', `${VIEWS}.ts`))).toBe(false)
    expect(existsSync(join(folder, 'out', `${VIEWS}.ts`))).toBe(true)
    for (const path of ['pipeline.ts', 'demo/pipeline/analysis.ts', 'demo/pipeline/analysis.codec.ts'])
      expect(readFileSync(join(folder, 'out', path), 'utf8')).toBe(readFileSync(join(folder, 'plain', path), 'utf8'))
  })

  test('JavaScript with declarations', async () => {
    await generate({ inputs, out: join(folder, 'js'), target: 'js', views: true })
    const declarations = readFileSync(join(folder, 'js', `${VIEWS}.d.ts`), 'utf8')
    expect(declarations).toContain('export declare function viewsOfAnalysis(exports: Analysis): AnalysisViews')
    expect(existsSync(join(folder, 'js', `${VIEWS}.js`))).toBe(true)
  })

  test('what is generated again without them loses them', async () => {
    const out = join(folder, 'again')
    await generate({ inputs, worlds: ['pipeline'], out, views: true })
    const { removed } = await generate({ inputs, worlds: ['pipeline'], out })
    expect(removed.map((path) => path.replaceAll('\\', '/'))).toEqual([
      expect.stringMatching(/analysis\.views\.ts$/) as string,
    ])
  })
})

test('views and blocks of a guest in Rust, many times over: what it frees is what it allocated', async () => {
  await generate({ inputs, out: join(folder, 'out'), importExtension: 'ts', views: true })
  const world = (await load('pipeline.ts')) as { Pipeline: typeof Pipeline }
  const module = (await load(`${VIEWS}.ts`)) as { viewsOfAnalysis: (exports: object) => AnalysisViews }
  const pipeline = await world.Pipeline.load(rustGuest, { imports: { 'demo:pipeline/log': { log() {} } } })
  const shared = module.viewsOfAnalysis(pipeline.analysis)
  const samples = Array.from({ length: 100 }, (_, id) => ({ id, weight: id + 1, label: `nr ${id}`, note: 'ü' }))
  const plain = pipeline.analysis.preprocess(samples)
  for (let round = 0; round < 200; round++) {
    const seen = shared.preprocess(samples, (view) =>
      [...view].map(({ id, weight, label, note }) => ({ id, weight, label, note })),
    )
    expect(seen).toEqual(plain)
    const block = shared.reserve('f64', 10_000)
    block.array.fill(round)
    expect(shared.scale(block, 2, (view) => view.array.every((x) => x === 2 * round))).toBe(true)
    const bytes = shared.reserve('u8', 9)
    bytes.array.set(new TextEncoder().encode('123456789'))
    expect(shared.checksum(bytes)).toBe(0xcbf43926)
  }
  pipeline.dispose()
})
