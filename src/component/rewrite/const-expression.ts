import type { ByteBuffer } from './byte-buffer.ts'
import type { Cursor } from './cursor.ts'
import { isPrefix, skipImmediates } from './immediates.ts'
import type { InstrumentPlan } from './instrument-plan.ts'
import { refuseUnbounded } from './refused-instructions.ts'

/**
 * Copies a constant expression, with the indices that its globals have now.
 *
 * @throws UnknownInstruction
 */
export function copyExpression(out: ByteBuffer, c: Cursor, plan: InstrumentPlan): void {
  for (;;) {
    const at = c.pos
    const opcode = c.u8()
    if (opcode === 0x23) {
      out.u8(opcode)
      out.u32(plan.globalSpace.map(c.u32()))
      continue
    }
    const sub = isPrefix(opcode) ? c.u32() : 0
    refuseUnbounded(plan, opcode, sub)
    skipImmediates(c, opcode, sub)
    out.copy(c.bytes, at, c.pos)
    if (opcode === 0x0b) return
  }
}
