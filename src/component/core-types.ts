import type { Reader } from './reader.ts'

/** The signature of a core function, in the value types of the text format; `ref` is any reference type beyond 2.0. */
export interface CoreFuncType {
  readonly params: readonly string[]
  readonly results: readonly string[]
  /** In a group of types, a subtype or open to subtypes: engines keep it apart from the plain type of the same signature. */
  readonly isDerived?: boolean
}

/** `(i32, i32) -> (i32)` */
export function coreSignature({ params, results, isDerived = false }: CoreFuncType): string {
  return `(${params.join(', ')}) -> (${results.join(', ')})${isDerived ? ', declared with rec or sub' : ''}`
}

/** Of a memory in pages, of a table in elements. */
export interface CoreLimits {
  readonly min: number
  readonly max: number | undefined
  readonly shared: boolean
  /** Whether it is indexed by i64. */
  readonly is64: boolean
}

/** The type of a core import or export; undefined members are those that the bytes do not tell without more reading. */
export type CoreExternType =
  | { readonly sort: 'core func'; readonly type: CoreFuncType | undefined }
  | { readonly sort: 'core memory'; readonly limits: CoreLimits | undefined }
  | { readonly sort: 'core table' | 'core global' | 'core tag' }

const VALUE_TYPES: Readonly<Record<number, string>> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
  0x70: 'funcref',
  0x6f: 'externref',
}

/** A core `valtype`, or a packed type of a field. */
export function readCoreValueType(r: Reader): string {
  const byte = r.byte()
  if (byte === 0x63 || byte === 0x64) r.leb(64)
  else if (byte < 0x69 || byte > 0x7f) r.unexpected('a core value type', byte)
  return VALUE_TYPES[byte] ?? 'ref'
}

function readCompositeType(r: Reader, opcode: number): CoreFuncType | undefined {
  if (opcode === 0x60) return { params: r.vec(readCoreValueType), results: r.vec(readCoreValueType) }
  if (opcode === 0x5f) r.vec(skipField)
  else if (opcode === 0x5e) skipField(r)
  else r.unexpected('a core type', opcode)
  return undefined
}

function skipField(r: Reader): void {
  readCoreValueType(r)
  r.byte()
}

function readSubtype(r: Reader): CoreFuncType | undefined {
  const opcode = r.peek()
  if (opcode !== 0x50 && opcode !== 0x4f) return readCompositeType(r, r.byte())
  r.pos++
  const supertypes = r.vec(() => r.u32())
  const type = readCompositeType(r, r.byte())
  return opcode === 0x50 || supertypes.length > 0 ? derived(type) : type
}

function derived(type: CoreFuncType | undefined): CoreFuncType | undefined {
  return type && { ...type, isDerived: true }
}

/** A `core:rectype`: the types that it defines, undefined for those that are no functions. */
export function readRecursiveType(r: Reader): readonly (CoreFuncType | undefined)[] {
  if (r.peek() !== 0x4e) return [readSubtype(r)]
  r.pos++
  const group = r.vec(readSubtype)
  return group.length === 1 ? group : group.map(derived)
}

/** `limits` */
export function readLimits(r: Reader): CoreLimits {
  const flags = r.byte()
  const min = r.leb(64)
  const max = flags & 0x01 ? r.leb(64) : undefined
  // A page size of its own.
  if (flags & 0x08) r.leb(64)
  return { min, max, shared: (flags & 0x02) !== 0, is64: (flags & 0x04) !== 0 }
}

/** `core:externtype` */
export function readCoreExternType(r: Reader, types: readonly (CoreFuncType | undefined)[]): CoreExternType {
  const sort = r.byte()
  switch (sort) {
    case 0x00:
      return { sort: 'core func', type: types[r.u32()] }
    case 0x01:
      readCoreValueType(r)
      readLimits(r)
      return { sort: 'core table' }
    case 0x02:
      return { sort: 'core memory', limits: readLimits(r) }
    case 0x03:
      skipField(r)
      return { sort: 'core global' }
    case 0x04:
      r.expect(0x00, 'the attribute of a tag')
      r.u32()
      return { sort: 'core tag' }
    default:
      return r.unexpected('the type of a core import or export', sort)
  }
}

/** Steps over a `core:type` of a component (Binary.md, type definitions); gives how many types it defines. */
export function skipCoreType(r: Reader): number {
  const opcode = r.peek()
  if (opcode === 0x50) {
    r.pos++
    r.vec(skipModuleDeclaration)
    return 1
  }
  // Here a leading 0x00 sets a core `sub` apart from a module type.
  if (opcode === 0x00) r.pos++
  return readRecursiveType(r).length
}

function skipModuleDeclaration(r: Reader): void {
  const kind = r.byte()
  if (kind === 0x01) readRecursiveType(r)
  else if (kind === 0x02) {
    r.expect(0x10, 'the sort of core types')
    r.expect(0x01, 'an outer alias')
    r.u32()
    r.u32()
  } else {
    if (kind === 0x00) r.string()
    else if (kind !== 0x03) r.unexpected('a declaration of a module type', kind)
    r.string()
    readCoreExternType(r, [])
  }
}
