import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Explainer } from '../../generated/explainer.ts'
import { BUILD_TIMEOUT, guestPath, isSkipped } from '../guests/guests.ts'
import { predictions } from './arbitraries.ts'
import { expectClose } from './close.ts'
import { explain, sentence } from './models.ts'
import { outcomeOf } from './outcome.ts'

describe.skipIf(isSkipped('javascript'))('the explainer in JavaScript', () => {
  let explainer: Explainer
  beforeAll(async () => {
    const path = await guestPath('javascript/explainer.wasm')
    explainer = await Explainer.load(path, { imports: { 'demo:pipeline/log': { log: () => {} } } })
  }, BUILD_TIMEOUT)

  test('explains as the model does', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(predictions, (given) => {
        const actual = outcomeOf(() => explainer.explanation.explain(given))
        const numbers =
          'ok' in actual
            ? { ok: actual.ok.map(({ machine, verdict, causes }) => ({ machine, verdict, causes })) }
            : actual
        expectClose(numbers, explain(given))
        seen.add('ok' in actual ? 'ok' : 'err')
        if (!('ok' in actual)) return
        // By its own shares: rounding to whole percent would make much of their last bit.
        const sentences = actual.ok.map((e, i) => sentence(given[i]?.probability ?? NaN, e))
        expect(actual.ok.map(({ text }) => text)).toEqual(sentences)
        for (const { verdict } of actual.ok) seen.add(verdict)
      }),
      { numRuns: 500 },
    )
    expect([...seen].sort()).toEqual(['err', 'failing', 'ok', 'sound', 'watch'])
  })

  test('contributions whose shares are too close to tell apart keep their order by size', () => {
    const amounts = { temperature: 5e-324, vibration: 4 / 3, hours: 1e-323 }
    const contributions = (['temperature', 'vibration', 'hours'] as const).map((feature) => ({
      feature,
      amount: amounts[feature],
    }))
    const [explained] = explainer.explanation.explain([{ machine: 'a', probability: 0, contributions }])
    expect(explained?.causes.map(({ feature }) => feature)).toEqual(['vibration', 'hours', 'temperature'])
  })

  test('an example by hand', () => {
    const contributions = [
      { feature: 'temperature', amount: 1 },
      { feature: 'vibration', amount: -5 },
      { feature: 'hours', amount: 3 },
    ] as const
    expect(
      explainer.explanation.explain([{ machine: 'a', probability: 0.75, contributions: [...contributions] }]),
    ).toEqual([
      {
        machine: 'a',
        verdict: 'failing',
        causes: [
          { feature: 'hours', share: 0.75 },
          { feature: 'temperature', share: 0.25 },
        ],
        text: '75 % likely to fail: hours 75 %, temperature 25 %',
      },
    ])
  })
})
