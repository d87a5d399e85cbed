import { ALONE, Context, NO_SEAT, STANDS } from './context.ts'
import { reallocDispatch } from './abi/memory.ts'
import type { CoreExports, CoreFunction } from './descriptor.ts'
import type { AnyDispatch } from './dispatch.ts'
import { emptySeat, fillSeat, SEATS } from './dispatch-table.ts'

/** A place that an instance has, and the tables in which it has functions there. */
interface Seat {
  readonly number: number
  readonly dispatches: AnyDispatch[]
  /** Who sits there; undefined for the one that goes without, which nothing here is to keep alive, and for who has left. */
  cx: Context | undefined
}

/** Who sits where, in this thread; who has sat longest comes first. */
const seats = new Map<number, Seat>()
/** One instance at a time goes without a seat: engines know its functions, as long as they are called for no other. */
let alone: Seat | undefined
/** Tables keep what sits alive, so the seat is given up when nobody holds the objects through which it is called. */
const forgotten = new FinalizationRegistry(vacate)

/**
 * An interface of an instance has been bound: its functions come to the instance's seat, which it gets with the first one.
 *
 * @param cx what they are bound to; contexts of other classes never sit, nor do those under a policy
 * @param object the typed object; those of one instance keep each other alive
 */
export function settle(cx: Context, dispatch: AnyDispatch, exports: CoreExports, object: object): void {
  if (!(cx instanceof Context) || cx.guard !== undefined) return
  if (cx.seat === NO_SEAT) forgotten.register(object, admit(cx))
  bring(cx, dispatch, (name) => exports.core(name))
}

/** An instance has been disposed of, or cannot sit. Its own functions are called from now on. */
export function unseat(cx: Context): void {
  const seat = cx.seat === ALONE ? alone : seats.get(cx.seat)
  if (seat !== undefined) vacate(seat)
  cx.seat = STANDS
}

function admit(cx: Context): Seat {
  if (alone === undefined) {
    cx.seat = ALONE
    return (alone = { number: ALONE, dispatches: [], cx: undefined })
  }
  const [oldest] = seats.values()
  if (oldest !== undefined && seats.size === SEATS) vacate(oldest)
  let number = 0
  while (seats.has(number)) number++
  const seat: Seat = { number, dispatches: [], cx }
  seats.set(number, seat)
  cx.seat = number
  const { realloc } = cx
  if (realloc !== undefined) bring(cx, reallocDispatch, () => realloc)
  return seat
}

/** The next instance can have the place. A second time does nothing. */
function vacate(seat: Seat): void {
  if (seat === alone) alone = undefined
  const { cx, number } = seat
  if (cx === undefined) return
  for (const dispatch of seat.dispatches) emptySeat(dispatch, number)
  seats.delete(number)
  cx.seat = STANDS
  seat.cx = undefined
}

/** Brings functions to the seat. Where that cannot be, the instance's own are called. */
function bring(cx: Context, dispatch: AnyDispatch, core: (name: string) => CoreFunction): void {
  const seat = seats.get(cx.seat)
  if (seat === undefined) return
  seat.dispatches.push(dispatch)
  try {
    fillSeat(dispatch, seat.number, core)
  } catch {
    unseat(cx)
  }
}
