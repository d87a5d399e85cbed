// Options, methods, static functions and a world's own functions, viewed in a guest in JavaScript.
import { beforeAll, describe, expect, test } from 'vitest'
import { isWasmError } from 'witgen/runtime'
import { Instrument } from '../golden/views/generated/instrument.ts'
import { viewsOfInstrument, type InstrumentViews } from '../golden/views/generated/instrument.views.ts'
import { viewsOfSeries, type SeriesViews } from '../golden/views/generated/test/views/series.views.ts'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../guests/guests.ts'

interface PointLike {
  readonly x: number
  readonly tags: readonly string[]
}
const seen = (view: Iterable<PointLike> | undefined): unknown =>
  view === undefined ? undefined : [...view].map(({ x, tags }) => [x, ...tags])
const points = (n: number): unknown => Array.from({ length: n }, (_, i) => [i, `nr ${i}`, 'ü'])

function payloadOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    if (!isWasmError(error, 'GuestError')) throw error
    return { err: error.payload }
  }
}

describe.skipIf(isSkipped('javascript'))('views of a guest in JavaScript', () => {
  let world: Instrument
  let series: SeriesViews
  let root: InstrumentViews
  beforeAll(async () => {
    world = await Instrument.load(await guestPath('javascript/instrument.wasm'))
    series = viewsOfSeries(world.series)
    root = viewsOfInstrument(world)
  }, BUILD_TIMEOUT)

  test('show what the ordinary functions give, round after round', () => {
    const store = new world.series.Store([1, 2])
    for (let round = 0; round < 20; round++) {
      expect(series.latest(3, (view) => view?.copy())).toEqual(world.series.latest(3))
      expect(series.latest(0, (view) => view)).toBeUndefined()
      expect(series.points(seen)).toEqual(points(5))
      expect(series.read((view) => view.array.slice())).toEqual(new Uint8Array([1, 2, 3]))
      expect(series.load_('a', [new Uint8Array([1]), new Uint8Array()], seen)).toEqual(points(2))
      expect(series.load_('a', [], seen)).toBeUndefined()
      expect(series.storeValues(store, (view) => view.copy())).toEqual(store.values())
      expect(series.storeOpen('four', seen)).toEqual(points(4))
      expect(root.sample([7, 8, 9], seen)).toEqual(points(3))
      const block = series.reserve('f64', 1)
      block.set(new Float64Array([round]))
      series.storeAdd(store, block)
    }
    expect(store.values()).toEqual(new Float64Array([1, 2, ...Array.from({ length: 20 }, (_, i) => i)]))
    store[Symbol.dispose]()
  })

  test('err is thrown', () => {
    expect(payloadOf(() => series.load_('', [], seen))).toEqual({ err: 'empty' })
    expect(payloadOf(() => series.storeOpen('broken', seen))).toEqual({ err: 'broken' })
    expect(world.label()).toBe('halves up to 1')
  })
})
