import type { ByteBuffer } from './byte-buffer.ts'
import type { Cursor } from './cursor.ts'
import type { OwnLocals } from './emit.ts'
import type { InstrumentPlan } from './instrument-plan.ts'

const [TO, FROM, LENGTH] = [0, 1, 2] as const
const BLOCK = [0x02, 0x40]
const LOOP = [0x03, 0x40]
const IF = [0x04, 0x40]
const [ELSE, END, BR, BR_IF] = [0x05, 0x0b, 0x0c, 0x0d] as const
const [ADD, SUB, LESS, LESS_OR_EQUAL] = [0x6a, 0x6b, 0x49, 0x4d] as const

const get = (local: number): number[] => [0x20, local]
const set = (local: number): number[] => [0x21, local]
const FILL = [0xfc, 11, 0]
const COPY = [0xfc, 10, 0, 0]
const MINUS_ONE = [0x41, 0x7f]
/**
 * 16 MiB: what one instruction may write until the clock is looked at. That takes some milliseconds, also where pages are touched
 * for the first time; without it one instruction could take seconds, and nothing could end it.
 */
const STEP = [0x41, 0x80, 0x80, 0x80, 0x08]
/** Traps as what lies outside of the memory does. */
const TRAP = [...MINUS_ONE, 0x41, 0, 0x41, 2, ...FILL]

const moved = (local: number, by: number): number[] => [...get(local), ...STEP, by, ...set(local)]
const last = (local: number): number[] => [...get(local), ...get(LENGTH), ADD, ...MINUS_ONE, ADD]
/** Addresses do not begin again at 0. */
const refusedBeyond = (local: number): number[] => [...last(local), ...get(local), LESS, ...IF, ...TRAP, END]

/** The body of a function that does what `memory.fill` does on the first memory, in steps. */
export function emitFillInSteps(out: ByteBuffer, plan: InstrumentPlan): void {
  const step = [...get(TO), ...get(FROM), ...STEP, ...FILL, ...moved(TO, ADD), ...moved(LENGTH, SUB)]
  emitInSteps(out, plan, [...refusedBeyond(TO), ...step], FILL)
}

/** The body of a function that does what `memory.copy` does within the first memory, in steps. */
export function emitCopyInSteps(out: ByteBuffer, plan: InstrumentPlan): void {
  const moves = [...moved(TO, ADD), ...moved(FROM, ADD), ...moved(LENGTH, SUB)]
  const upwards = [...get(TO), ...get(FROM), ...STEP, ...COPY, ...moves]
  // What is copied to above it must not be overwritten before it is: the end comes first.
  const ends = [...get(TO), ...get(LENGTH), ADD, ...get(FROM), ...get(LENGTH), ADD]
  const downwards = [...moved(LENGTH, SUB), ...ends, ...STEP, ...COPY]
  const step = [...get(TO), ...get(FROM), LESS_OR_EQUAL, ...IF, ...upwards, ELSE, ...downwards, END]
  emitInSteps(out, plan, [...refusedBeyond(TO), ...refusedBeyond(FROM), ...step], COPY)
}

function emitInSteps(out: ByteBuffer, plan: InstrumentPlan, step: readonly number[], rest: readonly number[]): void {
  out.sized(() => {
    out.put(0, ...BLOCK, ...LOOP)
    out.put(...get(LENGTH), ...STEP, LESS_OR_EQUAL, BR_IF, 1)
    out.put(...step, 0x10)
    out.u32(plan.budgetFunction)
    out.put(BR, 0, END, END)
    out.put(...get(TO), ...get(FROM), ...get(LENGTH), ...rest, END)
  })
}

/** With the length in a local and the operands on the stack: what follows is for those that need no steps, up to an `else`. */
export function emitIfShort(out: ByteBuffer, plan: InstrumentPlan, own: OwnLocals): void {
  out.u8(0x20)
  out.u32(own.length)
  out.put(...STEP, LESS_OR_EQUAL, 0x04)
  out.s32(plan.callbackType + 2)
}

/**
 * The function that does an instruction in steps; undefined for one that stays.
 *
 * @param sub the second part of the opcode
 * @param c where its immediates stand
 */
export function functionInSteps({ inSteps }: InstrumentPlan, sub: number, c: Cursor): number | undefined {
  const isOfFirst = c.u32() === 0 && (sub === 11 || c.u32() === 0)
  return isOfFirst ? inSteps?.[sub === 11 ? 'fill' : 'copy'] : undefined
}
