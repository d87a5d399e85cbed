import { CALLS, ENDS, FREE, LEAVES } from './basic-blocks.ts'
import { emitIfShort, functionInSteps } from './bulk-in-steps.ts'
import type { ByteBuffer } from './byte-buffer.ts'
import type { CodeMap } from './code-map.ts'
import { Cursor } from './cursor.ts'
import {
  emitAsk,
  emitBulkCharge,
  emitCharge,
  emitDeeper,
  emitLoadBudget,
  emitSameDepth,
  emitSaveBudget,
  emitShallower,
  type OwnLocals,
} from './emit.ts'
import type { FunctionSpec } from './func-types.ts'
import { Ask } from './guard-abi.ts'
import { isPrefix, skipImmediates, skipValueType } from './immediates.ts'
import type { InstrumentPlan } from './instrument-plan.ts'
import { bulkShift, refuseUnbounded } from './refused-instructions.ts'

/**
 * Writes the body of a function with what the plan puts into it: what is not touched is copied as it is.
 *
 * @param body the function's locals and code
 * @param map is told which bytes are copied, and from where
 * @returns whether the function grows a memory or a table
 * @throws UnknownInstruction
 */
export function instrumentBody(
  out: ByteBuffer,
  body: Cursor,
  func: FunctionSpec,
  plan: InstrumentPlan,
  map?: CodeMap,
): boolean {
  const [start, length] = [body.pos, out.length]
  const writer = new BodyWriter(out, body, func, plan, false, map)
  if (writer.write()) return writer.grows
  // A catch clause that branches, to labels that have been written before it was seen.
  body.pos = start
  out.truncate(length)
  const again = new BodyWriter(out, body, func, plan, true, map)
  again.write()
  return again.grows
}

class BodyWriter {
  grows = false
  readonly #out: ByteBuffer
  readonly #c: Cursor
  readonly #func: FunctionSpec
  readonly #plan: InstrumentPlan
  /** Whether each label may be where a catch clause leads. */
  readonly #catches: boolean
  readonly #map: CodeMap | undefined
  #own: OwnLocals = { depth: 0, length: 0, budget: 0 }
  /** Up to where the body has been written. */
  #copied: number
  /** Where the units of the present basic block are to be written, and how many they are; -1 before its first instruction. */
  #charge = -1
  #units = 0

  constructor(
    out: ByteBuffer,
    c: Cursor,
    func: FunctionSpec,
    plan: InstrumentPlan,
    catches: boolean,
    map: CodeMap | undefined,
  ) {
    this.#map = map
    this.#out = out
    this.#c = c
    this.#func = func
    this.#plan = plan
    this.#catches = catches
    this.#copied = c.pos
  }

  /** Writes all of it; false when it has to be written again, with `catches`. */
  write(): boolean {
    const { budget, depth } = this.#plan
    const at = this.#out.reserve()
    this.#map?.begin(this.#func.index, this.#out.length)
    this.#plan.hints.begin(this.#func.index, this.#out.length)
    this.#locals(budget || depth)
    if (depth) emitDeeper(this.#out, this.#plan, this.#own)
    if (budget) this.#beginCharge(true, true)
    if (this.#isWrapped) this.#out.put(0x02, ...(this.#plan.blockTypes.get(this.#func.type) ?? [0x40]))
    while (this.#c.pos < this.#c.end) if (!this.#instruction()) return false
    this.#flush(this.#c.end)
    this.#out.patch(at, this.#out.length - at - 5)
    this.#map?.end(this.#func.index, this.#out.length)
    return true
  }

  /** Steps over the locals, and adds some where they are needed. */
  #locals(areAdded: boolean): void {
    const c = this.#c
    const [groups, begin] = [c.u32(), c.pos]
    let count = this.#func.shape.params
    for (let i = 0; i < groups; i++) {
      count += c.u32()
      skipValueType(c)
    }
    if (!areAdded) return
    this.#own = { depth: count, length: count + 1, budget: count + 2 }
    this.#out.u32(groups + 2)
    this.#out.copy(c.bytes, begin, c.pos)
    this.#out.put(2, 0x7f, 1, 0x7e)
    this.#copied = c.pos
  }

  /** What is left of the budget is in a local, so that tight loops stay in registers. Any label may be where a catch clause leads, else. */
  get #isCached(): boolean {
    return this.#plan.budget && !this.#catches
  }

  /** All of the body becomes a block: branches to the label of the function get to where it is left. */
  get #isWrapped(): boolean {
    return this.#plan.depth || this.#isCached
  }

  #instruction(): boolean {
    const c = this.#c
    const plan = this.#plan
    const at = c.pos
    const opcode = c.u8()
    const sub = isPrefix(opcode) ? c.u32() : 0
    if (opcode === 0x1f && this.#isWrapped && !this.#catches) return false
    refuseUnbounded(plan, opcode, sub)
    const immediates = c.pos
    skipImmediates(c, opcode, sub)
    if (plan.budget && !FREE.has(opcode)) {
      if (this.#charge < 0) {
        this.#flush(at)
        this.#beginCharge(false, false)
      }
      this.#units++
      const shift = bulkShift(opcode, sub)
      if (shift !== undefined) {
        this.#flush(at)
        const charge = { isEntry: false, isCached: this.#isCached, isChecked: true }
        emitBulkCharge(this.#out, plan, this.#own, charge, shift)
      }
    }
    if (c.pos === c.end) this.#close(at)
    else {
      if (CALLS.has(opcode)) this.#save(at)
      if (LEAVES.has(opcode)) this.#leave(opcode, at)
      this.#edit(opcode, sub, at, immediates)
      if (CALLS.has(opcode)) this.#load()
    }
    if (plan.budget) this.#afterwards(opcode, sub)
    return true
  }

  /** What the instruction that begins at `at` becomes, if it does not stay as it is. */
  #edit(opcode: number, sub: number, at: number, immediates: number): void {
    const { memories, tables, globalSpace, tableSpace } = this.#plan
    const map = (index: number): number => tableSpace.map(index)
    switch (opcode) {
      case 0x23:
      case 0x24:
        return this.#mapped(at, immediates, (i) => globalSpace.map(i))
      case 0x25:
      case 0x26:
        return this.#mapped(at, immediates, map)
      case 0x11:
      case 0x13:
        return this.#mapped(at, immediates, undefined, map)
      case 0x40:
        return memories ? this.#grow(at, Ask.growMemory, Ask.grewMemory) : undefined
      case 0xfc:
        if (sub === 10 || sub === 11) return this.#inSteps(sub, at, immediates)
        if (sub === 12) return this.#mapped(at, immediates, undefined, map)
        if (sub === 14) return this.#mapped(at, immediates, map, map)
        if (sub === 15 && tables) return this.#grow(at, Ask.growTable, Ask.grewTable, immediates)
        return sub >= 15 ? this.#mapped(at, immediates, map) : undefined
      case 0x07:
      case 0x19:
        return this.#caught()
      case 0x03:
      case 0x0b:
        return this.#catches ? this.#caught() : undefined
      default:
        return undefined
    }
  }

  #afterwards(opcode: number, sub: number): void {
    if (opcode === 0x03) {
      this.#endCharge()
      this.#flush(this.#c.pos)
      this.#beginCharge(true, false)
    } else if (ENDS.has(opcode) || (opcode === 0xfb && (sub === 24 || sub === 25))) this.#endCharge()
  }

  /** The last `end`. */
  #close(at: number): void {
    if (!this.#isWrapped) return
    this.#flush(at)
    this.#out.u8(0x0b)
    if (this.#isCached) emitSaveBudget(this.#out, this.#plan, this.#own)
    if (this.#plan.depth) emitShallower(this.#out, this.#plan, this.#own)
  }

  #leave(opcode: number, at: number): void {
    this.#save(at)
    // Exceptions may be caught in this function.
    if (!this.#plan.depth || opcode <= 0x0a) return
    this.#flush(at)
    emitShallower(this.#out, this.#plan, this.#own)
  }

  /** An exception has led here. */
  #caught(): void {
    this.#load()
    if (!this.#plan.depth) return
    this.#flush(this.#c.pos)
    emitSameDepth(this.#out, this.#plan, this.#own)
  }

  #save(at: number): void {
    if (!this.#isCached) return
    this.#flush(at)
    emitSaveBudget(this.#out, this.#plan, this.#own)
  }

  #load(): void {
    if (!this.#isCached) return
    this.#flush(this.#c.pos)
    emitLoadBudget(this.#out, this.#plan, this.#own)
  }

  #grow(at: number, before: Ask, after: Ask, immediates?: number): void {
    this.grows = true
    this.#save(at)
    this.#flush(at)
    emitAsk(this.#out, this.#plan, before, this.#func.index)
    if (immediates === undefined) this.#flush(this.#c.pos)
    else this.#mapped(at, immediates, (i) => this.#plan.tableSpace.map(i))
    emitAsk(this.#out, this.#plan, after, this.#func.index)
    this.#load()
  }

  /** A long `memory.copy` or `memory.fill` becomes a call of what does it in steps, where time is limited. */
  #inSteps(sub: number, at: number, immediates: number): void {
    const { bytes, pos } = this.#c
    const index = functionInSteps(this.#plan, sub, new Cursor(bytes, immediates, pos))
    if (index === undefined) return
    this.#flush(at)
    emitIfShort(this.#out, this.#plan, this.#own)
    this.#flush(pos)
    this.#out.u8(0x05)
    this.#save(pos)
    // Where it traps, the frame is that of the instruction.
    this.#map?.copied(this.#func.index, { to: this.#out.length, from: at, length: 1 })
    this.#out.u8(0x10)
    this.#out.u32(index)
    this.#load()
    this.#out.u8(0x0b)
  }

  /** The instruction with its indices mapped; undefined for one that stays. */
  #mapped(at: number, immediates: number, ...maps: readonly (((index: number) => number) | undefined)[]): void {
    this.#flush(at)
    this.#flush(immediates)
    const { pos } = this.#c
    this.#c.pos = immediates
    for (const map of maps) {
      const index = this.#c.u32()
      this.#out.u32(map === undefined ? index : map(index))
    }
    this.#c.pos = pos
    this.#copied = pos
  }

  #flush(to: number): void {
    if (to <= this.#copied) return
    const length = to - this.#copied
    this.#map?.copied(this.#func.index, { to: this.#out.length, from: this.#copied, length })
    this.#out.copy(this.#c.bytes, this.#copied, to)
    this.#copied = to
  }

  #beginCharge(isChecked: boolean, isEntry: boolean): void {
    const charge = { isEntry, isCached: this.#isCached, isChecked }
    this.#charge = emitCharge(this.#out, this.#plan, this.#own, charge)
    // A loop without an instruction in it must not be free.
    this.#units = isChecked ? 1 : 0
  }

  #endCharge(): void {
    if (this.#charge >= 0) this.#out.patch(this.#charge, this.#units)
    this.#charge = -1
  }
}
