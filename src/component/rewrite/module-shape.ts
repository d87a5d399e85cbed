import { Cursor } from './cursor.ts'
import { readTypes, type FuncShape } from './func-types.ts'
import { skipValueType } from './immediates.ts'

/** A section, custom ones included; `start` is where its content begins. */
export interface Section {
  readonly id: number
  readonly start: number
  readonly end: number
}

/** What has to be known of a module before it can be rewritten. */
export interface ModuleShape {
  readonly sections: readonly Section[]
  readonly types: readonly (FuncShape | undefined)[]
  /** How many of each the module imports. */
  readonly imported: { functions: number; globals: number; tables: number }
  /** Whether any memory, or any table, that it imports has addresses of 64 bits. */
  readonly wide: { memories: boolean; tables: boolean }
  /** Whether there is a memory, and the first has addresses of 32 bits. */
  readonly hasNarrowMemory: boolean
  /** The indices of the types of its tags. */
  readonly tags: readonly number[]
  /** The types of the functions that the module defines, by index. */
  readonly functions: readonly number[]
  /** Whether the module imports from a module of this name. */
  importsFrom(module: string): boolean
}

/** Reads a module that the engine has validated. */
export function readShape(bytes: Uint8Array): ModuleShape {
  const sections = readSections(bytes)
  const cursor = (id: number): Cursor | undefined => {
    const section = sections.find((s) => s.id === id)
    return section && new Cursor(bytes, section.start, section.end)
  }
  const types = cursor(1)
  const imports = cursor(2)
  const functions = cursor(3)
  const imported = { functions: 0, globals: 0, tables: 0 }
  const wide = { memories: false, tables: false }
  const tags: number[] = []
  const modules = new Set<string>()
  const memories: boolean[] = []
  if (imports !== undefined) readImports(imports, { imported, wide, tags, modules, memories })
  const ownMemories = cursor(5)
  for (let n = ownMemories?.u32() ?? 0; n > 0; n--)
    if (ownMemories !== undefined) memories.push(skipLimits(ownMemories))
  const ownTags = cursor(13)
  if (ownTags !== undefined) readTags(ownTags, tags)
  return {
    sections,
    types: types === undefined ? [] : readTypes(types),
    imported,
    wide,
    hasNarrowMemory: memories[0] === false,
    tags,
    functions: functions === undefined ? [] : Array.from({ length: functions.u32() }, () => functions.u32()),
    importsFrom: (module) => modules.has(module),
  }
}

function readSections(bytes: Uint8Array): Section[] {
  const sections: Section[] = []
  const c = new Cursor(bytes, 8)
  while (c.pos < c.end) {
    const id = c.u8()
    const { pos, end } = c.sized()
    sections.push({ id, start: pos, end })
  }
  return sections
}

interface ImportsFound extends Pick<ModuleShape, 'imported' | 'wide'> {
  readonly tags: number[]
  readonly modules: Set<string>
  /** Whether each memory has addresses of 64 bits. */
  readonly memories: boolean[]
}

function readImports(c: Cursor, { imported, wide, tags, modules, memories }: ImportsFound): void {
  const utf8 = new TextDecoder()
  for (let n = c.u32(); n > 0; n--) {
    const { pos, end } = c.sized()
    modules.add(utf8.decode(c.bytes.subarray(pos, end)))
    c.sized()
    const kind = c.u8()
    if (kind === 0) {
      imported.functions++
      c.skipLeb()
    } else if (kind === 1) {
      imported.tables++
      skipValueType(c)
      wide.tables = skipLimits(c) || wide.tables
    } else if (kind === 2) {
      const isWide = skipLimits(c)
      memories.push(isWide)
      wide.memories ||= isWide
    } else if (kind === 3) {
      imported.globals++
      skipValueType(c)
      c.skip(1)
    } else {
      c.skip(1)
      tags.push(c.u32())
    }
  }
}

function readTags(c: Cursor, tags: number[]): void {
  for (let n = c.u32(); n > 0; n--) {
    c.skip(1)
    tags.push(c.u32())
  }
}

/** Whether addresses have 64 bits. */
function skipLimits(c: Cursor): boolean {
  const flags = c.u8()
  c.skipLeb()
  if ((flags & 0x01) !== 0) c.skipLeb()
  if ((flags & 0x08) !== 0) c.skipLeb()
  return (flags & 0x04) !== 0
}
