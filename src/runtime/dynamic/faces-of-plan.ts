import type { FuncDef, LinkPlan, ResourceDef } from '../../component/link-plan.ts'
import { pascalCase, type Func, type TypeDef } from '../../ir/index.ts'
import type { ExportFace, ImportFace } from '../descriptor.ts'
import type { FuncDefs, WorldFit } from '../world-check.ts'
import { memberNames, type Face } from './face.ts'
import { invocation } from './invocation.ts'

/**
 * A component as a world of its own: what its imports are to be given, and all that it exports, both with its own types.
 */
export function worldOfPlan(plan: LinkPlan): WorldFit {
  const imports = new Map<string, ImportFace>()
  const root = importRoot(plan)
  for (const [item, { kind }] of plan.imports) {
    if (kind === 'interface') imports.set(item, importFace(item, plan))
    else if (kind === 'function' || kind === 'type') imports.set(item, root)
  }
  const exports = new Map<ExportFace, FuncDefs>()
  const resources = new Map<ExportFace, ReadonlyMap<string, ResourceDef>>()
  for (const { face, functions, defs } of exportedFaces(plan)) {
    const exported: ExportFace = { id: face.id, functions: named(face), face }
    exports.set(exported, functions)
    resources.set(exported, defs)
  }
  return { imports, faces: [...new Set(imports.values())], exports, resources, extras: new Map() }
}

/** What the host is to give for the import `item` of a component. */
export function importFace(item: string, plan: LinkPlan): ImportFace {
  const found = plan.imports.get(item)
  if (found?.kind !== 'interface') return importRoot(plan)
  const { functions, types } = found.interface
  return describe({ id: item, functions: [...functions.values()], resources: resourceTypes(types) })
}

/** What the host is to give outside of interfaces. */
function importRoot(plan: LinkPlan): ImportFace {
  const functions: Func[] = []
  const types = new Map<string, TypeDef>()
  for (const [name, item] of plan.imports) {
    if (item.kind === 'function') functions.push(item.function)
    else if (item.kind === 'type') types.set(name, item.type)
  }
  return describe({ id: '', functions, resources: resourceTypes(types) })
}

function describe(face: Face): ImportFace {
  const resources = [...face.resources.keys()].map((name) => [name, { member: pascalCase(name) }] as const)
  const members = memberNames(face)
  const functions = face.functions.map((func) => {
    const member = members.get(func.name) ?? func.name
    return [func.name, { member, ...(func.kind.kind === 'freestanding' ? {} : { invoke: invocation(func, member) }) }]
  })
  return { id: face.id, functions: Object.fromEntries(functions), resources: Object.fromEntries(resources) }
}

function named(face: Face): Record<string, { readonly member: string }> {
  return Object.fromEntries([...memberNames(face)].map(([name, member]) => [name, { member }]))
}

function resourceTypes(types: ReadonlyMap<string, TypeDef>): ReadonlyMap<string, TypeDef> {
  return new Map([...types].filter(([, def]) => def.type.kind === 'resource'))
}

interface ExportedFace {
  readonly face: Face
  readonly functions: FuncDefs
  readonly defs: ReadonlyMap<string, ResourceDef>
}

/** The exported interfaces, then what stands outside of them. A resource belongs to the first that exports it. */
function exportedFaces(plan: LinkPlan): ExportedFace[] {
  const faces: ExportedFace[] = []
  const taken = new Set<ResourceDef>()
  const add = (id: string, functions: FuncDefs, resources: ReadonlyMap<string, ResourceDef>): void => {
    const own = [...resources].filter(([, def]) => def.kind === 'defined' && !taken.has(def))
    for (const [, def] of own) taken.add(def)
    const face: Face = {
      id,
      functions: [...functions].map(([name, { type }]) => (type.name === name ? type : { ...type, name })),
      resources: new Map(own.map(([name, def]) => [name, def.type])),
    }
    faces.push({ face, functions, defs: new Map(own) })
  }
  const functions = new Map<string, FuncDef>()
  const resources = new Map<string, ResourceDef>()
  for (const [id, item] of plan.exports) {
    if (item.kind === 'interface') add(id, item.functions, item.resources)
    else if (item.kind === 'function') functions.set(id, item.function)
    else if (item.kind === 'type' && item.resource !== undefined) resources.set(id, item.resource)
  }
  if (functions.size + resources.size > 0) add('', functions, resources)
  return faces
}
