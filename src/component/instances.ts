import { coreExportOf, coreSort } from './alias.ts'
import { readComponent } from './component.ts'
import type { CoreEntity, Entity, EntityOf } from './entities.ts'
import { readExternName } from './extern-name.ts'
import { namespaceOf, rename } from './externs.ts'
import type { CoreImport } from './link-plan.ts'
import type { PlanBuilder } from './plan-builder.ts'
import type { Reader } from './reader.ts'
import { ofSort, readCoreSort, readSort, type Scope } from './scope.ts'

/** `core:instance`: a step that instantiates a module, or a bundle of what is there already. */
export function readCoreInstance(plan: PlanBuilder, r: Reader, scope: Scope): void {
  const form = r.byte()
  if (form === 0x00) scope.push(instantiateModule(plan, r, scope))
  else if (form === 0x01) scope.push({ sort: 'core instance', index: undefined, exports: coreBundle(r, scope) })
  else r.unexpected('a core instance', form)
}

function coreBundle(r: Reader, scope: Scope): Map<string, CoreEntity> {
  const exports = new Map<string, CoreEntity>()
  r.vec(() => {
    const name = r.string()
    const at = r.pos
    exports.set(name, scope.read(r, coreSort(r, readCoreSort(r), at)))
  })
  return exports
}

function instantiateModule(plan: PlanBuilder, r: Reader, scope: Scope): Entity {
  const at = r.pos
  const module = scope.read(r, 'core module').index
  if (module === undefined) return r.fail('CMP1008', 'instantiating an imported core module is not supported', at)
  const args = new Map<string, EntityOf<'core instance'>>()
  r.vec(() => {
    const name = r.string()
    r.expect(0x12, 'the sort of core instances')
    args.set(name, scope.read(r, 'core instance'))
  })
  const imports: CoreImport[] = []
  const all = plan.importsOf(module)
  r.spend(all.length)
  for (const wanted of all) {
    const from = args.get(wanted.module)
    if (from === undefined)
      return r.fail('CMP1006', `expected an argument \`${wanted.module}\` for the core module`, at)
    const { def } = coreExportOf(r, from, wanted.type.sort, wanted.name)
    imports.push({ module: wanted.module, name: wanted.name, value: def })
  }
  plan.steps.push({ kind: 'instantiate', module, imports })
  return { sort: 'core instance', index: plan.coreInstances++, exports: new Map() }
}

/** `instance`: instantiates a nested component right here, or bundles what is there already. */
export function readInstance(plan: PlanBuilder, r: Reader, scope: Scope): void {
  const form = r.byte()
  if (form === 0x00) scope.push(instantiateComponent(plan, r, scope))
  else if (form === 0x01) scope.push(bundle(plan, r, scope))
  else r.unexpected('an instance', form)
}

function instantiateComponent(plan: PlanBuilder, r: Reader, scope: Scope): Entity {
  const at = r.pos
  const { body } = scope.read(r, 'component')
  if (body === undefined) return r.fail('CMP1008', 'instantiating an imported component is not supported', at)
  const args = new Map<string, Entity>()
  r.vec(() => {
    const name = r.string()
    args.set(name, scope.read(r, readSort(r)))
  })
  const face = plan.face()
  const exports = new Map<string, Entity>()
  const space = namespaceOf(face)
  readComponent(plan, plan.reader(body.start, body.end), body.scope, scope.instance, {
    exports: space,
    onImport: (inner, name, type) => {
      const entity = args.get(name.name) ?? inner.fail('CMP1006', `expected an argument \`${name.name}\``, at)
      return ofSort(inner, entity, type.sort, name.name, at)
    },
    onExport: (_, name, entity) => exports.set(name.name, entity),
  })
  return { sort: 'instance', face, exports }
}

function bundle(plan: PlanBuilder, r: Reader, scope: Scope): Entity {
  const face = plan.face()
  const space = namespaceOf(face)
  const exports = new Map<string, Entity>()
  r.vec(() => {
    const extern = readExternName(r)
    exports.set(extern.name, rename(plan, extern, scope.read(r, readSort(r)), space))
  })
  return { sort: 'instance', face, exports }
}
