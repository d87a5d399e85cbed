import { readCoreImports } from '../component/core-module.ts'
import { customSections } from '../component/custom-sections.ts'
import { Reader } from '../component/reader.ts'

/** A function that a core module defines. */
export interface CoreFunction {
  /** In the module's index space, in which imports come first. */
  readonly index: number
  /** From the name section. */
  readonly name: string | undefined
  /** The body, locals included: offsets from the beginning of the module, `end` exclusive. */
  readonly start: number
  readonly end: number
}

/** What a debugger wants to know of a core module. */
export interface GuestModule {
  readonly bytes: Uint8Array
  /** Where addresses of DWARF count from: the contents of the code section. */
  readonly codeStart: number
  /** In the order of their indices and of their places. */
  readonly functions: readonly CoreFunction[]
}

/**
 * Finds the functions of a core module.
 *
 * @throws ComponentError when the bytes are no core module or malformed
 */
export function readGuestModule(bytes: Uint8Array): GuestModule {
  const imported = readCoreImports(unlimited(bytes)).filter(({ type }) => type.sort === 'core func').length
  const names = functionNames(bytes)
  const functions: CoreFunction[] = []
  const r = unlimited(bytes)
  r.pos = 8
  let codeStart = bytes.length
  while (r.pos < r.end) {
    const id = r.byte()
    const section = r.sized()
    if (id !== 10) continue
    codeStart = section.pos
    const count = section.u32()
    for (let i = 0; i < count; i++) {
      const { pos, end } = section.sized()
      functions.push({ index: imported + i, name: names.get(imported + i), start: pos, end })
    }
  }
  return { bytes, codeStart, functions }
}

/** The function names of the name section, which nothing else depends on: where it is malformed, those before. */
function functionNames(bytes: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  try {
    for (const section of customSections(bytes, 'name')) {
      const r = unlimited(section.bytes)
      while (section.name === 'name' && r.pos < r.end) {
        const id = r.byte()
        const part = r.sized()
        if (id !== 1) continue
        const count = part.u32()
        for (let i = 0; i < count; i++) names.set(part.u32(), part.string())
      }
    }
  } catch {
    return names
  }
  return names
}

/** The limit on items is for what is going to run; here nothing is read twice. */
function unlimited(bytes: Uint8Array): Reader {
  return new Reader(bytes, 0, bytes.length, { left: Number.POSITIVE_INFINITY })
}
