import { inspect, isDeepStrictEqual } from 'node:util'
import type { Compute } from '../guests/generated/test/toolbox/compute.ts'
import type { LoadedToolbox } from '../guests/instantiate-toolbox.ts'
import { checkStory } from './check-story.ts'
import type { Call, Outcome } from './call.ts'
import { calls } from './calls/index.ts'
import { outcomeOf } from './outcome.ts'
import { stories, type Story } from './stories.ts'

/** A call of `compute`, without the types of its function. */
export interface Row {
  /** `add: small numbers` */
  readonly id: string
  readonly function: keyof Compute
  readonly args: readonly unknown[]
  readonly gives: Outcome
  readonly lines: readonly string[]
}

/** The calls of `compute` in the table. */
export const rows: readonly Row[] = Object.entries(calls).flatMap(([name, ofFunction]) =>
  // The table's type says that its keys are those of `Compute`.
  ofFunction.map((call: Call<keyof Compute>) => toRow(name as keyof Compute, call)),
)

function toRow(name: keyof Compute, { what, args, gives, lines = [] }: Call<keyof Compute>): Row {
  return { id: `${name}: ${what}`, function: name, args, gives, lines }
}

/** What a toolbox is known to make of calls, by their ids, where that is not what the table says. */
export type Known = ReadonlyMap<string, Outcome>

/** What came of a table. */
export interface Report {
  /** How many calls were made. */
  readonly calls: number
  /** What did not come out as it should have. */
  readonly differing: readonly string[]
}

/** The whole table, or a part of it. */
export interface Table {
  readonly rows: readonly Row[]
  readonly stories: readonly Story[]
}

/**
 * Makes all calls of a table.
 *
 * @param start gives a new instance: at the beginning, and after each trap
 */
export function checkTable(start: () => LoadedToolbox, known: Known, table: Table = { rows, stories }): Report {
  const differing: string[] = []
  const made = new Set<string>()
  let toolbox = start()
  const check = (id: string, call: () => unknown, gives: Outcome): Outcome => {
    made.add(id)
    const outcome = outcomeOf(call)
    const wanted = known.get(id) ?? gives
    if (!isSame(outcome, wanted)) differing.push(`${id} gives ${show(outcome)} instead of ${show(wanted)}`)
    return outcome
  }
  const startAgain = (): void => {
    toolbox.dispose()
    toolbox = start()
  }
  for (const row of table.rows) {
    const { compute, host } = toolbox
    host.lines.length = 0
    const outcome = check(row.id, () => Reflect.apply(compute[row.function], compute, row.args), row.gives)
    if (!isDeepStrictEqual(host.lines, row.lines)) {
      differing.push(`${row.id} logs ${show(host.lines)} instead of ${show(row.lines)}`)
    }
    if ('trap' in outcome) startAgain()
  }
  if (toolbox.counters !== undefined) {
    for (const story of table.stories) {
      const { isWhole, sinks } = checkStory(toolbox.counters, story, check)
      const wanted = story.sinks ?? {}
      if (!isWhole) startAgain()
      else if (!isDeepStrictEqual(sinks, wanted)) {
        differing.push(`${story.what}: the sinks are ${show(sinks)} instead of ${show(wanted)}`)
      }
    }
  }
  toolbox.dispose()
  for (const id of known.keys()) if (!made.has(id)) differing.push(`${id} is known to differ, but was not called`)
  return { calls: made.size, differing }
}

/** `isDeepStrictEqual`, save that in a Float64Array too a NaN is like any other. */
export function isSame(a: Outcome, b: Outcome): boolean {
  if ('value' in a && 'value' in b && a.value instanceof Float64Array && b.value instanceof Float64Array) {
    return isDeepStrictEqual([...a.value], [...b.value])
  }
  return isDeepStrictEqual(a, b)
}

function show(value: unknown): string {
  return inspect(value, { depth: 5, maxStringLength: 100, maxArrayLength: 10, breakLength: Infinity })
}
