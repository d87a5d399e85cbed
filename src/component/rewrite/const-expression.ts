import type { ByteBuffer } from './byte-buffer.ts'
import type { Cursor } from './cursor.ts'
import { isPrefix, skipImmediates } from './immediates.ts'
import type { IndexSpace } from './index-space.ts'

/** Copies a constant expression, with the indices that its globals have now. */
export function copyExpression(out: ByteBuffer, c: Cursor, globals: IndexSpace): void {
  for (;;) {
    const at = c.pos
    const opcode = c.u8()
    if (opcode === 0x23) {
      out.u8(opcode)
      out.u32(globals.map(c.u32()))
      continue
    }
    skipImmediates(c, opcode, isPrefix(opcode) ? c.u32() : 0)
    out.copy(c.bytes, at, c.pos)
    if (opcode === 0x0b) return
  }
}
