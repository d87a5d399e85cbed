// What lies beside the training script is what it gives, and that is what a logistic regression is: checked here by other means.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { committed } from '../../scripts/guests/paths.ts'
import { python } from '../../scripts/guests/pip.ts'
import { isSkipped } from '../guests/guests.ts'
import { expectClose } from './close.ts'
import { model } from './models.ts'

type Drawn = readonly [values: readonly [number, number, number], failed: 0 | 1]

interface Trained {
  readonly model: typeof model
  readonly samples: readonly Drawn[]
  readonly heldOut: readonly Drawn[]
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe.skipIf(isSkipped('python'))('the training script', () => {
  let trained: Trained
  beforeAll(() => {
    const script = join(committed, 'predictor/train.py')
    const { stdout, stderr, status } = spawnSync(python(), [script, '-'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    if (status !== 0) throw new Error(`train.py failed: ${stderr}`)
    trained = JSON.parse(stdout) as Trained
  })

  test('gives what is committed', () => {
    expectClose(trained.model, model)
  })

  test('standardises by mean and deviation', () => {
    for (const [i, factor] of model.factors.entries()) {
      const values = trained.samples.map(([values]) => values[i] ?? NaN)
      const variance = mean(values.map((value) => (value - mean(values)) ** 2))
      expectClose(
        { mean: mean(values), deviation: Math.sqrt(variance) },
        { mean: factor.mean, deviation: factor.deviation },
      )
    }
  })

  /** The log-odds of a reading, and its features as the model sees them, after a 1 for the bias. */
  function seen(values: readonly number[]): { odds: number; features: readonly number[] } {
    const features = [1, ...model.factors.map((f, i) => ((values[i] ?? NaN) - f.mean) / f.deviation)]
    const weights = [model.bias, ...model.factors.map(({ weight }) => weight)]
    return { odds: features.reduce((sum, x, i) => sum + x * (weights[i] ?? NaN), 0), features }
  }

  test('has found the weights of the largest likelihood: its gradient is 0', () => {
    const gradient = [0, 0, 0, 0]
    for (const [values, failed] of trained.samples) {
      const { odds, features } = seen(values)
      const off = failed - 1 / (1 + Math.exp(-odds))
      for (const [i, x] of features.entries()) gradient[i] = (gradient[i] ?? NaN) + off * x
    }
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-9)
  })

  test('is as often right about what it had not been trained with as it says', () => {
    const right = trained.heldOut.filter(([values, failed]) => seen(values).odds >= 0 === (failed === 1))
    expect(right.length / trained.heldOut.length).toBe(model.accuracy)
    expect(model.accuracy).toBeGreaterThan(0.75)
  })
})
