import type { Cleaner, readings } from '../../generated/cleaner.ts'
import type { Explainer, explanation } from '../../generated/explainer.ts'
import type { Predictor } from '../../generated/predictor.ts'
import { columns } from '../columns.ts'
import type { Host } from './host.ts'
import type { Guests } from './load.ts'
import { madeUpPredictions, madeUpReadings, reports } from './reports.ts'

/** How often the pipeline runs for the metrics. */
const ROUNDS = 100

const standIn = (language: string): string => `${language} did not run: what it would give is made up by the host.`

/** Reports → readings → predictions → explanations → what the host says, each stage with what the one before it gave. */
export function runPipeline(host: Host, { cleaner, predictor, explainer }: Guests): void {
  const { printer } = host

  printer.step('Rust cleans what six machines have sent')
  const cleaned = cleaner ? clean(host, cleaner) : madeUpReadings
  if (!cleaner) printer.say(standIn('Rust'))

  printer.step('Python predicts which of them will fail')
  const predicted = predictor ? predict(host, predictor, cleaned) : madeUpPredictions
  if (!predictor) printer.say(standIn('Python'))

  printer.step('JavaScript explains why')
  const explained = explainer ? explain(host, explainer, predicted) : []
  if (!explainer) printer.say('JavaScript did not run: there is nothing to report.')

  printer.step('The host reports')
  report(host, explained)

  host.isQuiet = true
  for (let i = 0; i < ROUNDS; i++) {
    const again = cleaner?.cleaning.clean(reports) ?? cleaned
    const predictions = predictor?.forecast.predict(again) ?? predicted
    explainer?.explanation.explain(predictions)
  }
  host.isQuiet = false
  printer.say(`(The same once more, ${ROUNDS} times, for the metrics below.)`)
}

function clean({ printer }: Host, cleaner: Cleaner): readings.Reading[] {
  const cleaned = cleaner.cleaning.clean(reports)
  const rows = cleaned.map((r) => [r.machine, r.temperature.toFixed(2), r.vibration.toFixed(2), r.hours.toFixed(0)])
  printer.lines(columns([['machine', '°C', 'mm/s', 'hours'], ...rows], [0]))
  return cleaned
}

function predict({ printer }: Host, predictor: Predictor, cleaned: readonly readings.Reading[]): readings.Prediction[] {
  const { factors, accuracy } = predictor.forecast.describe()
  const names = factors.map(({ feature }) => feature).join(', ')
  printer.say(`a logistic regression on ${names}, ${(accuracy * 100).toFixed(0)} % right`)
  const predicted = predictor.forecast.predict(cleaned)
  const rows = predicted.map(({ machine, probability, contributions }) => [
    machine,
    probability.toFixed(6),
    ...contributions.map(({ amount }) => amount.toFixed(3)),
  ])
  printer.lines(columns([['machine', 'probability', ...factors.map(({ feature }) => feature)], ...rows], [0]))
  return predicted
}

function explain(
  { printer }: Host,
  explainer: Explainer,
  predicted: readonly readings.Prediction[],
): explanation.Explained[] {
  const explained = explainer.explanation.explain(predicted)
  printer.lines(
    columns(
      explained.map(({ machine, text }) => [machine, text]),
      [0, 1],
    ),
  )
  return explained
}

/** One line per verdict. */
function report({ printer }: Host, explained: readonly explanation.Explained[]): void {
  const advice = { failing: 'service now', watch: 'keep an eye on', sound: 'leave alone' } as const
  for (const [verdict, what] of Object.entries(advice)) {
    const machines = explained.filter((e) => e.verdict === verdict).map(({ machine }) => machine)
    if (machines.length > 0) printer.say(`${what}: ${machines.join(', ')}`)
  }
}
