import { expect, test } from 'vitest'
import { Histogram } from '../../src/runtime/histogram.ts'

test('a quantile is at most 1/32 off, from nanoseconds to minutes', () => {
  for (let ns = 1; ns < 1e12; ns *= 1.37) {
    const histogram = new Histogram()
    histogram.add(ns)
    for (const q of [0, 0.5, 0.99, 1]) expect(Math.abs(histogram.quantile(q) - ns) / ns).toBeLessThanOrEqual(1 / 32)
  }
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
