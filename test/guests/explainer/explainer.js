/** The world demo:pipeline/explainer in JavaScript. */
import { log } from 'demo:pipeline/log@0.1.0'

/** Ends a call with the error of its result. */
class Refusal extends Error {
  constructor(payload) {
    super(JSON.stringify(payload))
    this.payload = payload
  }
}

const percent = (part) => `${Math.round(part * 100)} %`

function verdictOf(probability) {
  if (probability < 0.25) return 'sound'
  return probability < 0.75 ? 'watch' : 'failing'
}

function causesOf(contributions) {
  const against = contributions.filter(({ amount }) => amount > 0)
  const total = against.reduce((sum, { amount }) => sum + amount, 0)
  // The sort is stable.
  return against.sort((a, b) => b.amount - a.amount).map(({ feature, amount }) => ({ feature, share: amount / total }))
}

function explainOne({ machine, probability, contributions }) {
  if (!(probability >= 0 && probability <= 1)) throw new Refusal({ tag: 'not-a-probability', val: machine })
  const causes = causesOf(contributions)
  const list = causes.map(({ feature, share }) => `${feature} ${percent(share)}`).join(', ')
  const text = `${percent(probability)} likely to fail${list && `: ${list}`}`
  return { machine, verdict: verdictOf(probability), causes, text }
}

export const explanation = {
  explain(predictions) {
    const explained = predictions.map(explainOne)
    log('info', `explained ${explained.length} predictions`)
    return explained
  },
}
