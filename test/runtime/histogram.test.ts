import { assert, array, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { Histogram } from '../../src/runtime/histogram.ts'

test('a quantile is at most 1/32 off, from nanoseconds to minutes', () => {
  for (let ns = 1; ns < 1e12; ns *= 1.37) {
    const histogram = new Histogram()
    histogram.add(ns)
    for (const q of [0, 0.5, 0.99, 1]) expect(Math.abs(histogram.quantile(q) - ns) / ns).toBeLessThanOrEqual(1 / 32)
  }
})

/** Durations of all orders of magnitude, many of them alike. */
const durations = array(
  double({ min: 0, max: 39, noNaN: true }).map((exponent) => 2 ** exponent),
  { minLength: 1, maxLength: 300 },
)
const parts = double({ min: 0, max: 1, noNaN: true })

test('whatever was measured, a quantile is at most 1/32 off the duration that stands there', () => {
  assert(
    property(durations, parts, (all, q) => {
      const histogram = new Histogram()
      for (const ns of all) histogram.add(ns)
      const exact = all.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * all.length)) - 1] ?? Number.NaN
      expect(Math.abs(histogram.quantile(q) - exact) / exact).toBeLessThanOrEqual(1 / 32)
    }),
  )
})

test('merged histograms are those of all durations together, in parts as workers have them', () => {
  assert(
    property(durations, durations, parts, (some, others, q) => {
      const [whole, one, two] = [new Histogram(), new Histogram(), new Histogram()]
      for (const ns of [...some, ...others]) whole.add(ns)
      for (const ns of some) one.add(ns)
      for (const ns of others) two.add(ns)
      one.merge(two.counts())
      expect([one.counts(), one.quantile(q)]).toEqual([whole.counts(), whole.quantile(q)])
    }),
  )
})

test('what is below a power of two is counted exactly, below another bound at most a sixteenth short of it', () => {
  assert(
    property(durations, integer({ min: 0, max: 39 }), parts, (all, exponent, above) => {
      const histogram = new Histogram()
      for (const ns of all) histogram.add(ns)
      const below = (bound: number): number => all.filter((ns) => ns < bound).length
      expect(histogram.countBelow(2 ** exponent)).toBe(below(2 ** exponent))
      const bound = 2 ** exponent * (1 + above)
      expect(histogram.countBelow(bound)).toBeLessThanOrEqual(below(bound))
      expect(histogram.countBelow(bound)).toBeGreaterThanOrEqual(below(bound * (15 / 16)))
    }),
  )
})

test('quantiles count from below', () => {
  const histogram = new Histogram()
  for (let i = 1; i <= 1000; i++) histogram.add(i * 1000)
  expect(histogram.quantile(0.5) / 500_000).toBeCloseTo(1, 1)
  expect(histogram.quantile(0.99) / 990_000).toBeCloseTo(1, 1)
  expect(histogram.quantile(0.001) / 1000).toBeCloseTo(1, 1)
})

test('nothing, less than a nanosecond, longer than 18 minutes', () => {
  const histogram = new Histogram()
  expect(histogram.quantile(0.5)).toBe(0)
  histogram.add(0)
  expect(histogram.quantile(1)).toBeCloseTo(1, 1)
  histogram.add(1e15)
  expect(histogram.quantile(1)).toBeGreaterThan(1e12)
})
