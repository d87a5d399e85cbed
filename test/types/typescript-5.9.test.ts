// Generated code compiles with TypeScript 5.9 as well; `npm test` compiles it with the TypeScript that the repository is
// written for. All strict flags are on in both.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the sample world, the golden files and the type tests', { timeout: 120_000 }, () => {
  const tsc = createRequire(import.meta.url).resolve('typescript-5.9/bin/tsc')
  const project = fileURLToPath(new URL('tsconfig.json', import.meta.url))
  const run = (...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [tsc, ...args], { encoding: 'utf8' })
  expect(run('--version').stdout).toMatch(/^Version 5\.9\./)
  const { stdout, status } = run('-p', project, '--pretty', 'false')
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
})
