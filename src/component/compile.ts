import type { Func, TypeDef } from '../ir/index.ts'
import { ComponentError } from './component-error.ts'
import { readComponent } from './component.ts'
import { coreMisfits } from './core-check.ts'
import type { Entity, EntityOf } from './entities.ts'
import type { ExternName } from './extern-name.ts'
import { bindToHost, declare, typeDefOf, type Namespace } from './externs.ts'
import type { ExportItem, FuncDef, ImportItem, LinkPlan, ResourceDef } from './link-plan.ts'
import { PlanBuilder } from './plan-builder.ts'

/**
 * Works out how to instantiate the component in `bytes` (Binary.md, Explainer.md). The plan keeps views into `bytes`,
 * which must not be changed afterwards. Core modules are not validated, only the types of
 * their imports and exports are compared with those of the component's functions.
 *
 * @throws ComponentError when the bytes are no component of the supported version, malformed, or use what is not supported
 */
export function planComponent(bytes: Uint8Array): LinkPlan {
  const plan = new PlanBuilder(bytes)
  const imports = new Map<string, ImportItem>()
  const exports = new Map<string, ExportItem>()
  const importSpace = worldSpace(plan)
  readComponent(plan, plan.reader(), undefined, undefined, {
    exports: worldSpace(plan),
    onImport: (r, name, type) => {
      const { id, offset } = name
      if (imports.has(id)) r.fail('CMP1005', `expected each import only once, \`${id}\` is there twice`, offset)
      const entity = declare(plan, r, name, type, importSpace, undefined)
      bindToHost(plan, r, entity, id, undefined)
      const item = importItem(plan, name, entity)
      if (item !== undefined) imports.set(id, item)
      return entity
    },
    onExport: (r, name, entity) => {
      const { id, offset } = name
      if (exports.has(id)) r.fail('CMP1005', `expected each export only once, \`${id}\` is there twice`, offset)
      if (entity.sort === 'instance') r.spend(entity.exports.size)
      const item = exportItem(plan, name, entity)
      if (item !== undefined) exports.set(id, item)
    },
  })
  const { modules, steps, componentInstances, resources, world } = plan
  const linked = { imports, exports, modules, steps, componentInstances, resources, world }
  refuseMisfits(linked, bytes)
  return linked
}

/** How many differences an error lists. */
const SHOWN = 20

function refuseMisfits(plan: LinkPlan, bytes: Uint8Array): void {
  const misfits = coreMisfits(plan)
  const [first] = misfits
  if (first === undefined) return
  const lines = misfits.slice(0, SHOWN).map(({ text }) => `\n  ${text}`)
  const more = misfits.length > SHOWN ? `\n  and ${misfits.length - SHOWN} more` : ''
  const at = (plan.modules[first.module]?.byteOffset ?? bytes.byteOffset) - bytes.byteOffset
  const text = `expected core functions with the types of the component's functions:${lines.join('')}${more}`
  throw new ComponentError('CMP1011', text, at)
}

function worldSpace(plan: PlanBuilder): Namespace {
  return { owner: plan.world, types: new Map<string, TypeDef>(), functions: new Map<string, Func>() }
}

/** Undefined for types that are neither value types nor resources: nothing has to be given for them. */
function importItem(plan: PlanBuilder, name: ExternName, entity: Entity): ImportItem | undefined {
  switch (entity.sort) {
    case 'instance':
      plan.name(entity.face, name.implements ?? name.id)
      return { kind: 'interface', interface: entity.face }
    case 'func':
      return { kind: 'function', function: entity.func.type }
    case 'type': {
      const type = typeDefOf(entity.item)
      return type && { kind: 'type', type }
    }
    default:
      return { kind: entity.sort === 'component' ? 'component' : 'module' }
  }
}

function exportItem(plan: PlanBuilder, name: ExternName, entity: Entity): ExportItem | undefined {
  switch (entity.sort) {
    case 'instance':
      return exportedInterface(plan, name, entity)
    case 'func':
      return { kind: 'function', function: entity.func }
    case 'type': {
      const type = typeDefOf(entity.item)
      return type && { kind: 'type', type, resource: plan.resource(entity.item) }
    }
    default:
      return { kind: entity.sort === 'component' ? 'component' : 'module' }
  }
}

function exportedInterface(plan: PlanBuilder, name: ExternName, { face, exports }: EntityOf<'instance'>): ExportItem {
  const functions = new Map<string, FuncDef>()
  const resources = new Map<string, ResourceDef>()
  for (const [member, entity] of exports) {
    if (entity.sort === 'func') functions.set(member, entity.func)
    const resource = entity.sort === 'type' ? plan.resource(entity.item) : undefined
    if (resource !== undefined) resources.set(member, resource)
  }
  return { kind: 'interface', interface: plan.name(face, name.implements ?? name.id), functions, resources }
}
