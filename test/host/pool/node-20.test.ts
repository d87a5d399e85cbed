// A pool on Node 20, by compiled code.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../../../scripts/guests/paths.ts'
import { majorOf, nodesAtHand } from '../../determinism/built-cli.ts'
import { compileJs } from '../../helpers/compile-js.ts'
import { pipelineGuest } from './pools.ts'

const node = nodesAtHand().find(({ version }) => majorOf(version) === '20')

test(`${node?.version ?? 'Node 20 is not at hand: nothing ran on it'}`, () => {
  // A machine of a developer may lack it; where a change is judged it has to be there.
  expect(node !== undefined || process.env['CI'] === undefined).toBe(true)
})

test.runIf(node)(`a pool on ${node?.version}`, { timeout: 120_000 }, async () => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache/pool-20-'))
  try {
    const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
    const files = [here('run-pool.ts'), here('imports-module.ts'), join(root, 'src/host/pool/worker.ts')]
    const compiled = compileJs(folder, files)
    const args = files.slice(0, 2).map(compiled)
    const [program = '', imports = ''] = args
    const run = promisify(execFile)
    const { stdout } = await run(node?.path ?? '', [program, pipelineGuest, pathToFileURL(imports).href])
    expect(JSON.parse(stdout)).toEqual({
      node: node?.version,
      mapped: ['A', 'SS', 'C'],
      last: 7,
      settled: ['fine', 'ArithmeticTrap', 'ExecutionTimeout', 'fine'],
      imported: expect.stringMatching(/^Error: thread [1-9]/),
      crashed: 'WorkerCrashed',
      after: 3,
      replaced: 2,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
