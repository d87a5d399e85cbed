// The table itself, the list of what is known to differ from it, and whether the check finds what it has to find.
import { describe, expect, test } from 'vitest'
import type { Compute } from '../guests/generated/test/toolbox/compute.ts'
import { ToolboxHost } from '../guests/toolbox-host.ts'
import { toolboxGuests } from '../guests/toolbox-guests.ts'
import type { LoadedToolbox } from '../guests/instantiate-toolbox.ts'
import type { Outcome } from './call.ts'
import { checkTable, isSame, rows, type Row } from './check-table.ts'
import { stepGives, stepId } from './check-story.ts'
import { differences } from './differences.ts'
import { stories } from './stories.ts'

const steps = stories.flatMap((story) =>
  story.steps.map((step, i) => ({ id: stepId(story, i), gives: stepGives(step) })),
)
const outcomes = new Map<string, Outcome>([...rows, ...steps].map(({ id, gives }) => [id, gives]))

test('the table has at least 60 calls, each with a name of its own', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60)
  expect(outcomes.size).toBe(rows.length + steps.length)
  for (const { function: name } of rows) expect(rows.filter((row) => row.function === name).length).toBeGreaterThan(2)
})

describe('what is known to differ', () => {
  const languages = toolboxGuests.map(({ language }) => language)

  test.each(differences)('$call in $languages by $bindings', (difference) => {
    const inTable = outcomes.get(difference.call)
    if (inTable === undefined) throw new Error('there is no such call in the table')
    expect(isSame(difference.gives, inTable), 'this is what the table says').toBe(false)
    expect(languages).toEqual(expect.arrayContaining([...difference.languages]))
  })

  test('is said once', () => {
    const said = differences.flatMap(({ call, languages, bindings }) =>
      languages.flatMap((language) => bindings.map((binding) => `${call} in ${language} by ${binding}`)),
    )
    expect(new Set(said).size).toBe(said.length)
  })
})

describe('the check', () => {
  const row = (gives: Outcome, lines: readonly string[] = []): Row => ({
    id: 'add: x',
    function: 'add',
    args: [1, 2],
    gives,
    lines,
  })

  /** What is found of a toolbox that can only add. */
  function found(
    add: Compute['add'],
    expected: Row,
    known: readonly (readonly [string, Outcome])[] = [],
  ): readonly string[] {
    const start = (): LoadedToolbox => {
      const host = new ToolboxHost()
      const compute = { add: (a: number, b: number) => (host.lines.push('debug: x'), add(a, b)) } as Compute
      return { compute, host, dispose: () => undefined }
    }
    return checkTable(start, new Map(known), { rows: [expected], stories: [] }).differing
  }
  const lines = ['debug: x']

  test('is content with what it expects', () => {
    expect(found((a, b) => a + b, row({ value: 3 }, lines))).toEqual([])
  })

  test('finds another result', () => {
    const text = 'add: x gives { value: 4 } instead of { value: 3 }'
    expect(found((a, b) => a + b + 1, row({ value: 3 }, lines))).toEqual([text])
  })

  test('tells −0 from 0, and null from undefined', () => {
    expect(found(() => -0, row({ value: 0 }, lines))).toHaveLength(1)
    expect(found(() => NaN, row({ value: NaN }, lines))).toEqual([])
    expect(isSame({ value: null }, { value: undefined })).toBe(false)
    expect(isSame({ value: Float64Array.of(-0) }, { value: Float64Array.of(0) })).toBe(false)
  })

  test('finds an error that is thrown instead', () => {
    const fail = (): number => {
      throw new TypeError('no')
    }
    expect(found(fail, row({ value: 3 }, lines))).toEqual([
      "add: x gives { thrown: 'TypeError: no' } instead of { value: 3 }",
    ])
  })

  test('finds lines that are missing', () => {
    expect(found((a, b) => a + b, row({ value: 3 }, ['a', 'b']))).toEqual([
      "add: x logs [ 'debug: x' ] instead of [ 'a', 'b' ]",
    ])
  })

  test('finds that a known difference is no longer one', () => {
    const text = 'add: x gives { value: 3 } instead of { value: 5 }'
    expect(found((a, b) => a + b, row({ value: 3 }, lines), [['add: x', { value: 5 }]])).toEqual([text])
  })

  test('finds that what is known to differ is not called', () => {
    const text = 'add: y is known to differ, but was not called'
    expect(found((a, b) => a + b, row({ value: 3 }, lines), [['add: y', { value: 5 }]])).toEqual([text])
  })
})
