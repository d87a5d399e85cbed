import {
  readCoreExternType,
  readLimits,
  readRecursiveType,
  type CoreExternType,
  type CoreFuncType,
  type CoreLimits,
} from './core-types.ts'
import { readModulePreamble } from './preamble.ts'
import { Reader } from './reader.ts'
import { CORE_SORTS } from './scope.ts'

export interface CoreModuleImport {
  readonly module: string
  readonly name: string
  readonly type: CoreExternType
}

export interface CoreModuleExport {
  readonly name: string
  readonly type: CoreExternType
}

/** What a core module asks for and gives. */
export interface CoreModule {
  readonly imports: readonly CoreModuleImport[]
  readonly exports: readonly CoreModuleExport[]
  /** The memories that the module defines itself. */
  readonly memories: readonly CoreLimits[]
}

/**
 * Lists the imports and exports of the core module in `bytes` with their types. Code and data are stepped over.
 *
 * @throws ComponentError when the bytes are no core module or malformed
 */
export function readCoreModule(bytes: Uint8Array): CoreModule {
  const r = new Reader(bytes)
  const types: (CoreFuncType | undefined)[] = []
  const imports: CoreModuleImport[] = []
  const exports: CoreModuleExport[] = []
  const funcs: (CoreFuncType | undefined)[] = []
  const memories: CoreLimits[] = []
  const own: CoreLimits[] = []
  eachSection(r, (id, section) => {
    if (id === 1) section.vec(() => types.push(...readRecursiveType(section)))
    else if (id === 2) {
      section.vec(() => {
        const found = readImport(section, types)
        imports.push(found)
        if (found.type.sort === 'core func') funcs.push(found.type.type)
        else if (found.type.sort === 'core memory' && found.type.limits) memories.push(found.type.limits)
      })
    } else if (id === 3) readDeclared(section, types, funcs)
    else if (id === 5) own.push(...section.vec(readLimits))
    else if (id === 7) {
      memories.push(...own)
      section.vec(() => exports.push(readExport(section, funcs, memories)))
    }
    return id < 7 || id === 13
  })
  return { imports, exports, memories: own }
}

/** The types of the functions that the module defines; only a loop, since there may be very many. */
function readDeclared(
  r: Reader,
  types: readonly (CoreFuncType | undefined)[],
  funcs: (CoreFuncType | undefined)[],
): void {
  const count = r.u32()
  for (let i = 0; i < count; i++) funcs.push(types[r.u32()])
}

/** The imports of the core module that `r` stands at, without the signatures of functions; reads nothing behind them. */
export function readCoreImports(r: Reader): readonly CoreModuleImport[] {
  let imports: readonly CoreModuleImport[] = []
  eachSection(r, (id, section) => {
    if (id === 2) imports = section.vec(() => readImport(section, []))
    return id < 2
  })
  return imports
}

/** Visits the sections, custom ones left out, as long as `visit` returns true. */
function eachSection(r: Reader, visit: (id: number, section: Reader) => boolean): void {
  readModulePreamble(r)
  while (r.pos < r.end) {
    r.spend(1)
    const id = r.byte()
    const section = r.sized()
    if (id !== 0 && !visit(id, section)) return
  }
}

function readImport(r: Reader, types: readonly (CoreFuncType | undefined)[]): CoreModuleImport {
  const module = r.string()
  return { module, name: r.string(), type: readCoreExternType(r, types) }
}

function readExport(
  r: Reader,
  funcs: readonly (CoreFuncType | undefined)[],
  memories: readonly CoreLimits[],
): CoreModuleExport {
  const name = r.string()
  const sort = r.byte()
  const index = r.u32()
  if (sort === 0x00) return { name, type: { sort: 'core func', type: funcs[index] } }
  if (sort === 0x02) return { name, type: { sort: 'core memory', limits: memories[index] } }
  const other = CORE_SORTS[sort]
  if (other === undefined || other === 'core func' || other === 'core memory') return r.unexpected('a core sort', sort)
  return { name, type: { sort: other } }
}
