import { expect, test } from 'vitest'
import { Pool } from 'witgen/host'
import { ToolboxLite } from '../../guests/generated/toolbox-lite.ts'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../../guests/guests.ts'
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
