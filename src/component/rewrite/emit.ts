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
const TEE = 0x22
const GLOBAL_GET = 0x23
const GLOBAL_SET = 0x24
const END = 0x0b

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
 * Takes units off the budget. Only where `check` is set is looked whether any are left.
 *
 * @returns where the number of units is to be patched in
 */
export function emitCharge(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals, check: boolean): number {
  out.u8(GLOBAL_GET)
  out.u32(plan.budgetGlobal)
  out.u8(I64)
  const at = out.reserve()
  emitSubtract(out, plan, own, check)
  return at
}

/** Charges for a bulk operation by its length, which lies on top of the stack and stays there. */
export function emitBulkCharge(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals, shift: number): void {
  out.u8(TEE)
  out.u32(own.length)
  out.u8(GLOBAL_GET)
  out.u32(plan.budgetGlobal)
  out.u8(GET)
  out.u32(own.length)
  // i64.extend_i32_u, shifted right.
  out.put(0xad, I64, shift, 0x88)
  emitSubtract(out, plan, own, true)
}

function emitSubtract(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals, check: boolean): void {
  out.u8(0x7d)
  if (check) {
    out.u8(TEE)
    out.u32(own.budget)
  }
  out.u8(GLOBAL_SET)
  out.u32(plan.budgetGlobal)
  if (!check) return
  out.u8(GET)
  out.u32(own.budget)
  // i64.const 0, i64.lt_s, if
  out.put(I64, 0, 0x53, 0x04, 0x40, 0x10)
  out.u32(plan.budgetFunction)
  out.u8(END)
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
  // i32.const 0, i32.lt_s, if
  out.put(I32, 0, 0x48, 0x04, 0x40, 0x10)
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
