/** What a worker thread of a pool runs. */
import { parentPort, workerData } from 'node:worker_threads'
import { attend } from './attend.ts'
import { largeBuffers } from './binary.ts'
import { packError } from '../../runtime/errors-packed.ts'
import { encodeThrown, GuestRunner, post } from './guest-runner.ts'
import { callsOf } from './wire.ts'
import type { Outcome, ToWorker, WorkerData } from './protocol.ts'

/** Outcomes are sent along while calls go on when the last ones are older, in milliseconds. */
const SEND_EVERY = 1
/** The same for a `map`: a message costs both threads some hundredths of a millisecond. */
const SEND_EVERY_OF_MAP = 16

const data: WorkerData = workerData

try {
  const runner = await GuestRunner.start(data)
  if (parentPort !== null) attend(parentPort, runner.control, (message) => run(runner, callsOf(message)))
  const { functions, module, pages } = runner
  post({ kind: 'ready', functions, module, pages })
} catch (error) {
  fail(error)
}

/** The main thread ends a worker that cannot go on. */
function fail(error: unknown): void {
  post({ kind: 'failed', error: packError(error) })
  parentPort?.close()
}

function run(runner: GuestRunner, { fn, calls, ids, carriers }: ToWorker): void {
  const { control } = runner
  const sendEvery = control.isMap ? SEND_EVERY_OF_MAP : SEND_EVERY
  const begun = performance.now()
  let sent = begun
  let outcomes: Outcome[] = []
  for (const [index, args] of calls.entries()) {
    if (!control.claim()) break
    if (index > 0 && performance.now() - sent > sendEvery) {
      send(runner, outcomes, false, 0)
      outcomes = []
      sent = performance.now()
    }
    runner.call = ids[index]
    control.begin(index)
    outcomes.push(attempt(runner, fn, args, carriers?.[index]))
    control.end()
    runner.call = undefined
    try {
      runner.renewWhereNeeded()
    } catch (error) {
      // Not done: what it has not begun is for others.
      send(runner, outcomes, false, 0)
      return fail(error)
    }
  }
  send(runner, outcomes, true, performance.now() - begun)
}

function attempt(runner: GuestRunner, fn: number, args: readonly unknown[], carrier: unknown): Outcome {
  try {
    return { ok: true, value: runner.invoke(fn, args, carrier) }
  } catch (error) {
    return { ok: false, error: encodeThrown(error) }
  }
}

function send(runner: GuestRunner, outcomes: readonly Outcome[], isDone: boolean, busyMs: number): void {
  const values = outcomes.map((outcome) => (outcome.ok ? outcome.value : undefined))
  post(
    {
      kind: 'results',
      outcomes,
      isDone,
      busyNs: busyMs * 1e6,
      pages: runner.pages,
      renewed: runner.renewed,
      fuelUsed: runner.fuelUsed,
      metrics: runner.takeMetrics(),
      events: runner.takeEvents(),
    },
    largeBuffers(values),
  )
}
