// Views on results of a guest that is held to a policy.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policyReport, type ArgumentBlock, type NumberList, type RecordList, type SecurityPolicy } from 'witgen/runtime'
import type { Pipeline } from '../../generated/pipeline.ts'
import { generate } from '../../src/generate.ts'
import { rustGuest, thrownBy } from '../e2e/guests.ts'
import { temporaryFolder } from '../helpers/echo-guest-world.ts'

interface Sample {
  readonly id: number
  readonly weight: number
  readonly label: string
}
interface AnalysisViews {
  preprocess<R>(samples: readonly Sample[], use: (view: RecordList<Sample>) => R): R
  scale<R>(values: unknown, by: number, use: (view: NumberList<'f64'>) => R): R
  reserve(type: 'f64', n: number): ArgumentBlock<'f64'>
}

const folder = temporaryFolder('views-policy')
afterAll(() => rmSync(folder, { recursive: true }))

let open: (policy: SecurityPolicy) => Promise<{ readonly pipeline: Pipeline; readonly views: AnalysisViews }>
beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../../wit', import.meta.url)), join(folder, 'wit'), { recursive: true })
  const out = join(folder, 'out')
  await generate({ inputs: [join(folder, 'wit')], out, importExtension: 'ts', views: true })
  const load = async (path: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(join(out, path)).href)
  const world = (await load('pipeline.ts')) as { Pipeline: typeof Pipeline }
  const module = (await load('demo/pipeline/analysis.views.ts')) as { viewsOfAnalysis(exports: object): AnalysisViews }
  open = async (policy) => {
    const pipeline = await world.Pipeline.load(rustGuest, { policy, imports: { 'demo:pipeline/log': { log() {} } } })
    return { pipeline, views: module.viewsOfAnalysis(pipeline.analysis) }
  }
})

const samples = Array.from({ length: 50 }, (_, id) => ({ id, weight: id + 1, label: `nr ${id}` }))

describe.each<SecurityPolicy>([
  { fuel: 1e9 },
  { maxExecutionTimeMs: 10_000 },
  { maxMemoryPages: 500, maxCallDepth: 500, maxTableElements: 10_000, memoryTracing: true },
  { maxOutputBytes: 100_000 },
])('under %o', (policy) => {
  test('they show what is there, end, and leave the instance usable', async () => {
    const { pipeline, views } = await open(policy)
    const plain = pipeline.analysis.preprocess(samples)
    const read = (view: RecordList<Sample>) => [...view].map(({ id, weight, label }) => ({ id, weight, label }))
    expect(views.preprocess(samples, read)).toEqual(plain.map(({ id, weight, label }) => ({ id, weight, label })))
    let kept: NumberList<'f64'> | undefined
    const block = views.reserve('f64', 1000)
    block.array.fill(2)
    expect(views.scale(block, 3, (view) => ((kept = view), view.array.every((x) => x === 6)))).toBe(true)
    expect(thrownBy(() => kept?.at(0))).toMatchObject({ codeName: 'ExpiredView' })
    expect(thrownBy(() => views.scale([1], 2, () => pipeline.analysis.shout('again')))).toMatchObject({
      codeName: 'Reentrance',
    })
    expect(pipeline.analysis.shout('on')).toBe('ON')
    expect(policyReport(pipeline).events.filter(({ kind }) => kind !== 'growth')).toEqual([])
  })
})

test('a call that is ended shows nothing, and its instance is gone', async () => {
  const { pipeline, views } = await open({ fuel: 20_000 })
  let isShown = false
  const error = thrownBy(() => views.scale(new Float64Array(100_000), 2, () => (isShown = true)))
  expect(error).toMatchObject({ codeName: 'FuelExhausted', function: 'demo:pipeline/analysis#scale' })
  expect(isShown).toBe(false)
  expect(thrownBy(() => views.scale([1], 2, () => 0))).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
  expect(policyReport(pipeline).events).toMatchObject([{ kind: 'kill', code: 'FuelExhausted' }])
})

test('a list that is looked at is not handed over; the texts that are read in it are', async () => {
  const { views, pipeline } = await open({ maxOutputBytes: 1000 })
  expect(views.scale(new Float64Array(5000), 2, (view) => view.length)).toBe(5000)
  expect(views.preprocess(samples, (view) => view.at(3).label.length)).toBeGreaterThan(0)
  expect(thrownBy(() => pipeline.analysis.scale(new Float64Array(5000), 2))).toMatchObject({ codeName: 'OutputLimit' })
  const { views: other } = await open({ maxOutputBytes: 1000 })
  const reads = Array.from({ length: 1000 }, (_, i) => i % 50)
  const error = thrownBy(() => other.preprocess(samples, (view) => reads.map((i) => view.at(i).label)))
  expect(error).toMatchObject({ codeName: 'OutputLimit' })
})
