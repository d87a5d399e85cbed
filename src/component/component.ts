import { readAlias } from './alias.ts'
import { readCanon } from './canon.ts'
import { skipCoreType } from './core-types.ts'
import { readType } from './declarations.ts'
import type { Entity } from './entities.ts'
import { readExternName, type ExternName } from './extern-name.ts'
import { declare, readExternType, rename, type ExternType, type Namespace } from './externs.ts'
import { readCoreInstance, readInstance } from './instances.ts'
import type { PlanBuilder } from './plan-builder.ts'
import { readComponentPreamble } from './preamble.ts'
import type { Reader } from './reader.ts'
import { readSort, refuseValues, Scope } from './scope.ts'

/** What a component's imports are bound to, and where its exports go. */
export interface Linkage {
  /** Where exported types and functions get their names. */
  readonly exports: Namespace
  readonly onImport: (r: Reader, name: ExternName, type: ExternType) => Entity
  readonly onExport: (r: Reader, name: ExternName, entity: Entity) => void
}

/**
 * `component`: reads the sections in order and enters what they define into the plan, nested components as often as they
 * are instantiated. `outer` is the scope that the component stands in, `parent` the instance that instantiates it.
 */
export function readComponent(
  plan: PlanBuilder,
  r: Reader,
  outer: Scope | undefined,
  parent: number | undefined,
  linkage: Linkage,
): void {
  plan.nest(r, () => {
    readComponentPreamble(r)
    const scope = new Scope(outer, plan.componentInstances.push({ parent }) - 1)
    while (r.pos < r.end) {
      r.spend(1)
      const id = r.byte()
      const section = r.sized()
      if (id === 0x00) section.string()
      else {
        readSection(plan, section, scope, linkage, id)
        section.done(`section ${id}`)
      }
    }
  })
}

function readSection(plan: PlanBuilder, r: Reader, scope: Scope, linkage: Linkage, id: number): unknown {
  switch (id) {
    case 0x01:
      scope.push({ sort: 'core module', index: plan.module(r) })
      return (r.pos = r.end)
    case 0x02:
      return r.vec(() => readCoreInstance(plan, r, scope))
    case 0x03:
      return r.vec(() => {
        for (let types = skipCoreType(r); types > 0; types--) scope.push({ sort: 'core type' })
      })
    case 0x04:
      scope.push({ sort: 'component', body: { start: r.pos, end: r.end, scope } })
      return (r.pos = r.end)
    case 0x05:
      return r.vec(() => readInstance(plan, r, scope))
    case 0x06:
      return r.vec(() => readAlias(r, scope))
    case 0x07:
      return r.vec(() => readType(plan, r, scope))
    case 0x08:
      return r.vec(() => readCanon(plan, r, scope))
    case 0x09:
      return readStart(plan, r, scope)
    case 0x0a:
      return r.vec(() => {
        const name = readExternName(r)
        scope.push(linkage.onImport(r, name, readExternType(r, scope)))
      })
    case 0x0b:
      return r.vec(() => readExport(plan, r, scope, linkage))
    case 0x0c:
      return refuseValues(r)
    default:
      return r.unexpected('a section of a component', id, r.pos)
  }
}

function readExport(plan: PlanBuilder, r: Reader, scope: Scope, linkage: Linkage): void {
  const name = readExternName(r)
  const entity = scope.read(r, readSort(r))
  const named = r.flag()
    ? declare(plan, r, name, readExternType(r, scope), linkage.exports, entity)
    : rename(plan, name, entity, linkage.exports)
  scope.push(named)
  linkage.onExport(r, name, named)
}

/** `start`: without values there is nothing to pass and nothing to keep. Spec: Binary.md, start definitions. */
function readStart(plan: PlanBuilder, r: Reader, scope: Scope): void {
  const at = r.pos
  const { func } = scope.read(r, 'func')
  const args = r.u32()
  const results = r.u32()
  if (args > 0 || results > 0) refuseValues(r)
  if (func.type.params.length > 0 || func.type.result !== undefined) {
    r.fail('CMP1006', 'expected a start function without parameters and result', at)
  }
  plan.steps.push({ kind: 'start', function: func, componentInstance: scope.instance })
}
