import type { PackedError } from '../../runtime/errors-packed.ts'
import type { FromWorker, HookEvent, Outcome, ToWorker } from './protocol.ts'
import type { MetricsState } from '../../runtime/metrics.ts'

/**
 * The messages that go with every call, as they cross threads: arrays, whose members have places, not names. Names are written
 * and read anew with each message: about 2.5 of 18 µs of a small call.
 */
export type WireCalls = readonly [
  fn: number,
  calls: ToWorker['calls'],
  ids?: ToWorker['ids'],
  carriers?: readonly unknown[],
]

type Results = Extract<FromWorker, { readonly kind: 'results' }>

/** The values of the calls, `undefined` for those that failed; what there seldom is comes last. */
export type WireResults = readonly [
  values: readonly unknown[],
  isDone: boolean,
  busyNs: number,
  pages: number,
  renewed: number,
  fuelUsed: number,
  rare?: {
    /** By the index of the call. */
    readonly errors: ReadonlyMap<number, PackedError>
    readonly metrics: MetricsState | undefined
    readonly events: readonly HookEvent[]
  },
]

/**
 * Calls, as they are sent to a worker.
 *
 * @param isNumbered whether the worker has to know the calls' numbers, for its log
 */
export function wireCalls({ fn, calls, ids, carriers }: ToWorker, isNumbered: boolean): WireCalls {
  if (carriers !== undefined) return [fn, calls, ids, carriers]
  return isNumbered ? [fn, calls, ids] : [fn, calls]
}

/** Calls, as the worker has got them. */
export function callsOf([fn, calls, ids = [], carriers]: WireCalls): ToWorker {
  return { fn, calls, ids, ...(carriers === undefined ? {} : { carriers }) }
}

/** Outcomes, as they are sent to the main thread. */
export function wireResults({
  outcomes,
  isDone,
  busyNs,
  pages,
  renewed,
  fuelUsed,
  metrics,
  events,
}: Results): WireResults {
  const values = outcomes.map((outcome) => (outcome.ok ? outcome.value : undefined))
  const isPlain = metrics === undefined && events.length === 0 && outcomes.every(({ ok }) => ok)
  if (isPlain) return [values, isDone, busyNs, pages, renewed, fuelUsed]
  const errors = new Map<number, PackedError>()
  for (const [index, outcome] of outcomes.entries()) if (!outcome.ok) errors.set(index, outcome.error)
  return [values, isDone, busyNs, pages, renewed, fuelUsed, { errors, metrics, events }]
}

/** What a worker has sent; undefined for what an imports module in it has posted, which is not for the pool. */
export function messageOf(wired: unknown): FromWorker | undefined {
  if (isResults(wired)) return resultsOf(wired)
  return typeof wired === 'object' && wired !== null && 'kind' in wired ? (wired as FromWorker) : undefined
}

function isResults(wired: unknown): wired is WireResults {
  return Array.isArray(wired) && Array.isArray(wired[0]) && typeof wired[1] === 'boolean'
}

/** Outcomes, as the main thread has got them. */
function resultsOf([values, isDone, busyNs, pages, renewed, fuelUsed, rare]: WireResults): Results {
  const outcomes = values.map((value, index): Outcome => {
    const error = rare?.errors.get(index)
    return error === undefined ? { ok: true, value } : { ok: false, error }
  })
  const { metrics, events = [] } = rare ?? {}
  return { kind: 'results', outcomes, isDone, busyNs, pages, renewed, fuelUsed, metrics, events }
}
