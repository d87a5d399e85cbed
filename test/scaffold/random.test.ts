// Random worlds: a fresh file compiles, and one random world that takes the place of another is followed in one run.
// A failure names its seed: WITGEN_RANDOM_SEED gives it again, WITGEN_RANDOM_WORLDS another number of worlds.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { generate } from '../../src/generate.ts'
import { randomWorld } from '../random/world-text.ts'
import { scaffoldIn, scratchFolder } from './cases.ts'
import { compile, COMPILERS } from './compile.ts'

const scratch = scratchFolder()
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const seed = process.env['WITGEN_RANDOM_SEED'] ?? String(Date.now() % 2 ** 31)
const count = process.env['WITGEN_RANDOM_WORLDS']
const runs = (few: number): { seed: number; numRuns: number } => ({ seed: Number(seed), numRuns: Number(count ?? few) })

let folders = 0

/** A project with a world of its own. */
function projectOf(wit: string): string {
  const folder = join(scratch, 'worlds', `${folders++}`)
  mkdirSync(join(folder, 'wit'), { recursive: true })
  writeFileSync(join(folder, 'wit/world.wit'), wit)
  return folder
}

test('fresh files compile', { timeout: 120_000 }, async () => {
  const run = async (wit: string): Promise<void> => {
    const folder = projectOf(wit)
    const shared = { inputs: [join(folder, 'wit')], worlds: [], features: new Set<string>(), mode: 'write' } as const
    await generate({ ...shared, out: join(folder, 'generated'), importExtension: 'js' })
    await scaffoldIn(folder)
    expect((await scaffoldIn(folder)).files).toEqual([])
  }
  await fc.assert(
    fc.asyncProperty(randomWorld, ({ wit }) => run(wit)),
    runs(10),
  )
  expect(
    compile(COMPILERS['TypeScript 7'] ?? '', scratch, ['worlds'], { noUnusedParameters: true }),
    `seed ${seed}`,
  ).toBe('')
})

test('one run brings a file up to date', { timeout: 120_000 }, async () => {
  const run = async (before: string, after: string): Promise<void> => {
    const folder = projectOf(before)
    const host = join(folder, 'host.ts')
    await scaffoldIn(folder)
    // What the user writes into the first stubs, and between them, stays.
    const own = readFileSync(host, 'utf8').replaceAll(/throw new Error\('([^']*)'[^\n]*\)/gu, (stub, id: string) =>
      id.length % 2 === 0 ? stub : `own('${id}') // here`,
    )
    writeFileSync(host, `${own}\ndeclare function own(id: string): never\n`)
    writeFileSync(join(folder, 'wit/world.wit'), after)
    await scaffoldIn(folder)
    const text = readFileSync(host, 'utf8')
    expect((await scaffoldIn(folder)).files).toEqual([])
    expect(text.match(/own\('[^\n]*\n/gu)).toEqual(own.match(/own\('[^\n]*\n/gu))
  }
  await fc.assert(
    fc.asyncProperty(randomWorld, randomWorld, (a, b) => run(a.wit, b.wit)),
    runs(20),
  )
})
