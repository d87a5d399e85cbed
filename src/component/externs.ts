import type { Func, FuncKind, Interface, Type, TypeDef, World } from '../ir/index.ts'
import { readInstanceType } from './declarations.ts'
import type { InstanceType, Entity, EntityOf, FuncType, Open, TypeItem } from './entities.ts'
import type { ExternName } from './extern-name.ts'
import { UNDOCUMENTED, type PlanBuilder } from './plan-builder.ts'
import type { Reader } from './reader.ts'
import { ofSort, refuseValues, type Scope } from './scope.ts'

/** Where names of types and functions are entered: an interface, or the imports or exports of the component itself. */
export interface Namespace {
  readonly owner: Interface | World
  readonly types: Map<string, TypeDef>
  readonly functions: Map<string, Func>
}

/** `externtype` */
export type ExternType =
  | { readonly sort: 'core module' }
  | { readonly sort: 'component'; readonly type: TypeItem }
  | { readonly sort: 'func'; readonly type: FuncType }
  /** `bound` is undefined for `(sub resource)`. */
  | { readonly sort: 'type'; readonly bound: TypeItem | undefined }
  | { readonly sort: 'instance'; readonly type: InstanceType }

/** `externtype` (Binary.md, type definitions). */
export function readExternType(r: Reader, scope: Scope): ExternType {
  const sort = r.byte()
  if (sort === 0x00) {
    r.expect(0x11, 'the sort of core modules')
    scope.read(r, 'core type')
    return { sort: 'core module' }
  }
  if (sort === 0x02) refuseValues(r)
  if (sort === 0x03) return { sort: 'type', bound: r.flag() ? undefined : scope.read(r, 'type').item }
  const at = r.pos
  const kind =
    sort === 0x01
      ? 'func'
      : sort === 0x04
        ? 'component'
        : sort === 0x05
          ? 'instance'
          : r.unexpected('the type of an import or export', sort)
  const { item } = scope.read(r, 'type')
  if (item.kind !== kind) r.fail('CMP1006', `expected the type of a ${kind}, got a ${item.kind} type`, at)
  if (item.kind === 'func') return { sort: 'func', type: item }
  if (item.kind === 'instance') return { sort: 'instance', type: item }
  return { sort: 'component', type: item }
}

/** What a function or type gets from its import or export. */
type Named = Pick<ExternName, 'name' | 'externalId'>

const externalIdOf = ({ externalId }: Named): { externalId?: string } =>
  externalId === undefined ? {} : { externalId }

/**
 * What `extern`, declared as `type`, stands for: `actual` seen at that type where there is one, else something fresh, which
 * an import of the root component binds to the host (`bindToHost`).
 */
export function declare(
  plan: PlanBuilder,
  r: Reader,
  extern: Named,
  type: ExternType,
  space: Namespace,
  actual: Entity | undefined,
): Entity {
  const { name } = extern
  switch (type.sort) {
    case 'func': {
      const func = nameFunc(extern, type.type, space)
      if (actual === undefined) return { sort: 'func', func: { kind: 'import', item: '', name: undefined, type: func } }
      return { sort: 'func', func: { ...ofSort(r, actual, 'func', name, r.pos).func, type: func } }
    }
    case 'type':
      if (type.bound !== undefined) return nameType(plan, extern, type.bound, space)
      if (actual !== undefined) return nameType(plan, extern, ofSort(r, actual, 'type', name, r.pos).item, space)
      return declareResource(plan, extern, space)
    case 'instance': {
      const { first, offset, scope } = type.type
      if (actual === undefined && first !== undefined) {
        type.type.first = undefined
        return first
      }
      const found = actual && ofSort(r, actual, 'instance', name, r.pos)
      return readInstanceType(plan, r.at(offset, plan.end), scope, found)
    }
    case 'core module':
      return actual ?? { sort: 'core module', index: undefined }
    case 'component':
      return actual ?? { sort: 'component', body: undefined }
  }
}

function declareResource(plan: PlanBuilder, extern: Named, space: Namespace): Entity {
  const def = { ...plan.typeDef(extern.name, { kind: 'resource' }, space.owner), ...externalIdOf(extern) }
  space.types.set(extern.name, def)
  return { sort: 'type', item: { kind: 'resource', def } }
}

/**
 * Says where the host finds what a declaration of the root component asks for: import `item` and, inside of it, `name`.
 * What is nested further has its names joined by `/`.
 */
export function bindToHost(plan: PlanBuilder, r: Reader, entity: Entity, item: string, name: string | undefined): void {
  if (entity.sort === 'func' && entity.func.kind === 'import') {
    entity.func.item = item
    entity.func.name = name
  } else if (entity.sort === 'type' && entity.item.kind === 'resource' && entity.item.def.type.kind === 'resource') {
    const { def } = entity.item
    plan.resources.set(def, { kind: 'import', item, name, type: def })
  } else if (entity.sort === 'instance') {
    plan.nest(r, () => {
      for (const [member, inner] of entity.exports) {
        bindToHost(plan, r, inner, item, name === undefined ? member : `${name}/${member}`)
      }
    })
  }
}

/** `entity` under the name that an export gives it. */
export function rename(plan: PlanBuilder, extern: Named, entity: Entity, space: Namespace): Entity {
  if (entity.sort === 'func') {
    return { sort: 'func', func: { ...entity.func, type: nameFunc(extern, entity.func.type, space) } }
  }
  return entity.sort === 'type' ? nameType(plan, extern, entity.item, space) : entity
}

/** A name for a type is a new `TypeDef`, save for a resource without a name, which gets this one. */
function nameType(plan: PlanBuilder, extern: Named, item: TypeItem, space: Namespace): EntityOf<'type'> {
  const { name } = extern
  if (item.kind === 'resource') {
    const { def } = item
    if (def.name === '') {
      def.name = name
      def.owner = space.owner
      def.externalId = extern.externalId
      space.types.set(name, def)
      return { sort: 'type', item }
    }
    const alias = { ...plan.typeDef(name, { kind: 'ref', def }, space.owner), ...externalIdOf(extern) }
    space.types.set(name, alias)
    return { sort: 'type', item: { kind: 'resource', def: alias } }
  }
  if (item.kind !== 'value') return { sort: 'type', item }
  const def = { ...plan.typeDef(name, item.type, space.owner), ...externalIdOf(extern) }
  space.types.set(name, def)
  return {
    sort: 'type',
    item: { kind: 'value', type: { kind: 'ref', def }, weight: item.weight + 1, depth: item.depth },
  }
}

/** The function type `type` as the function `name` of `space`. */
function nameFunc(extern: Named, type: Pick<Func, 'async' | 'params' | 'result'>, space: Namespace): Func {
  const { name } = extern
  const func = { ...makeFunc(name, funcKind(name, space), type), ...externalIdOf(extern) }
  space.functions.set(name, func)
  return func
}

/** A function of the IR without documentation, which binaries do not carry here. `name` is the component-level one: `[method]counter.inc`. */
export function makeFunc(
  name: string,
  kind: FuncKind,
  { async, params, result }: Pick<Func, 'async' | 'params' | 'result'>,
): Func {
  return { name, kind, async, params, result, ...UNDOCUMENTED }
}

/** `[method]counter.inc` (`[method][get]counter.count`) belongs to the resource `counter` of the same namespace. */
function funcKind(name: string, space: Namespace): FuncKind {
  const [, kind, resourceName] = /^\[(constructor|method|static)\](?:\[[gs]et\])?([^.]+)/.exec(name) ?? []
  const resource = space.types.get(resourceName ?? '')
  if (resource === undefined) return { kind: 'freestanding' }
  return { kind: kind === 'constructor' || kind === 'method' ? kind : 'static', resource }
}

/** The `TypeDef` that an extern of sort type names, where it is a value type or a resource. */
export function typeDefOf(item: TypeItem): TypeDef | undefined {
  if (item.kind === 'resource') return item.def
  const type: Type | undefined = item.kind === 'value' ? item.type : undefined
  return type?.kind === 'ref' ? type.def : undefined
}

export type OpenInterface = Open<Interface>

/** The namespace of an interface. */
export function namespaceOf(face: Interface): Namespace {
  return { owner: face, types: face.types, functions: face.functions }
}
