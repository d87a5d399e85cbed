import { ByteBuffer } from './byte-buffer.ts'
import { Cursor } from './cursor.ts'
import type { CodeMap } from './code-map.ts'
import { CodeWriter } from './code-writer.ts'
import { copyExpression } from './const-expression.ts'
import { BUDGET, CALLBACKS, DEPTH, GUARD } from './guard-abi.ts'
import { skipValueType, UnknownInstruction } from './immediates.ts'
import { copyLimits } from './limits.ts'
import { readShape, type ModuleShape, type Section } from './module-shape.ts'
import { copyNames, functionNames, isNameSection } from './name-section.ts'
import { refuseChains } from './refused-instructions.ts'
import { copyData, copyElements } from './segments.ts'

export { UnknownInstruction } from './immediates.ts'

/** What a core module is to be held to. */
export interface RewriteOptions {
  /** The number of the core module in its component. */
  readonly module: number
  /** The most pages that each memory may have, in units of 64 KiB. */
  readonly maxMemoryPages: number | undefined
  /** The most elements that each table may have. */
  readonly maxTableElements: number | undefined
  /** Ask the host before memories grow, and tell it how that went. */
  readonly memories: boolean
  /** Count instructions. */
  readonly budget: boolean
  /** The budget is for time, too: it is granted slice by slice, and instructions that wait for other threads are refused. */
  readonly noWaiting: boolean
  /** Count how deep calls nest. */
  readonly depth: boolean
}

export interface Rewritten {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What the module begins with: the pages of the memories and the elements of the tables that it defines. */
  readonly memoryPages: number
  readonly tableElements: number
  /** Whether it imports what `guard-abi` says. */
  readonly isGuarded: boolean
  /** The names of the functions that grow a memory or a table, where they have one. */
  readonly names: ReadonlyMap<number, string>
}

/**
 * Writes a core module anew so that it stays within limits. Functions keep their indices and names; what is added comes
 * behind them. Offsets of code change. Custom sections are left out, but for names.
 *
 * @param bytes a module that the engine has validated
 * @param map is told where the code of functions comes from
 * @throws UnknownInstruction for what cannot be held to the limits, or is not known
 */
export function rewriteModule(bytes: Uint8Array, options: RewriteOptions, map?: CodeMap): Rewritten {
  return new ModuleWriter(bytes, options, map).write()
}

class ModuleWriter {
  readonly #bytes: Uint8Array
  readonly #options: RewriteOptions
  readonly #shape: ModuleShape
  readonly #map: CodeMap | undefined
  readonly #code: CodeWriter
  readonly #out: ByteBuffer
  #memoryPages = 0
  #tableElements = 0

  constructor(bytes: Uint8Array, options: RewriteOptions, map: CodeMap | undefined) {
    this.#bytes = bytes
    this.#options = options
    this.#map = map
    this.#shape = readShape(bytes)
    if (this.#shape.importsFrom(GUARD)) throw new UnknownInstruction(`an import from ${GUARD}`)
    this.#code = new CodeWriter(this.#shape, options, map)
    refuseChains(this.#shape, this.#code.plan)
    this.#out = new ByteBuffer(bytes.length + (options.budget ? bytes.length : bytes.length >> 3))
  }

  write(): Rewritten {
    const out = this.#out
    out.copy(this.#bytes, 0, 8)
    let hasImports = !this.#code.isNeeded
    for (const section of this.#shape.sections) {
      if (section.id >= 3 && !hasImports) {
        out.u8(2)
        out.sized(() => this.#addImports(0))
        hasImports = true
      }
      if (section.id === 2) hasImports = true
      this.#section(section)
    }
    return {
      bytes: out.bytes(),
      memoryPages: this.#memoryPages,
      tableElements: this.#tableElements,
      isGuarded: this.#code.isNeeded,
      names: this.#growerNames(),
    }
  }

  #section({ id, start, end }: Section): void {
    const out = this.#out
    const c = new Cursor(this.#bytes, start, end)
    if (id === 0 && !isNameSection(c)) return
    if (id === 10) return this.#codeSection(c)
    out.u8(id)
    out.sized(() => this.#content(id, c))
  }

  /** What is told of the code stands before it, and is known after it. */
  #codeSection(c: Cursor): void {
    const code = new ByteBuffer(c.end - c.pos)
    code.u8(10)
    code.sized(() => this.#code.code(code, c))
    this.#code.plan.hints.write(this.#out)
    this.#map?.move(this.#out.length)
    this.#out.copy(code.bytes(), 0, code.length)
  }

  #content(id: number, c: Cursor): void {
    const out = this.#out
    const code = this.#code
    switch (id) {
      case 0:
        return copyNames(out, c, code.addedNames())
      case 1:
        return code.types(out, c)
      case 2:
        if (!code.isNeeded) break
        this.#addImports(c.u32(), c)
        return
      case 3:
        return code.functions(out, c)
      case 4:
        return this.#tables(c)
      case 5:
        return this.#each(c, () => {
          const { min, isWide } = copyLimits(out, c, this.#options.maxMemoryPages)
          this.#memoryPages += min
          code.plan.wide.memories ||= isWide
        })
      case 6:
        return this.#each(c, () => {
          const at = c.pos
          skipValueType(c)
          c.skip(1)
          out.copy(c.bytes, at, c.pos)
          copyExpression(out, c, code.plan)
        })
      case 7:
        return this.#exports(c)
      case 9:
        return copyElements(out, c, code.plan)
      case 11:
        return copyData(out, c, code.plan)
      default:
        break
    }
    out.copy(c.bytes, c.pos, c.end)
  }

  #each(c: Cursor, copy: () => void): void {
    const count = c.u32()
    this.#out.u32(count)
    for (let i = 0; i < count; i++) copy()
  }

  #tables(c: Cursor): void {
    const out = this.#out
    this.#each(c, () => {
      const hasValue = c.peek() === 0x40
      if (hasValue) {
        c.skip(2)
        out.put(0x40, 0x00)
      }
      const at = c.pos
      skipValueType(c)
      out.copy(c.bytes, at, c.pos)
      const { min, isWide } = copyLimits(out, c, this.#options.maxTableElements)
      this.#tableElements += min
      this.#code.plan.wide.tables ||= isWide
      if (hasValue) copyExpression(out, c, this.#code.plan)
    })
  }

  #exports(c: Cursor): void {
    const out = this.#out
    this.#each(c, () => {
      const at = c.pos
      c.sized()
      const kind = c.u8()
      out.copy(c.bytes, at, c.pos)
      const index = c.u32()
      const { tableSpace, globalSpace } = this.#code.plan
      const space = kind === 1 ? tableSpace : kind === 3 ? globalSpace : undefined
      out.u32(space?.map(index) ?? index)
    })
  }

  /** The imports of the module, and behind them those of the guard. */
  #addImports(count: number, c?: Cursor): void {
    const { budget, depth } = this.#options
    const out = this.#out
    out.u32(count + 1 + (budget ? 1 : 0) + (depth ? 1 : 0))
    if (c !== undefined) out.copy(c.bytes, c.pos, c.end)
    this.#import(CALLBACKS, 0x01, 0x70, 0x00, 1)
    if (budget) this.#import(BUDGET, 0x03, 0x7e, 0x01)
    if (depth) this.#import(DEPTH, 0x03, 0x7f, 0x01)
  }

  #import(name: string, ...type: readonly number[]): void {
    this.#out.name(GUARD)
    this.#out.name(name)
    this.#out.put(...type)
  }

  #growerNames(): Map<number, string> {
    const growers = this.#code.growers
    const names = new Map<number, string>()
    if (growers.size === 0) return names
    for (const { id, start, end } of this.#shape.sections) {
      const c = new Cursor(this.#bytes, start, end)
      if (id !== 0 || !isNameSection(c)) continue
      for (const [index, name] of functionNames(c)) if (growers.has(index)) names.set(index, name)
    }
    return names
  }
}
