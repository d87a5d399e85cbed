import { BranchHints } from './branch-hints.ts'
import { emitCopyInSteps, emitFillInSteps } from './bulk-in-steps.ts'
import type { ByteBuffer } from './byte-buffer.ts'
import type { CodeMap } from './code-map.ts'
import { Cursor } from './cursor.ts'
import { emitAskFunction } from './emit.ts'
import { instrumentBody } from './function-body.ts'
import type { FuncShape } from './func-types.ts'
import { Ask } from './guard-abi.ts'
import { IndexSpace } from './index-space.ts'
import type { InstrumentPlan } from './instrument-plan.ts'
import type { ModuleShape } from './module-shape.ts'
import type { RewriteOptions } from './rewrite.ts'

/** A function that is put behind those of the module. */
interface Added {
  readonly index: number
  readonly name: string
  /** Its type among those that are added. */
  readonly type: number
  readonly emit: (out: ByteBuffer, plan: InstrumentPlan) => void
}

/** The sections of types, functions and code of a module whose code is watched. */
export class CodeWriter {
  /** Whether there is code, and anything to watch in it. */
  readonly isNeeded: boolean
  readonly plan: InstrumentPlan
  /** The functions that grow a memory or a table. */
  readonly growers: Set<number> = new Set()
  readonly #shape: ModuleShape
  readonly #map: CodeMap | undefined
  readonly #blockTypes: Map<number, readonly number[]> = new Map()
  /** The types of functions with several results, or with one that is more than a byte long. */
  readonly #blocks: FuncShape[] = []

  constructor(shape: ModuleShape, options: RewriteOptions, map: CodeMap | undefined) {
    const { budget, depth, memories, noWaiting, maxTableElements } = options
    const tables = maxTableElements !== undefined
    const { imported, functions, types } = shape
    this.#shape = shape
    this.#map = map
    this.isNeeded = functions.length > 0 && (budget || depth || memories || tables)
    const globals = this.isNeeded ? (budget ? 1 : 0) + (depth ? 1 : 0) : 0
    const firstFunction = imported.functions + functions.length
    const firstInSteps = firstFunction + (budget ? 1 : 0) + (depth ? 1 : 0)
    const isInSteps = this.isNeeded && budget && noWaiting && shape.hasNarrowMemory
    this.plan = {
      module: options.module,
      budget,
      depth,
      memories,
      tables,
      noWaiting,
      hints: new BranchHints(),
      wide: { ...shape.wide },
      globalSpace: new IndexSpace(imported.globals, globals),
      tableSpace: new IndexSpace(imported.tables, this.isNeeded ? 1 : 0),
      budgetGlobal: imported.globals,
      depthGlobal: imported.globals + (budget ? 1 : 0),
      callbackTable: imported.tables,
      callbackType: types.length,
      budgetFunction: firstFunction,
      depthFunction: firstFunction + (budget ? 1 : 0),
      inSteps: isInSteps ? { fill: firstInSteps, copy: firstInSteps + 1 } : undefined,
      blockTypes: this.#blockTypes,
    }
  }

  /** What has been added behind the module's functions. */
  addedNames(): (readonly [index: number, name: string])[] {
    return this.#added().map(({ index, name }) => [index, name])
  }

  types(out: ByteBuffer, c: Cursor): void {
    if (!this.isNeeded) return out.copy(c.bytes, c.pos, c.end)
    const { types, functions } = this.#shape
    const isWrapping = this.plan.depth || this.plan.budget
    if (isWrapping) for (const type of new Set(functions)) this.#addBlockType(type, types[type], types.length + 3)
    out.u32(c.u32() + 3 + this.#blocks.length)
    out.copy(c.bytes, c.pos, c.end)
    out.put(0x60, 3, 0x7f, 0x7f, 0x7f, 1, 0x7f)
    out.put(0x60, 0, 0)
    out.put(0x60, 3, 0x7f, 0x7f, 0x7f, 0)
    for (const { results, start, end } of this.#blocks) {
      out.put(0x60, 0)
      out.u32(results)
      out.copy(c.bytes, start, end)
    }
  }

  functions(out: ByteBuffer, c: Cursor): void {
    const added = this.#added()
    out.u32(c.u32() + added.length)
    out.copy(c.bytes, c.pos, c.end)
    for (const { type } of added) out.u32(this.plan.callbackType + type)
  }

  code(out: ByteBuffer, c: Cursor): void {
    if (!this.isNeeded) return out.copy(c.bytes, c.pos, c.end)
    const { functions, types, imported } = this.#shape
    const added = this.#added()
    out.u32(c.u32() + added.length)
    for (const [i, type] of functions.entries()) {
      const shape = types[type]
      if (shape === undefined) throw new TypeError(`the function ${i} has no function type`)
      const index = imported.functions + i
      if (instrumentBody(out, c.sized(), { index, type, shape }, this.plan, this.#map)) this.growers.add(index)
    }
    for (const { index, emit } of added) {
      this.#map?.added(index, out.length)
      emit(out, this.plan)
      this.#map?.end(index, out.length)
    }
  }

  #added(): Added[] {
    const { budget, depth, budgetFunction, depthFunction, inSteps } = this.plan
    if (!this.isNeeded) return []
    const asking = (index: number, name: string, ask: Ask): Added => {
      return { index, name, type: 1, emit: (out, plan) => emitAskFunction(out, plan, ask) }
    }
    return [
      ...(budget ? [asking(budgetFunction, 'witgen:guard.budget', Ask.budget)] : []),
      ...(depth ? [asking(depthFunction, 'witgen:guard.depth', Ask.depth)] : []),
      ...(inSteps === undefined
        ? []
        : [
            { index: inSteps.fill, name: 'witgen:guard.fill', type: 2, emit: emitFillInSteps },
            { index: inSteps.copy, name: 'witgen:guard.copy', type: 2, emit: emitCopyInSteps },
          ]),
    ]
  }

  #addBlockType(type: number, shape: FuncShape | undefined, first: number): void {
    if (shape === undefined || shape.results === 0) return
    const index = first + this.#blocks.length
    this.#blocks.push(shape)
    this.#blockTypes.set(type, signedLeb(index))
  }
}

/** The index of a type as a block type: a signed integer. */
function signedLeb(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 64) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  return [...bytes, rest]
}
