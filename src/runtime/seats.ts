import { ALONE, Context, NO_SEAT, STANDS } from './context.ts'
import { reallocDispatch } from './abi/memory.ts'
import type { CoreExports, CoreFunction } from './descriptor.ts'
import type { AnyDispatch } from './dispatch.ts'
import { emptySeat, fillSeat, SEATS } from './dispatch-table.ts'

/** An instance that sits, and the tables in which it has functions. */
interface Seat {
  readonly cx: Context
  readonly dispatches: AnyDispatch[]
}

/** Who sits where, in this thread; who has sat longest comes first. */
const seats = new Map<number, Seat>()
/** One instance at a time goes without a seat: engines know its functions, as long as they are called for no other. */
let isSomeoneAlone = false

/**
 * An interface of an instance has been bound: its functions come to the instance's seat, which it gets with the first one.
 *
 * @param cx what they are bound to; contexts of other classes never sit, nor do those under a policy
 */
export function settle(cx: Context, dispatch: AnyDispatch, exports: CoreExports): void {
  if (!(cx instanceof Context) || cx.guard !== undefined) return
  if (cx.seat === NO_SEAT) admit(cx)
  bring(cx, dispatch, (name) => exports.core(name))
}

/** An instance has been disposed of, or its seat is needed. Its own functions are called from now on. */
export function unseat(cx: Context): void {
  if (cx.seat === ALONE) isSomeoneAlone = false
  for (const dispatch of seats.get(cx.seat)?.dispatches ?? []) emptySeat(dispatch, cx.seat)
  seats.delete(cx.seat)
  cx.seat = STANDS
}

function admit(cx: Context): void {
  if (!isSomeoneAlone) {
    isSomeoneAlone = true
    cx.seat = ALONE
    return
  }
  const [oldest] = seats.values()
  if (oldest !== undefined && seats.size === SEATS) unseat(oldest.cx)
  let seat = 0
  while (seats.has(seat)) seat++
  seats.set(seat, { cx, dispatches: [] })
  cx.seat = seat
  const { realloc } = cx
  if (realloc !== undefined) bring(cx, reallocDispatch, () => realloc)
}

/** Brings functions to the seat. Where that cannot be, the instance's own are called. */
function bring(cx: Context, dispatch: AnyDispatch, core: (name: string) => CoreFunction): void {
  const seat = seats.get(cx.seat)
  if (seat === undefined) return
  seat.dispatches.push(dispatch)
  try {
    fillSeat(dispatch, cx.seat, core)
  } catch {
    unseat(cx)
  }
}
