import { skipValueType, UnknownInstruction } from './immediates.ts'
import type { Cursor } from './cursor.ts'

/** What the types section says of one function type. */
export interface FuncShape {
  readonly params: number
  readonly results: number
  /** Whether a parameter is a caught exception. */
  readonly takesExceptions: boolean
  /** Where the types of the results stand. */
  readonly start: number
  readonly end: number
}

/** A function of the module. */
export interface FunctionSpec {
  readonly index: number
  readonly type: number
  readonly shape: FuncShape
}

/** The types of a module by index; undefined for those that are no functions. */
export function readTypes(section: Cursor): (FuncShape | undefined)[] {
  const types: (FuncShape | undefined)[] = []
  for (let n = section.u32(); n > 0; n--) {
    if (section.peek() !== 0x4e) types.push(readSubtype(section))
    else {
      section.skip(1)
      for (let members = section.u32(); members > 0; members--) types.push(readSubtype(section))
    }
  }
  return types
}

function readSubtype(c: Cursor): FuncShape | undefined {
  let form = c.u8()
  if (form === 0x50 || form === 0x4f) {
    for (let n = c.u32(); n > 0; n--) c.skipLeb()
    form = c.u8()
  }
  if (form === 0x60) return readFunc(c)
  if (form === 0x5f) for (let n = c.u32(); n > 0; n--) skipField(c)
  else if (form === 0x5e) skipField(c)
  else throw new UnknownInstruction(`a type of form 0x${form.toString(16)}`)
  return undefined
}

function readFunc(c: Cursor): FuncShape {
  const params = c.u32()
  let takesExceptions = false
  for (let i = 0; i < params; i++) {
    // `exnref`, `(ref exn)`, `(ref null exn)`.
    const isLong = c.peek() === 0x63 || c.peek() === 0x64
    takesExceptions ||= c.bytes[c.pos + (isLong ? 1 : 0)] === 0x69
    skipValueType(c)
  }
  const results = c.u32()
  const start = c.pos
  for (let i = 0; i < results; i++) skipValueType(c)
  return { params, results, takesExceptions, start, end: c.pos }
}

function skipField(c: Cursor): void {
  // Packed types are below the value types.
  if (c.peek() === 0x78 || c.peek() === 0x77) c.skip(1)
  else skipValueType(c)
  c.skip(1)
}
