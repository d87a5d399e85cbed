import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { CASES, isMeasured } from './cases.ts'
import { hooksTable, hookTimes } from './hooks.ts'
import { PeerProcess } from './peer-process.ts'
import type { PeerName } from './peers.ts'
import { runPool } from './pool.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { CaseTimes } from './run-calls.ts'
import { runSizes } from './size.ts'
import { summarise } from './summary.ts'
import { type Watch, WATCHES } from './watch.ts'

let prepared: Prepared
beforeAll(async () => {
  prepared = await prepare(fileURLToPath(new URL('../../.cache/bench-test', import.meta.url)))
}, 120_000)

async function withPeer<T>(peer: PeerName, use: (process: PeerProcess) => Promise<T>): Promise<T> {
  const process = await PeerProcess.start(peer, prepared, globalThis.process.execPath)
  try {
    return await use(process)
  } finally {
    process.stop()
  }
}

describe('the benchmark', () => {
  it.each(['raw', 'hand', 'witgen', 'jco'] as const)(
    'gets right answers from %s',
    { timeout: 60_000 },
    async (peer) => {
      expect(CASES.filter((c) => isMeasured(c, peer)).length).toBeGreaterThan(3)
      expect(await withPeer(peer, (process) => process.verify())).toEqual([])
    },
  )

  it('fails when a peer lacks a function', async () => {
    const call = withPeer('raw', (process) => process.measure('echo flags(5)', { warmUp: 1, sampling: 1 }))
    await expect(call).rejects.toThrow('raw: TypeError: api.echoFlags is not a function')
  })

  it('measures a call, and calls to several guests', { timeout: 60_000 }, async () => {
    const effort = { warmUp: 1, sampling: 1 }
    expect(await withPeer('hand', (process) => process.measure('add(u32,u32)', effort))).toBeGreaterThan(0)
    expect(
      await withPeer('witgen', (process) => process.measureMany('echo record item', [0, 1], effort)),
    ).toBeGreaterThan(0)
  })
})

describe('calls that are watched', () => {
  it.each(Object.keys(WATCHES) as Watch[])('answer rightly: %s', { timeout: 60_000 }, async (watch) => {
    const process = await PeerProcess.start('witgen', prepared, globalThis.process.execPath, watch)
    try {
      expect(await process.verify()).toEqual([])
      expect(await process.measure('resource method', { warmUp: 1, sampling: 1 })).toBeGreaterThan(0)
    } finally {
      process.stop()
    }
  })

  it('are compared with those that are not, call by call', () => {
    const times = hookTimes('two calls', 2, { off: 10, counts: 16, durations: 110 })
    expect(times).toMatchObject({ added: { counts: 3, durations: 50 }, ratio: { counts: 1.6, durations: 11 } })
    expect(hooksTable([times]).at(-1)).toMatch(/^two calls +10\.0 .* \+3\.0 \(1\.60\) +\+50\.0 \(11\.00\)/u)
  })
})

describe('summarise', () => {
  const times = (name: string, hand: number, witgen: number, jco: number): CaseTimes => ({
    name,
    class: 'scalar',
    ns: { hand, witgen, jco },
  })

  it('gives ratios, geometric means by class and what misses a target', () => {
    const { cases, classes } = summarise([
      times('fine', 10, 15, 15 * 150),
      times('fine by the nanoseconds', 1, 3, 3 * 600),
      times('too slow', 10, 20, 20 * 150),
      times('too near to jco', 10, 10, 10 * 100),
    ])
    expect(cases.map((c) => c.overHand)).toEqual([1.5, 3, 2, 1])
    expect(cases.map((c) => c.met)).toEqual([true, true, false, false])
    expect(classes.map((c) => c.class)).toEqual(['scalar', 'all'])
    expect(classes[0]?.missed).toEqual(['too slow', 'too near to jco'])
    expect(classes[0]?.overHand).toBeCloseTo((1.5 * 3 * 2 * 1) ** (1 / 4), 10)
    expect(classes[0]?.jcoOver).toBeCloseTo((150 * 600 * 150 * 100) ** (1 / 4), 8)
  })
})

it('measures the pool', { timeout: 120_000 }, () => {
  const times = runPool(process.execPath, true)
  // Node 20 cannot run TypeScript as it is.
  if (process.features.typescript === false) expect(times).toBeUndefined()
  else for (const value of Object.values(times ?? {})) expect(Number.isFinite(value)).toBe(true)
})

it('finds that generated code and its runtime have not grown', { timeout: 60_000 }, async () => {
  const { closureGzip, onDemandGzip, addOnly } = await runSizes()
  expect(closureGzip).toBeGreaterThan(8 * 1024)
  expect(closureGzip).toBeLessThan(14 * 1024)
  expect(addOnly).toBeLessThan(2 * 1024)
  // What only compiling a guest needs is not part of it.
  const parts = Object.keys(onDemandGzip)
  expect(parts).toEqual(expect.arrayContaining(['component/compile.ts', 'runtime/fit.ts']))
})
