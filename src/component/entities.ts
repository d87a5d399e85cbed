import type { Interface, Param, Type, TypeDef } from '../ir/index.ts'
import type { CoreDef, FuncDef } from './link-plan.ts'
import type { CORE_SORTS, Scope } from './scope.ts'

/** What is still being filled in while a component is read. */
export type Open<T> = { -readonly [K in keyof T]: T[K] }

/** How far a type has come: the nodes it expands to when names are written out, and how deeply they nest. */
export interface TypeSize {
  readonly weight: number
  readonly depth: number
}

export interface FuncType extends TypeSize {
  readonly kind: 'func'
  readonly async: boolean
  readonly params: readonly Param[]
  readonly result: Type | undefined
}

/** The type of an instance: its declarations are read anew for each use, which makes its resources fresh. */
export interface InstanceType {
  readonly kind: 'instance'
  /** Where the `vec` of declarations begins. */
  readonly offset: number
  /** The scope that it stands in. */
  readonly scope: Scope
  /** What reading the declarations for the first time gave; until it is used. */
  first: EntityOf<'instance'> | undefined
}

export type TypeItem =
  | ({ readonly kind: 'value'; readonly type: Type } & TypeSize)
  | { readonly kind: 'resource'; readonly def: Open<TypeDef> }
  | FuncType
  | InstanceType
  /** Of component types only the kind matters to a link plan. */
  | { readonly kind: 'component'; readonly offset: number; readonly scope: Scope }

/** The sections of a nested component, not read before it is instantiated. */
export interface ComponentBody {
  readonly start: number
  readonly end: number
  readonly scope: Scope
}

interface CoreItem {
  readonly def: CoreDef
}

/** What an index space of each sort holds. The keys are the sorts of the text format. */
export interface SortMap {
  'core func': CoreItem
  'core table': CoreItem
  'core memory': CoreItem
  'core global': CoreItem
  'core tag': CoreItem
  'core type': {}
  /** `index`: into the plan's modules; undefined for an imported module. */
  'core module': { readonly index: number | undefined }
  /** `index`: the number of the instance; undefined for a bundle of exports, which then are all in `exports`. */
  'core instance': { readonly index: number | undefined; readonly exports: Map<string, CoreEntity> }
  func: { readonly func: Open<FuncDef> }
  type: { readonly item: TypeItem }
  /** `body`: undefined for an imported component. */
  component: { readonly body: ComponentBody | undefined }
  instance: { readonly face: Open<Interface>; readonly exports: Map<string, Entity> }
}

export type Sort = keyof SortMap
export type Entity = { [S in Sort]: { readonly sort: S } & SortMap[S] }[Sort]
export type EntityOf<S extends Sort> = Extract<Entity, { readonly sort: S }>

/** The sorts that core instances export. */
export type CoreSort = (typeof CORE_SORTS)[number]
export type CoreEntity = EntityOf<CoreSort>
