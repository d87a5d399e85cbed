import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the parallel pipeline', { timeout: 60_000 }, () => {
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const args = ['--conditions=witgen-source', '--no-warnings', 'examples/parallel-pipeline/main.ts']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  expect({ stderr: stderr.replace(/^\d+/, 'N'), status }).toEqual({ stderr: 'N workers, 0 replaced\n', status: 0 })
  expect(stdout.trim().split('\n')).toEqual([
    '200 batches, 17910 samples in shape, 1991 were dropped',
    'batch 77 was refused: {"tag":"bad-sample","val":7707}',
    'summary: 17910 samples with 5 labels',
    'preprocess: 200 calls, 1 errors',
    'summarise: 1 calls, 0 errors',
    'log: 2190 calls, 0 errors',
  ])
})
