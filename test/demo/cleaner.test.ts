import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Cleaner } from '../../generated/cleaner.ts'
import { guestFiles, isSkipped } from '../guests/guests.ts'
import { reports } from './arbitraries.ts'
import { expectClose } from './close.ts'
import { clean, dropped } from './models.ts'
import { outcomeOf } from './outcome.ts'

describe.skipIf(isSkipped('rust')).each(guestFiles('rust/cleaner.wasm'))('$title', ({ path }) => {
  let cleaner: Cleaner
  const lines: string[] = []
  beforeAll(async () => {
    const log = (level: string): void => void lines.push(level)
    cleaner = await Cleaner.load(path, { imports: { 'demo:pipeline/log': { log } } })
  })

  test('cleans as the model does, and logs what it drops', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(reports, (given) => {
        lines.length = 0
        const actual = outcomeOf(() => cleaner.cleaning.clean(given))
        // A mean of numbers above and below 0 may be close to 0.
        expectClose(actual, clean(given), 1e-12)
        expect(lines.filter((level) => level === 'warn')).toHaveLength(dropped(given))
        expect(lines.filter((level) => level === 'info')).toHaveLength('ok' in actual ? 1 : 0)
        seen.add('ok' in actual ? 'ok' : (actual.err as { tag: string }).tag)
      }),
      { numRuns: 1000 },
    )
    expect([...seen].sort()).toEqual(['negative', 'nothing-left', 'ok', 'too-cold'])
  })

  test('an example by hand', () => {
    const given = [
      { machine: ' a', temperature: { tag: 'fahrenheit', val: 212 } as const, vibration: 1, hours: 10 },
      { machine: 'b', temperature: { tag: 'celsius', val: 20 } as const, vibration: 4, hours: 0 },
      { machine: 'c', temperature: { tag: 'celsius', val: 30 } as const, hours: 5 },
      { machine: 'a ', temperature: { tag: 'celsius', val: 50 } as const, vibration: 3, hours: 20 },
      { machine: 'c', temperature: { tag: 'celsius', val: Infinity } as const, hours: 5 },
    ]
    expectClose(cleaner.cleaning.clean(given), [
      { machine: 'a', temperature: 75, vibration: 2, hours: 15 },
      { machine: 'b', temperature: 20, vibration: 4, hours: 0 },
      { machine: 'c', temperature: 30, vibration: 3, hours: 5 },
    ])
  })

  test('numbers near the largest stay finite', () => {
    const report = { machine: 'a', temperature: { tag: 'fahrenheit', val: 1.7e308 } as const, hours: 1.7e308 }
    const [reading] = cleaner.cleaning.clean([report, report, report])
    expectClose(reading, { machine: 'a', temperature: 1.7e308 / 1.8, vibration: 0, hours: 1.7e308 })
  })
})
