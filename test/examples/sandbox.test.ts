import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('examples/sandbox', { timeout: 60_000 }, () => {
  const args = ['--conditions=witgen-source', '--no-warnings', 'examples/sandbox/main.ts']
  const lines = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trimEnd().split('\n')
  const audit = lines.filter((line) => line.startsWith('audit: '))
  expect(lines.filter((line) => !line.startsWith('audit: '))).toEqual([
    '  [info] kept 20 of 20 samples',
    'paid, preprocess: 20',
    'trial, preprocess: PermissionDenied',
    'bad-loop, crash: ExecutionTimeout',
    'bad-loop, again: InstancePoisoned',
    'bad-stack, crash: CallDepth',
    'bad-stack, again: InstancePoisoned',
    'greedy, reverse 8 MiB: MemoryLimit',
    'paid, shout: "STILL HERE"',
    expect.stringMatching(/^paid used \d+ instructions and \d+ pages of memory$/),
    'OTHERS GO ON ExecutionTimeout',
  ])
  expect(audit.map((line) => line.split(' ').slice(1, 4).join(' '))).toEqual([
    'denial PermissionDenied trial',
    'kill PermissionDenied trial',
    'kill ExecutionTimeout bad-loop',
    'kill CallDepth bad-stack',
    'denial MemoryLimit greedy',
    'kill MemoryLimit greedy',
    'kill ExecutionTimeout pooled',
  ])
  expect(audit[1]).toContain('does not allow the guest to call demo:pipeline/log#log')
})
