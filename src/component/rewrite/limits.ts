import type { ByteBuffer } from './byte-buffer.ts'
import type { Cursor } from './cursor.ts'
import { UnknownInstruction } from './immediates.ts'

/**
 * Copies `limits` with a maximum of at most `cap`, which is set where the module declares none.
 *
 * @param cap in pages or elements; undefined leaves the maximum as it is
 * @returns the minimum, and whether addresses have 64 bits
 * @throws UnknownInstruction for limits that cannot be held to `cap`: 64-bit addresses, pages of another size
 */
export function copyLimits(
  out: ByteBuffer,
  c: Cursor,
  cap: number | undefined,
): { readonly min: number; readonly isWide: boolean } {
  const at = c.pos
  const flags = c.u8()
  const min = c.u32()
  const max = (flags & 0x01) === 0 ? undefined : c.u32()
  if ((flags & 0x08) !== 0) c.skipLeb()
  const isWide = (flags & 0x04) !== 0
  if (cap === undefined) {
    out.copy(c.bytes, at, c.pos)
    return { min, isWide }
  }
  if (isWide) throw new UnknownInstruction('a memory or table with 64-bit addresses')
  if ((flags & 0x08) !== 0) throw new UnknownInstruction('a memory with pages of its own size')
  out.u8(flags | 0x01)
  out.u32(min)
  // What begins above the cap is refused before it is instantiated; until then it has to be valid.
  out.u32(Math.max(min, Math.min(cap, max ?? cap)))
  return { min, isWide }
}
