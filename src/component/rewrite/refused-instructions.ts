import { UnknownInstruction } from './immediates.ts'
import type { InstrumentPlan } from './instrument-plan.ts'

/**
 * Refuses what would get around a limit: objects that the engine collects are in no memory, and a thread that waits counts
 * no instructions.
 *
 * @throws UnknownInstruction
 */
export function refuseUnbounded(plan: InstrumentPlan, opcode: number, sub: number): void {
  if (opcode === 0xfb && plan.memories && (sub <= 1 || (sub >= 6 && sub <= 10))) {
    throw new UnknownInstruction(
      `${sub <= 1 ? 'struct.new' : 'array.new'}, whose objects are in no memory that could be limited,`,
    )
  }
  if (opcode === 0xfe && plan.noWaiting && (sub === 1 || sub === 2)) {
    throw new UnknownInstruction('memory.atomic.wait, which no limit of time can end,')
  }
}

/** By how many bits the length of a bulk instruction is shifted to get its units; undefined for other instructions. */
export function bulkShift(opcode: number, sub: number): number | undefined {
  if (opcode === 0xfc) {
    // memory.init, copy, fill: 64 bytes a unit; table.init, copy, grow, fill: 8 elements.
    if (sub === 8 || sub === 10 || sub === 11) return 6
    return sub === 12 || sub === 14 || sub === 15 || sub === 17 ? 3 : undefined
  }
  // array.new with a length, array.fill, copy, init.
  return opcode === 0xfb && (sub === 6 || sub === 7 || sub === 9 || sub === 10 || (sub >= 16 && sub <= 19))
    ? 3
    : undefined
}
