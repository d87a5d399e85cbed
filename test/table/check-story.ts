import type { Counter, Counters } from '../guests/generated/test/toolbox/counters.ts'
import { HostSink } from '../guests/toolbox-host.ts'
import type { Outcome } from './call.ts'
import type { SinkState, Step, Story } from './stories.ts'

/** Makes a call, and says what came of it. */
export type Check = (id: string, call: () => unknown, gives: Outcome) => Outcome

/** The id of a step. */
export function stepId(story: Story, index: number): string {
  return `${story.what}, step ${index + 1}: ${story.steps[index]?.call}`
}

/** What has to come of a step. */
export function stepGives(step: Step): Outcome {
  return { value: 'gives' in step ? step.gives : undefined }
}

/**
 * Makes the calls of a story, up to the first that gives neither a result nor an error.
 *
 * @returns whether all were made, and the sinks
 */
export function checkStory(
  counters: Counters,
  story: Story,
  check: Check,
): { readonly isWhole: boolean; readonly sinks: Readonly<Record<string, SinkState>> } {
  const objects = new Map<string, Counter>()
  const sinks = new Map<string, HostSink>()
  const isWhole = story.steps.every((step, i) => {
    const outcome = check(stepId(story, i), () => take(step, counters, objects, sinks), stepGives(step))
    return 'value' in outcome
  })
  const states = [...sinks].map(([name, { texts, drops }]) => [name, { texts, drops }] as const)
  return { isWhole, sinks: Object.fromEntries(states) }
}

function take(
  step: Step,
  counters: Counters,
  objects: Map<string, Counter>,
  sinks: Map<string, HostSink>,
): bigint | number | undefined {
  const { Counter } = counters
  const counter = (name: string): Counter => {
    const object = objects.get(name)
    if (object === undefined) throw new Error(`the story has no counter ${name}`)
    return object
  }
  const sink = (name: string): HostSink => {
    const object = sinks.get(name) ?? new HostSink()
    sinks.set(name, object)
    return object
  }
  switch (step.call) {
    case 'new':
      objects.set(step.makes, new Counter(step.start))
      return undefined
    case 'increment':
      return counter(step.on).increment(step.by)
    case 'value':
      return counter(step.on).value()
    case 'merge':
      objects.set(step.makes, Counter.merge(counter(step.from[0]), counter(step.from[1])))
      return undefined
    case 'report':
      return counter(step.on).report(sink(step.to), step.times)
    case 'compare':
      return counters.compare(counter(step.both[0]), counter(step.both[1]))
    case 'close':
      return counters.close(sink(step.sink))
    case 'dispose':
      counter(step.on)[Symbol.dispose]()
      return undefined
    default:
      return step satisfies never
  }
}
