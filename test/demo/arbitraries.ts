// Random values of the types of wit/stages.wit.
import fc from 'fast-check'
import type { readings } from '../../generated/cleaner.ts'

const number = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true })

const notFinite = fc.constantFrom(Number.NaN, Infinity, -Infinity)

/** A number of which one in `rarity` is not finite. */
const mostly = (finite: fc.Arbitrary<number>, rarity = 30): fc.Arbitrary<number> =>
  fc.oneof({ weight: rarity - 1, arbitrary: finite }, { weight: 1, arbitrary: notFinite })

/** Few names, so that they repeat, with and without spaces around them. */
const machine = fc
  .tuple(
    fc.constantFrom('', ' ', '   '),
    fc.constantFrom('a', 'b', 'säge', '機械 1', '\t', ''),
    fc.constantFrom('', '  '),
  )
  .map((parts) => parts.join(''))

const temperature: fc.Arbitrary<readings.Temperature> = fc.oneof(
  fc.record({ tag: fc.constant('celsius' as const), val: mostly(number(-250, 2000)) }),
  fc.record({ tag: fc.constant('fahrenheit' as const), val: mostly(number(-400, 4000)) }),
)

const report: fc.Arbitrary<readings.Report> = fc.record({
  machine,
  temperature,
  vibration: fc.option(mostly(number(0, 1000)), { nil: undefined }),
  hours: mostly(number(0, 1e6)),
})

const celsius = (val: number): readings.Temperature => ({ tag: 'celsius', val })

/** A report that makes no sense, in one way or in several. */
const impossible: fc.Arbitrary<readings.Report> = fc
  .tuple(
    report,
    fc.constantFrom<Partial<readings.Report>>(
      { temperature: celsius(-273.2) },
      { temperature: { tag: 'fahrenheit', val: -460 }, hours: -1 },
      { hours: -1e-9 },
      { vibration: -3 },
    ),
  )
  .map(([report, change]) => ({ ...report, ...change }))

/** Some reports, often with one that makes no sense. */
export const reports: fc.Arbitrary<readings.Report[]> = fc
  .tuple(fc.array(report, { maxLength: 30 }), fc.array(impossible, { maxLength: 1 }), fc.nat(30))
  .map(([reports, [odd], place]) => (odd && place % 3 === 0 ? reports.toSpliced(place, 0, odd) : reports))

/** What the first stage may give. */
export const cleanReadings: fc.Arbitrary<readings.Reading[]> = fc.array(
  fc.record({
    machine: fc.string({ unit: 'binary', maxLength: 8 }),
    temperature: number(-100, 300),
    vibration: number(0, 200),
    hours: number(0, 1e5),
  }),
  { maxLength: 20 },
)

const contributions: fc.Arbitrary<readings.Contribution[]> = fc
  .tuple(number(-100, 100), number(-100, 100), number(-100, 100))
  .map(([t, v, h]) => [
    { feature: 'temperature', amount: t },
    { feature: 'vibration', amount: v },
    { feature: 'hours', amount: h },
  ])

/** What the second stage may give, and probabilities that it may not. */
export const predictions: fc.Arbitrary<readings.Prediction[]> = fc.array(
  fc.record({
    machine: fc.string({ unit: 'binary', maxLength: 8 }),
    probability: fc.oneof(
      { weight: 40, arbitrary: number(0, 1) },
      { weight: 6, arbitrary: fc.constantFrom(0, 0.25, 0.75, 1) },
      { weight: 1, arbitrary: fc.constantFrom(-0.001, 1.001, Number.NaN, Infinity) },
    ),
    contributions,
  }),
  { maxLength: 12 },
)
