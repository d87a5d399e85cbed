import type { readings } from '../../generated/cleaner.ts'

type Report = readings.Report

const celsius = (val: number): readings.Temperature => ({ tag: 'celsius', val })
const fahrenheit = (val: number): readings.Temperature => ({ tag: 'fahrenheit', val })

/** What six machines have sent: with names as people type them, two units, a sensor that is not there and one that is broken. */
export const reports: readonly Report[] = [
  { machine: 'press-7', temperature: celsius(81.5), vibration: 6.25, hours: 1610 },
  { machine: ' lathe-2', temperature: fahrenheit(131), vibration: 1.5, hours: 240 },
  { machine: 'säge-1', temperature: celsius(66), vibration: 4.75, hours: 480 },
  { machine: 'pump-9', temperature: celsius(58.5), hours: 1875 },
  { machine: 'press-7 ', temperature: fahrenheit(181.4), vibration: 7.75, hours: 1612 },
  { machine: 'oven-3', temperature: celsius(Number.NaN), vibration: 0.5, hours: 90 },
  { machine: 'mill-4', temperature: celsius(49), vibration: 0.75, hours: 1100 },
]

/** A report that makes no sense. */
export const impossible: Report = { machine: 'freezer-5', temperature: celsius(-300), hours: 12 }

/** Stands in for what the first stage gives where that did not run. */
export const madeUpReadings: readonly readings.Reading[] = [
  { machine: 'press-7', temperature: 82, vibration: 7, hours: 1611 },
  { machine: 'lathe-2', temperature: 55, vibration: 1.5, hours: 240 },
]

/** Stands in for what the second stage gives where that did not run. */
export const madeUpPredictions: readonly readings.Prediction[] = [
  {
    machine: 'press-7',
    probability: 0.98,
    contributions: [
      { feature: 'temperature', amount: 2 },
      { feature: 'vibration', amount: 2.25 },
      { feature: 'hours', amount: 0.75 },
    ],
  },
  { machine: 'lathe-2', probability: 0.02, contributions: [{ feature: 'vibration', amount: -2.75 }] },
]
