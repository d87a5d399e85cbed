import type { ByteBuffer } from './byte-buffer.ts'
import type { Ask } from './guard-abi.ts'
import type { InstrumentPlan } from './instrument-plan.ts'

/** Locals that a function gets for itself. */
export interface OwnLocals {
  /** i32: how many more calls may nest in this one. */
  readonly depth: number
  /** i32: the length of a bulk operation. */
  readonly length: number
  /** i64: what is left of the budget. */
  readonly budget: number
}

const I32 = 0x41
const I64 = 0x42
const GET = 0x20
const SET = 0x21
const TEE = 0x22
const GLOBAL_GET = 0x23
const GLOBAL_SET = 0x24
const END = 0x0b
const UNREACHABLE = 0x00

/** Calls the host with the value on the stack, which becomes the answer. */
export function emitAsk(out: ByteBuffer, plan: InstrumentPlan, ask: Ask, func: number): void {
  out.u8(I32)
  out.s32(func)
  out.u8(I32)
  out.s32(plan.module * 16 + ask)
  out.put(I32, 0, 0x11)
  out.u32(plan.callbackType)
  out.u32(plan.callbackTable)
}

/** The body of a function that asks the host, and traps when the answer is not 0: traps are what no guest can catch. */
export function emitAskFunction(out: ByteBuffer, plan: InstrumentPlan, ask: Ask): void {
  out.sized(() => {
    out.put(0, I32, 0)
    emitAsk(out, plan, ask, 0)
    out.put(0x04, 0x40, 0x00, END, END)
  })
}

/**
 * Takes units off the budget, and asks the host when none are left.
 *
 * @param charge where the budget is kept meanwhile, and whether it is looked at
 * @returns where the number of units is to be patched in
 */
export function emitCharge(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals, charge: Charge): number {
  emitBudget(out, plan, own, charge)
  out.u8(I64)
  const at = out.reserve()
  emitSubtract(out, plan, own, charge)
  return at
}

/** Charges for a bulk operation by its length, which lies on top of the stack and stays there. */
export function emitBulkCharge(
  out: ByteBuffer,
  plan: InstrumentPlan,
  own: OwnLocals,
  charge: Charge,
  shift: number,
): void {
  out.u8(TEE)
  out.u32(own.length)
  emitBudget(out, plan, own, charge)
  out.u8(GET)
  out.u32(own.length)
  // i64.extend_i32_u, shifted right.
  out.put(0xad, I64, shift, 0x88)
  emitSubtract(out, plan, own, charge)
}

/** How units are taken off. */
export interface Charge {
  /** Whether the budget is read from the global: at the entry of a function. */
  readonly isEntry: boolean
  /** Whether the local holds what is left, and the global only where other code runs; else the global always does. */
  readonly isCached: boolean
  /** Whether it is looked at how many are left. */
  readonly isChecked: boolean
}

function emitBudget(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals, { isEntry, isCached }: Charge): void {
  const isLocal = isCached && !isEntry
  out.u8(isLocal ? GET : GLOBAL_GET)
  out.u32(isLocal ? own.budget : plan.budgetGlobal)
}

function emitSubtract(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals, { isCached, isChecked }: Charge): void {
  // i64.sub
  out.put(0x7d, isChecked || !isCached ? TEE : SET)
  out.u32(own.budget)
  if (!isCached) {
    out.u8(GLOBAL_SET)
    out.u32(plan.budgetGlobal)
    if (!isChecked) return
    out.u8(GET)
    out.u32(own.budget)
  }
  if (!isChecked) return
  // i64.const 0, i64.lt_s
  out.put(I64, 0, 0x53)
  emitUnlikelyIf(out, plan)
  if (isCached) emitSaveBudget(out, plan, own)
  out.u8(0x10)
  out.u32(plan.budgetFunction)
  // Without time to look at the host never grants more: nothing is live behind the call, so engines keep all in registers.
  if (!plan.noWaiting) out.u8(UNREACHABLE)
  else if (isCached) emitLoadBudget(out, plan, own)
  out.u8(END)
}

function emitUnlikelyIf(out: ByteBuffer, plan: InstrumentPlan): void {
  plan.hints.unlikely(out.length)
  out.put(0x04, 0x40)
}

/** Before other code runs: what is left is what the global says. */
export function emitSaveBudget(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals): void {
  out.u8(GET)
  out.u32(own.budget)
  out.u8(GLOBAL_SET)
  out.u32(plan.budgetGlobal)
}

/** After other code has run. */
export function emitLoadBudget(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals): void {
  out.u8(GLOBAL_GET)
  out.u32(plan.budgetGlobal)
  out.u8(SET)
  out.u32(own.budget)
}

/** At the entry of a function: one call deeper. */
export function emitDeeper(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals): void {
  out.u8(GLOBAL_GET)
  out.u32(plan.depthGlobal)
  out.put(I32, 1, 0x6b, TEE)
  out.u32(own.depth)
  out.u8(GLOBAL_SET)
  out.u32(plan.depthGlobal)
  out.u8(GET)
  out.u32(own.depth)
  // i32.const 0, i32.lt_s
  out.put(I32, 0, 0x48)
  emitUnlikelyIf(out, plan)
  out.u8(0x10)
  out.u32(plan.depthFunction)
  out.u8(END)
}

/** At the exits of a function: the depth of its caller. */
export function emitShallower(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals): void {
  out.u8(GET)
  out.u32(own.depth)
  out.put(I32, 1, 0x6a, GLOBAL_SET)
  out.u32(plan.depthGlobal)
}

/** Where an exception may have ended calls: the depth of this function. */
export function emitSameDepth(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals): void {
  out.u8(GET)
  out.u32(own.depth)
  out.u8(GLOBAL_SET)
  out.u32(plan.depthGlobal)
}
