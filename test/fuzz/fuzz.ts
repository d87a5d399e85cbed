import { Random } from './random.ts'
import type { Target } from './target.ts'

/** More than this, for one small input, is no honest allocation. */
const MOST_BYTES = 256 * 2 ** 20

/** What the code under test must not do, with the input that makes it do so. */
export interface Finding {
  readonly target: Target['name']
  /** The seed and the number of the input, which repeat it. */
  readonly seed: number
  readonly run: number
  readonly message: string
  /** The input, as small as it could be made. */
  readonly input: Uint8Array
}

/** What a run came to. */
export interface FuzzResult {
  readonly runs: number
  /** How many of the inputs were taken. */
  readonly taken: number
  readonly finding: Finding | undefined
}

/** The input of one run. */
export function inputOf(target: Target, seed: number, run: number): Uint8Array {
  const random = new Random(Math.imul(seed, 0x9e3779b1) + run)
  return target.mutate(random, random.pick(target.corpus))
}

/**
 * Gives a target one input after the other, until `goOn` says no or something is found.
 *
 * @param goOn is asked before each input, with how many there were
 * @param watch is told of each input before it is used: where the code hangs or takes the process down, it is the last one
 */
export async function fuzz(
  target: Target,
  seed: number,
  goOn: (runs: number) => boolean,
  watch: (input: Uint8Array, run: number) => void = () => {},
): Promise<FuzzResult> {
  let taken = 0
  let run = 0
  for (; goOn(run); run++) {
    const input = inputOf(target, seed, run)
    watch(input, run)
    const outcome = await outcomeOf(target, input)
    if (outcome.error === undefined) taken += Number(outcome.isTaken)
    else {
      const message = outcome.error
      const small = await minimise(input, async (smaller) => {
        watch(smaller, run)
        return kind((await outcomeOf(target, smaller)).error) === kind(message)
      })
      return { runs: run + 1, taken, finding: { target: target.name, seed, run, message, input: small } }
    }
  }
  return { runs: run, taken, finding: undefined }
}

async function outcomeOf(
  target: Target,
  input: Uint8Array,
): Promise<{ readonly isTaken: boolean; readonly error: string | undefined }> {
  const { arrayBuffers } = process.memoryUsage()
  try {
    const isTaken = await target.check(input)
    const grown = process.memoryUsage().arrayBuffers - arrayBuffers
    if (grown > MOST_BYTES) throw new Error(`${grown} bytes were allocated for an input of ${input.length}`)
    return { isTaken, error: undefined }
  } catch (error) {
    return { isTaken: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/** What makes two errors the same: what was thrown and where, without what depends on the input. */
function kind(error: string | undefined): string | undefined {
  const [message = '', at = ''] = error?.split('\n').filter((line) => line !== '') ?? []
  return error === undefined ? undefined : `${message.replaceAll(/\d+|`[^`]*`|'[^']*'|"[^"]*"/gu, '')} ${at}`
}

/** The input with as much taken out as goes, while `fails` holds; every half, quarter … of it is tried. */
export async function minimise(
  input: Uint8Array,
  fails: (smaller: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let best = input
  let attempts = 2000
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && attempts > 0; attempts--) {
      const smaller = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + size)])
      if (await fails(smaller)) best = smaller
      else at += size
    }
  }
  return best
}
