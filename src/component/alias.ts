import type { CoreDef } from './link-plan.ts'
import type { CoreEntity, CoreSort, Entity, EntityOf, Sort } from './entities.ts'
import type { Reader } from './reader.ts'
import { CORE_SORTS, ofSort, readSort, type Scope } from './scope.ts'

/** `alias`: enters what another index space or an instance holds into `scope`. */
export function readAlias(r: Reader, scope: Scope): void {
  const at = r.pos
  const sort = readSort(r)
  const target = r.byte()
  if (target === 0x00) scope.push(exportOf(r, scope, sort, at))
  else if (target === 0x01)
    scope.push(coreExportOf(r, scope.read(r, 'core instance'), coreSort(r, sort, at), r.string()))
  else if (target === 0x02) scope.push(outer(r, scope, sort, at))
  else r.unexpected('the target of an alias', target)
}

function exportOf(r: Reader, scope: Scope, sort: Sort, at: number): Entity {
  const instance = scope.read(r, 'instance')
  const name = r.string()
  const found = instance.exports.get(name) ?? r.fail('CMP1006', `expected an instance that exports \`${name}\``, at)
  return ofSort(r, found, sort, name, at)
}

function outer(r: Reader, scope: Scope, sort: Sort, at: number): Entity {
  let target: Scope | undefined = scope
  for (let count = r.u32(); count > 0 && target !== undefined; count--) target = target.parent
  if (target === undefined)
    return r.fail('CMP1006', 'expected an outer alias to reach an enclosing component or type', at)
  if (sort !== 'type' && sort !== 'core type' && sort !== 'core module' && sort !== 'component') {
    return r.fail('CMP1005', `expected an outer alias to a type, module or component, not to a ${sort}`, at)
  }
  return target.read(r, sort)
}

/** `sort` as one that core instances export. */
export function coreSort(r: Reader, sort: Sort, at: number): CoreSort {
  return CORE_SORTS.find((known) => known === sort) ?? r.fail('CMP1005', `core instances do not export a ${sort}`, at)
}

/** The export `name` of a core instance; one object for one export, so that identity can be cached on. */
export function coreExportOf(r: Reader, from: EntityOf<'core instance'>, sort: CoreSort, name: string): CoreEntity {
  const known = from.exports.get(name)
  if (known === undefined && from.index === undefined) {
    return r.fail('CMP1006', `expected a core instance that exports \`${name}\``)
  }
  const entity: CoreEntity = known ?? { sort, def: { kind: 'core-export', instance: from.index ?? 0, name } }
  from.exports.set(name, entity)
  if (entity.sort !== sort) r.fail('CMP1006', `expected \`${name}\` to be a ${sort}, it is a ${entity.sort}`)
  return entity
}

/** What a core function, memory, table, global or tag of `scope` is. */
export function coreDef(r: Reader, scope: Scope, sort: CoreSort): CoreDef {
  return scope.read(r, sort).def
}
