import { Context, DISPOSED, NO_SEAT } from './context.ts'
import { reallocDispatch } from './abi/memory.ts'
import type { CoreExports, CoreFunction } from './descriptor.ts'
import type { AnyDispatch } from './dispatch.ts'
import { emptySeat, fillSeat, SEATS } from './dispatch-table.ts'

/** What an instance puts into tables when it sits down: the functions of one of its interfaces. */
export interface Belongings {
  readonly dispatch: AnyDispatch
  readonly exports: CoreExports
}

/** Who sits where, in this thread. */
const seated: (Context | undefined)[] = Array.from({ length: SEATS })
/** The first instance has no seat as long as it is alone: calls of its own functions are faster. */
let alone: WeakRef<Context> | undefined
/** Those that cannot sit: the engine has no tail calls, or functions of theirs are none of WebAssembly. */
const standing = new WeakSet<Context>()
/** The seat that is taken from who has it, where all are taken. */
let next = 0

/**
 * An interface of an instance has been bound. Once there are several instances, they get seats.
 *
 * @param cx what its functions are bound to; one of `SecondaryContext` never sits
 */
export function settle(cx: Context, dispatch: AnyDispatch, exports: CoreExports): void {
  if (!(cx instanceof Context) || standing.has(cx)) return
  cx.belongings.push({ dispatch, exports })
  if (cx.seat !== NO_SEAT) return bring(cx, dispatch, (name) => exports.core(name))
  const other = alone?.deref()
  if (other === cx) return
  if (other === undefined || other.state === DISPOSED) {
    if (seated.some((sitting) => sitting !== undefined)) sit(cx)
    else alone = new WeakRef(cx)
    return
  }
  alone = undefined
  sit(other)
  sit(cx)
}

/** Takes an instance out of its seat: it has been disposed of, or another needs the seat. */
export function unseat(cx: Context): void {
  const { seat } = cx
  if (seat === NO_SEAT) return
  cx.seat = NO_SEAT
  seated[seat] = undefined
  emptySeat(reallocDispatch, seat)
  for (const { dispatch } of cx.belongings) emptySeat(dispatch, seat)
}

function sit(cx: Context): void {
  let seat = seated.indexOf(undefined)
  if (seat < 0) {
    seat = next
    next = (next + 1) % SEATS
    const leaves = seated[seat]
    if (leaves !== undefined) unseat(leaves)
  }
  seated[seat] = cx
  cx.seat = seat
  const { realloc } = cx
  if (realloc !== undefined) bring(cx, reallocDispatch, () => realloc)
  for (const { dispatch, exports } of cx.belongings) bring(cx, dispatch, (name) => exports.core(name))
}

/** Brings functions to the seat. Where that cannot be, the instance's own are called as ever. */
function bring(cx: Context, dispatch: AnyDispatch, core: (name: string) => CoreFunction): void {
  if (cx.seat === NO_SEAT) return
  try {
    fillSeat(dispatch, cx.seat, core)
  } catch {
    standing.add(cx)
    unseat(cx)
  }
}
