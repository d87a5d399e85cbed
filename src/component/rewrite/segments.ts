import type { ByteBuffer } from './byte-buffer.ts'
import { copyExpression } from './const-expression.ts'
import type { Cursor } from './cursor.ts'
import { skipValueType } from './immediates.ts'
import type { InstrumentPlan } from './instrument-plan.ts'

/** Copies the elements section, with the indices that tables and globals have now. */
export function copyElements(out: ByteBuffer, c: Cursor, plan: InstrumentPlan): void {
  const count = c.u32()
  out.u32(count)
  for (let i = 0; i < count; i++) copySegment(out, c, plan)
}

function copySegment(out: ByteBuffer, c: Cursor, plan: InstrumentPlan): void {
  const flags = c.u32()
  const isActive = (flags & 0x01) === 0
  const isExplicit = (flags & 0x02) !== 0
  const hasExpressions = (flags & 0x04) !== 0
  // Without an index it is table 0 that is meant, which may have another index now: always written.
  out.u32(isActive ? flags | 0x02 : flags)
  if (isActive) {
    out.u32(plan.tableSpace.map(isExplicit ? c.u32() : 0))
    copyExpression(out, c, plan)
  }
  const at = c.pos
  if (isActive && !isExplicit) out.u8(hasExpressions ? 0x70 : 0x00)
  else if (hasExpressions) skipValueType(c)
  else c.skip(1)
  const count = c.u32()
  if (!hasExpressions) for (let i = 0; i < count; i++) c.skipLeb()
  out.copy(c.bytes, at, c.pos)
  if (hasExpressions) for (let i = 0; i < count; i++) copyExpression(out, c, plan)
}

/** Copies the data section, with the indices that globals have now. */
export function copyData(out: ByteBuffer, c: Cursor, plan: InstrumentPlan): void {
  const count = c.u32()
  out.u32(count)
  for (let i = 0; i < count; i++) {
    const flags = c.u32()
    out.u32(flags)
    if (flags === 2) out.u32(c.u32())
    if (flags !== 1) copyExpression(out, c, plan)
    const at = c.pos
    c.sized()
    out.copy(c.bytes, at, c.pos)
  }
}
