import { expect, test } from 'vitest'
import { Pool } from 'witgen/host'
import { ToolboxLite } from '../../guests/generated/toolbox-lite.ts'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../../guests/guests.ts'
import { toolboxGuests } from '../../guests/toolbox-guests.ts'
import { Toolbox } from '../../guests/generated/toolbox.ts'
import { rejection, untilEnd, worker } from './pools.ts'

const importsModule = new URL('./toolbox-imports.ts', import.meta.url)
const points = [
  { x: 1, y: 2 },
  { x: 3, y: 6 },
]

test.skipIf(isSkipped('c') || isSkipped('rust'))(
  'a guest in Rust and one in C side by side give the same answers',
  async () => {
    const sources = [await guestPath('rust/toolbox.wasm'), await guestPath('c/toolbox.wasm')]
    const pool = await untilEnd(Pool.create(Toolbox, sources, { size: 2, worker, importsModule }))
    expect(Object.keys(pool)).toEqual(['compute'])
    const texts = Array.from({ length: 200 }, (_, i) => `text ${i} 日本`)
    const reversed = texts.map((text) => [...text].reverse().join(''))
    for (const source of [0, 1]) {
      expect(await pool.map('compute.reverseText', texts, { source })).toEqual(reversed)
      expect(await pool.call('compute.centroid', [points], { source })).toEqual({ x: 2, y: 4 })
      expect(await rejection(pool.call('compute.divide', [1, 0], { source }))).toMatchObject({
        codeName: 'GuestError',
        payload: { tag: 'unusable', val: 'division by zero' },
      })
    }
    expect(await pool.map('compute.reverseText', texts)).toEqual(reversed)
    const call = pool.call as (name: string, args: unknown[]) => Promise<unknown>
    expect(await rejection(call.call(pool, 'counters.compare', []))).toMatchObject({
      codeName: 'Unsupported',
      message: expect.stringContaining('counters.compare takes or gives resources'),
    })
  },
  BUILD_TIMEOUT,
)

test.skipIf(isSkipped('assemblyscript'))(
  'a guest in AssemblyScript',
  async () => {
    const source = await guestPath('assemblyscript/toolbox.wasm')
    const pool = await untilEnd(Pool.create(ToolboxLite, source, { size: 2, worker, importsModule }))
    expect(await pool.map('compute.add', [[1, 2] as const, [2 ** 32 - 1, 1] as const])).toEqual([3, 0])
  },
  BUILD_TIMEOUT,
)

const major = Number(process.versions.node.split('.')[0])
const full = toolboxGuests.filter(({ world, language }) => world === 'toolbox' && !isSkipped(language))

test.each(full.filter(({ minimumNode }) => major >= minimumNode))(
  'a guest in $language: results in order, errors with their payload, a wrong argument costs nothing',
  { timeout: BUILD_TIMEOUT },
  async ({ component }) => {
    const pool = await untilEnd(Pool.create(Toolbox, await guestPath(component), { size: 2, worker, importsModule }))
    const texts = Array.from({ length: 40 }, (_, i) => `text ${i} 日本`)
    expect(await pool.map('compute.reverseText', texts)).toEqual(texts.map((text) => [...text].reverse().join('')))
    expect(await pool.compute.centroid(points)).toEqual({ x: 2, y: 4 })
    const divisions = await pool.map(
      'compute.divide',
      Array.from({ length: 12 }, (_, i) => [12 * i, i % 4] as const),
      { onError: 'settle' },
    )
    expect(divisions.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.payload))).toEqual(
      Array.from({ length: 12 }, (_, i) =>
        i % 4 === 0 ? { tag: 'unusable', val: 'division by zero' } : (12 * i) / (i % 4),
      ),
    )
    expect(await rejection(pool.compute.add(-1, 1))).toMatchObject({ codeName: 'InvalidParam' })
    expect(pool.stats()).toMatchObject({ size: 2, replaced: 0 })
    expect(pool.stats().workers.map(({ renewed }) => renewed)).toEqual([0, 0])
  },
)
