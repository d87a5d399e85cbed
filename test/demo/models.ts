// The stages once more, written from what wit/stages.wit says, in other ways than the guests go.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { cleaning, readings } from '../../generated/cleaner.ts'
import type { explanation } from '../../generated/explainer.ts'
import type { forecast } from '../../generated/predictor.ts'
import { committed } from '../../scripts/guests/paths.ts'
import type { Outcome } from './outcome.ts'

/** The committed coefficients of the predictor. */
export const model: forecast.Model = JSON.parse(
  readFileSync(join(committed, 'predictor/model.json'), 'utf8'),
) as forecast.Model

/** The first stage. */
export function clean(reports: readonly readings.Report[]): Outcome<readings.Reading[]> {
  const tidy = reports
    .map(({ machine, temperature: { tag, val }, vibration, hours }) => ({
      machine: machine.replace(/^ +/, '').replace(/ +$/, ''),
      temperature: tag === 'celsius' ? val : ((val - 32) * 5) / 9,
      vibration,
      hours,
    }))
    .filter((r) => [r.temperature, r.vibration ?? 0, r.hours].every(Number.isFinite))
  const odd = tidy.find((r) => refusal(r) !== undefined)
  if (odd) return { err: refusal(odd) }
  if (tidy.length === 0) return { err: { tag: 'nothing-left' } satisfies cleaning.Refusal }
  const usual = median(tidy.flatMap(({ vibration }) => vibration ?? []))
  const names = tidy.map(({ machine }) => machine)
  const ok = [...new Set(names)].map((machine) => {
    const group = tidy.filter((r) => r.machine === machine)
    return {
      machine,
      temperature: mean(group.map(({ temperature }) => temperature)),
      vibration: mean(group.map(({ vibration }) => vibration ?? usual)),
      hours: mean(group.map(({ hours }) => hours)),
    }
  })
  return { ok }
}

/** How many reports are dropped before one that is refused, or in all. */
export function dropped(reports: readonly readings.Report[]): number {
  const until = reports.findIndex((r) => {
    const one = clean([r])
    return 'err' in one && JSON.stringify(one.err) !== '{"tag":"nothing-left"}'
  })
  const looked = until < 0 ? reports : reports.slice(0, until)
  return looked.filter((r) => 'err' in clean([r])).length
}

function refusal(
  r: Omit<readings.Reading, 'vibration'> & Pick<readings.Report, 'vibration'>,
): cleaning.Refusal | undefined {
  if (r.temperature < -273.15) return { tag: 'too-cold', val: r.machine }
  return Math.min(r.vibration ?? 0, r.hours) < 0 ? { tag: 'negative', val: r.machine } : undefined
}

/** By counting: as many values lie below the middle as above it. */
function median(values: readonly number[]): number {
  const rank = (place: number): number | undefined =>
    values.find((value) => {
      const below = values.filter((other) => other < value).length
      return below <= place && place < below + values.filter((other) => other === value).length
    })
  const lower = rank(Math.ceil(values.length / 2) - 1)
  const upper = rank(Math.floor(values.length / 2))
  return lower === undefined || upper === undefined ? 0 : (lower + upper) / 2
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length

/** The second stage, from the committed coefficients. The probability is taken from its logarithm. */
export function predict(given: readonly readings.Reading[]): Outcome<readings.Prediction[]> {
  if (given.length === 0) return { err: { tag: 'no-readings' } satisfies forecast.Refusal }
  const ok = given.map((reading) => {
    const contributions = model.factors.map(({ feature, mean, deviation, weight }) => ({
      feature,
      amount: ((reading[feature] - mean) / deviation) * weight,
    }))
    const odds = sum([...contributions.map(({ amount }) => amount), model.bias])
    return { machine: reading.machine, probability: Math.exp(-Math.log1p(Math.exp(-odds))), contributions }
  })
  return { ok }
}

/** The third stage, without its sentences. */
export function explain(given: readonly readings.Prediction[]): Outcome<Omit<explanation.Explained, 'text'>[]> {
  const odd = given.find(({ probability: p }) => Number.isNaN(p) || p < 0 || p > 1)
  if (odd) return { err: { tag: 'not-a-probability', val: odd.machine } satisfies explanation.Refusal }
  return {
    ok: given.map(({ machine, probability, contributions }) => ({
      machine,
      verdict: verdict(probability),
      causes: causes(contributions),
    })),
  }
}

function verdict(probability: number): explanation.Verdict {
  const verdicts = ['sound', 'watch', 'watch', 'failing', 'failing'] as const
  return verdicts[Math.floor(probability * 4)] ?? 'failing'
}

/** Takes out the largest contribution until none above 0 is left. */
function causes(contributions: readonly readings.Contribution[]): explanation.Cause[] {
  const left = [...contributions]
  const found: readings.Contribution[] = []
  for (;;) {
    const largest = left.reduce<readings.Contribution | undefined>(
      (a, b) => (a && a.amount >= b.amount ? a : b),
      undefined,
    )
    if (!largest || largest.amount <= 0) break
    found.push(largest)
    left.splice(left.indexOf(largest), 1)
  }
  const total = sum(found.map(({ amount }) => amount))
  return found.map(({ feature, amount }) => ({ feature, share: amount / total }))
}

/** The sentence that goes with an explanation. */
export function sentence(probability: number, { causes }: Pick<explanation.Explained, 'causes'>): string {
  const head = `${(probability * 100).toFixed(0)} % likely to fail`
  const parts = causes.map(({ feature, share }) => `${feature} ${(share * 100).toFixed(0)} %`)
  return parts.length === 0 ? head : `${head}: ${parts.join(', ')}`
}
