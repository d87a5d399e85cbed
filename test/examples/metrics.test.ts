// examples/metrics, as a user runs it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import parse from 'parse-prometheus-text-format'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

// Node runs TypeScript as it is from version 23.6 on.
test.runIf(Number(process.versions.node.split('.')[0]) >= 24)('prints a table and a page for Prometheus', () => {
  const args = ['--conditions=witgen-source', 'examples/metrics/main.ts']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  const begin = stdout.indexOf('# HELP')
  const cells = stdout
    .slice(0, begin)
    .split('\n')
    .filter((line) => line.includes('summarise'))
    .map((line) =>
      line
        .split('│')
        .slice(2, 6)
        .map((cell) => cell.trim().replaceAll("'", '')),
    )
  expect(cells).toEqual([
    ['orders', 'summarise', '201', '1 GuestError'],
    ['returns', 'summarise', '401', '1 GuestError'],
  ])
  const families = parse(stdout.slice(begin))
  const calls = families.find(({ name }) => name === 'witgen_calls_total')?.metrics ?? []
  const summarised = calls.filter(({ labels }) => labels?.['function'] === 'summarise')
  expect(summarised.map(({ labels, value }) => [labels?.['module'], value])).toEqual([
    ['orders', '201'],
    ['returns', '401'],
  ])
  expect(families.find(({ name }) => name === 'witgen_instances')?.metrics).toHaveLength(2)
})
