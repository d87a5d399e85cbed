import { readAlias } from './alias.ts'
import { readCoreValueType, skipCoreType } from './core-types.ts'
import type { Entity, EntityOf, TypeItem } from './entities.ts'
import { readExternName, type ExternName } from './extern-name.ts'
import { declare, namespaceOf, readExternType, type ExternType } from './externs.ts'
import type { PlanBuilder } from './plan-builder.ts'
import type { Reader } from './reader.ts'
import { Scope } from './scope.ts'
import { readFuncType, readValueType } from './value-types.ts'

/** `type`: enters one definition into `scope`. */
export function readType(plan: PlanBuilder, r: Reader, scope: Scope): void {
  const at = r.pos
  const opcode = r.byte()
  const item =
    readValueType(r, scope, opcode) ??
    readOtherType(plan, r, scope, opcode) ??
    r.unexpected('a type definition', opcode, at)
  scope.push({ sort: 'type', item })
}

function readOtherType(plan: PlanBuilder, r: Reader, scope: Scope, opcode: number): TypeItem | undefined {
  switch (opcode) {
    case 0x40:
      return readFuncType(r, scope, false)
    case 0x43:
      return readFuncType(r, scope, true)
    case 0x41:
    case 0x42: {
      const offset = r.pos
      if (opcode === 0x42)
        return { kind: 'instance', offset, scope, first: readInstanceType(plan, r, scope, undefined) }
      skipComponentType(plan, r, scope)
      return { kind: 'component', offset, scope }
    }
    case 0x3f:
      return readResourceType(plan, r, scope)
    default:
      return undefined
  }
}

/** `resourcetype`: defines a resource, which has no name before it is exported. */
function readResourceType(plan: PlanBuilder, r: Reader, scope: Scope): TypeItem {
  const def = plan.typeDef('', { kind: 'resource' }, plan.world)
  const rep = readCoreValueType(r)
  if (rep !== 'i32') r.fail('CMP1008', `resources represented as ${rep} are not supported`, r.pos - 1)
  const dtor = r.flag() ? scope.read(r, 'core func').def : undefined
  plan.resources.set(def, { kind: 'defined', dtor, type: def, componentInstance: scope.instance })
  return { kind: 'resource', def }
}

/**
 * Reads the declarations of an instance type as an instance: what `actual` exports, seen at this type, or a fresh one.
 * The reader stands at the `vec` of declarations, `parent` is where the type stands.
 */
export function readInstanceType(
  plan: PlanBuilder,
  r: Reader,
  parent: Scope,
  actual: EntityOf<'instance'> | undefined,
): EntityOf<'instance'> {
  const face = plan.face()
  const space = namespaceOf(face)
  const exports = new Map<string, Entity>()
  readDeclarations(plan, r, parent, undefined, (extern, type) => {
    const { name } = extern
    const found =
      actual && (actual.exports.get(name) ?? r.fail('CMP1006', `expected an export \`${name}\``, extern.offset))
    const entity = declare(plan, r, extern, type, space, found)
    exports.set(name, entity)
    return entity
  })
  return { sort: 'instance', face, exports }
}

export type Declare = (name: ExternName, type: ExternType) => Entity

/** Checks a component type, of which only the kind matters to a link plan. */
function skipComponentType(plan: PlanBuilder, r: Reader, scope: Scope): void {
  const space = namespaceOf(plan.face())
  const look: Declare = (extern, type) => declare(plan, r, extern, type, space, undefined)
  readDeclarations(plan, r, scope, look, look)
}

/** The `vec` of `componentdecl`s or, without `onImport`, of `instancedecl`s; `parent` is where the type stands. */
export function readDeclarations(
  plan: PlanBuilder,
  r: Reader,
  parent: Scope,
  onImport: Declare | undefined,
  onExport: Declare,
): void {
  plan.nest(r, () => {
    const scope = new Scope(parent, parent.instance)
    r.vec(() => {
      const kind = r.byte()
      if (kind === 0x00) {
        for (let types = skipCoreType(r); types > 0; types--) scope.push({ sort: 'core type' })
      } else if (kind === 0x01) readType(plan, r, scope)
      else if (kind === 0x02) readAlias(r, scope)
      else {
        const onExtern = kind === 0x04 ? onExport : kind === 0x03 ? onImport : undefined
        if (onExtern === undefined) return r.unexpected('a declaration of an instance or component type', kind)
        const name = readExternName(r)
        scope.push(onExtern(name, readExternType(r, scope)))
      }
    })
  })
}
