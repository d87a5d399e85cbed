import { isWasmError } from 'witgen/runtime'
import type { Compute, Sample } from '../guests/generated/test/toolbox/compute.ts'
import type { Counters } from '../guests/generated/test/toolbox/counters.ts'
import { HostSink } from '../guests/toolbox-host.ts'

/** What a plugin of the soak has, whichever its world is. */
export interface Tools {
  readonly compute: Compute
  readonly counters?: Counters
}

const sample = (id: number): Sample => ({ id, weight: id % 100, label: ` label ${id} `, note: undefined })

/** How many calls one `work` makes without counters; with them six more. */
export const CALLS = 5

/**
 * Calls with strings, bytes, records, resources and results, each compared with what is computed here.
 *
 * @param seed makes the values of this round
 * @returns what was wrong
 */
export function work({ compute, counters }: Tools, seed: number): string[] {
  const wrong: string[] = []
  const check = (what: string, actual: unknown, expected: unknown): void => {
    if (actual !== expected) wrong.push(`${what}(${seed}): ${String(actual)}, expected ${String(expected)}`)
  }
  const text = `straße ${seed} 🎉`
  check('reverseText', compute.reverseText(text), [...text].reverse().join(''))
  const bytes = new TextEncoder().encode(text.repeat((seed % 8) + 1))
  // No u32 of 2³¹ and more: the glue of guests in JavaScript loses those.
  check('reverseBytes', compute.reverseBytes(bytes).join(), bytes.reverse().join())
  const samples = [sample(seed), sample(seed + 1), sample(seed + 2)]
  const heaviest = samples.reduce((best, other) => (other.weight > best.weight ? other : best))
  check('heaviest', compute.heaviest(samples)?.id, heaviest.id)
  check('clean', compute.clean([{ ...sample(seed), weight: 1 }])[0]?.label, `label ${seed}`)
  try {
    check('divide', compute.divide(seed, 0), 'an error')
  } catch (error) {
    check('divide', isWasmError(error, 'GuestError'), true)
  }
  if (counters === undefined) return wrong
  const counter = new counters.Counter(BigInt(seed))
  check('increment', counter.increment(1n), BigInt(seed + 1))
  const sink = new HostSink()
  check('report', counter.report(sink, 2), BigInt(2 * String(seed + 1).length))
  // The sink is the guest's then, which drops it.
  counters.close(sink)
  check('drops', sink.drops, 1)
  counter[Symbol.dispose]()
  return wrong
}
