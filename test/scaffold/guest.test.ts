// A scaffold that has been filled in serves a real guest.
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { generate } from '../../src/generate.ts'
import { guestFiles } from '../guests/guests.ts'
import { scaffoldIn, scratchFolder } from './cases.ts'

const scratch = scratchFolder()
// In a copy: `generate` writes beside the WIT as well.
const wit: string = join(scratch, 'pipeline.wit')
cpSync(fileURLToPath(new URL('../../wit/pipeline.wit', import.meta.url)), wit)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Loads the guest with the host's imports, calls it and prints what came of it as JSON. */
const MAIN = `
import { Pipeline } from './generated/pipeline.ts'
import * as host from './host.ts'

const pipeline = await Pipeline.load(process.argv[2], { imports: host.imports })
const sample = (id, weight) => ({ id, weight, label: 'a' })
try {
  const samples = pipeline.analysis.preprocess([sample(1, 4), sample(2, Infinity), sample(3, 2)])
  console.log(JSON.stringify({ weights: samples.map((s) => s.weight), lines: host.lines }))
} catch (error) {
  console.log(JSON.stringify({ code: error.codeName, message: error.cause.message, cause: error.cause.cause }))
}
`

describe.each(guestFiles('rust/pipeline.wasm'))('$title', ({ path }) => {
  test('stubs throw by name, then log lines arrive', async () => {
    // Each guest begins with a fresh one.
    rmSync(join(scratch, 'host.ts'), { force: true })
    const shared = { inputs: [wit], importExtension: 'ts', features: new Set<string>(), mode: 'write' } as const
    await generate({ ...shared, inputs: [wit], worlds: [], out: join(scratch, 'generated') })
    await scaffoldIn(scratch, { ...shared, world: 'pipeline' })
    writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(scratch, 'main.ts'), MAIN)
    const run = (): unknown => {
      const args = ['--conditions=witgen-source', join(scratch, 'main.ts'), path]
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      if (stdout === '') throw new Error(stderr)
      return JSON.parse(stdout)
    }
    expect(run()).toMatchObject({
      code: 'HostError',
      message: 'not implemented: demo:pipeline/log#log',
      cause: { level: 'warn' },
    })

    const file = join(scratch, 'host.ts')
    const stub = /throw new Error\('not implemented: demo:pipeline\/log#log'.*\)/u
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(stub)
    writeFileSync(
      file,
      `export const lines: string[] = []\n${text.replace(stub, 'lines.push(`${level}: ${message}`)')}`,
    )
    const { files } = await scaffoldIn(scratch, { ...shared, world: 'pipeline' })
    expect(files).toEqual([])
    expect(run()).toEqual({
      weights: [1, 0.5],
      lines: [expect.stringMatching(/^warn: /u), expect.stringMatching(/^info: /u)],
    })
  })
})
