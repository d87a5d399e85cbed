import { UnknownInstruction } from './immediates.ts'
import type { InstrumentPlan } from './instrument-plan.ts'
import type { ModuleShape } from './module-shape.ts'

const WIDE = 'with 64-bit addresses, whose lengths are not counted,'

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
  const { budget, memories, tables, wide } = plan
  if (wide.memories && ((memories && opcode === 0x40) || (budget && bulkShift(opcode, sub) === 6))) {
    throw new UnknownInstruction(`${opcode === 0x40 ? 'memory.grow' : 'a bulk instruction'} of a memory ${WIDE}`)
  }
  const isOfTables = opcode === 0xfc && sub >= 12
  if (wide.tables && isOfTables && ((budget && bulkShift(opcode, sub) === 3) || (tables && sub === 15))) {
    throw new UnknownInstruction(`a bulk instruction of a table ${WIDE}`)
  }
}

/**
 * Refuses tags whose exceptions carry others: chains of them are in no memory. Exceptions alone are bounded by the tables and
 * the calls that hold them.
 *
 * @throws UnknownInstruction
 */
export function refuseChains({ types, tags }: ModuleShape, plan: InstrumentPlan): void {
  if (plan.memories && tags.some((type) => types[type]?.takesExceptions === true)) {
    throw new UnknownInstruction('a tag whose exceptions carry others, chains of which are in no memory,')
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
