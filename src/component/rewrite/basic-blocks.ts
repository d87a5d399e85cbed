// Which instructions make and leave basic blocks, by opcode.

/** Neither instruction that does something nor end of a block of them: `nop`, `block`, `else`, `try`, `catch`, `end` … */
export const FREE: ReadonlySet<number> = new Set([0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x0b, 0x18, 0x19, 0x1f])
/** Calls, after which this function goes on: by index, through a table, through a reference. */
export const CALLS: ReadonlySet<number> = new Set([0x10, 0x11, 0x14])
/** What may lead out of the function: exceptions, `return`, tail calls. */
export const LEAVES: ReadonlySet<number> = new Set([0x08, 0x09, 0x0a, 0x0f, 0x12, 0x13, 0x15])
/** What ends a basic block: behind it another one begins. */
export const ENDS: ReadonlySet<number> = new Set([
  0x00, 0x04, 0x05, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x12, 0x13, 0x15, 0x18, 0x19, 0xd5, 0xd6,
])
