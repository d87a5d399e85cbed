// `npm run soak`, shorter; and that it can fail.
import { describe, expect, test } from 'vitest'
import { Toolbox, type ToolboxImports } from '../guests/generated/toolbox.ts'
import { BUILD_TIMEOUT, guestPath } from '../guests/guests.ts'
import { ToolboxHost } from '../guests/toolbox-host.ts'
import { soakPlugins } from './guests.ts'
import { manyCalls, type CallsReport } from './million-calls.ts'
import { growth, type Sample } from './samples.ts'
import { soak, type SoakReport } from './soak.ts'
import { verdict } from './verdict.ts'
import { work } from './workload.ts'

test('eight plugins swapped under load for ten seconds', { timeout: BUILD_TIMEOUT + 60_000 }, async () => {
  const plugins = await soakPlugins()
  expect(plugins).toHaveLength(8)
  const report = await soak({ plugins, seconds: 10, swapEveryMs: 100, sampleEveryMs: 500 })
  expect(report.wrong).toEqual([])
  expect(report.left).toEqual({ instances: 0, handles: 0, resources: 0, memories: 0 })
  for (const count of [
    report.calls,
    report.rounds,
    report.leases,
    report.swaps,
    report.refusedSwaps,
    report.samples.length,
  ])
    expect(count).toBeGreaterThan(0)
})

test('100,000 calls leave neither handles nor resources, and memories as they were', { timeout: 60_000 }, async () => {
  const report = await manyCalls('rust', 100_000)
  expect(report).toMatchObject({ wrong: [], resources: 0, handles: 0, instancesLeft: 0, memoryBytesGrowth: 0 })
  expect(report.calls).toBeGreaterThanOrEqual(100_000)
})

describe('what would be a failure', () => {
  const sample = (rss: number): Sample => {
    return { seconds: 0, rss, heapUsed: 0, instances: 0, handles: 0, resources: 0, memoryBytes: 0 }
  }
  const good: SoakReport = {
    plugins: [],
    calls: 1,
    rounds: 1,
    leases: 1,
    swaps: 1,
    refusedSwaps: 1,
    wrong: [],
    samples: [sample(1000)],
    rssGrowth: 100,
    left: { instances: 0, handles: 0, resources: 0, memories: 0 },
  }
  const calls: CallsReport = {
    language: 'rust',
    calls: 1,
    wrong: [],
    rssGrowth: 0,
    rssGrowthPerMillion: 2 ** 20,
    heapUsedGrowth: 0,
    memoryBytesGrowth: 0,
    resources: 0,
    handles: 0,
    instancesLeft: 0,
  }

  test('is told', () => {
    expect(verdict(good, [calls])).toEqual([])
    expect(verdict({ ...good, wrong: ['x'] }, [])).toHaveLength(1)
    expect(verdict({ ...good, rssGrowth: 101 }, [])).toHaveLength(1)
    expect(verdict({ ...good, left: { ...good.left, handles: 1 } }, [])).toHaveLength(1)
    const bad = { ...calls, wrong: ['x'], handles: 1, rssGrowthPerMillion: 2 ** 20 + 1 }
    expect(verdict(good, [bad])).toHaveLength(3)
  })

  test('growth is that of the last quarter over the second', () => {
    expect(growth([9, 9, 1, 1, 5, 5, 3, 3].map(sample))).toBe(2)
    expect(growth([1, 2, 3].map(sample))).toBe(0)
  })

  test('a wrong answer is noticed', async () => {
    const imports = new ToolboxHost().imports('toolbox') as ToolboxImports
    const toolbox = await Toolbox.load(await guestPath('rust/toolbox.wasm'), { imports })
    const { compute, counters } = toolbox
    expect(work({ compute, counters }, 7)).toEqual([])
    Object.assign(compute, { reverseText: (text: string) => text })
    expect(work({ compute, counters }, 7)).toHaveLength(1)
    toolbox.dispose()
  })
})
