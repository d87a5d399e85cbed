import type { Func, Interface, TypeDef, World } from '../ir/index.ts'

/**
 * What has to happen to instantiate a component, worked out once when it is compiled: nested components, instances, aliases
 * and outer references are gone, what remains is a flat list of steps over core modules. Plain data, no functions.
 */
export interface LinkPlan {
  /** What the component imports, by import name (`ns:pkg/iface@1.0.0` or a kebab name). */
  readonly imports: ReadonlyMap<string, ImportItem>
  /** What it exports, by export name. */
  readonly exports: ReadonlyMap<string, ExportItem>
  /** The bytes of the core modules: views into the component's bytes, never copies. */
  readonly modules: readonly Uint8Array[]
  readonly steps: readonly Step[]
  /** The component instances by number: 0 is the component itself, further ones come from nested components. */
  readonly componentInstances: readonly ComponentInstance[]
  /** What each resource is at run time; the keys are `TypeDef`s that are no alias of another (`own` and `borrow` may name one). */
  readonly resources: ReadonlyMap<TypeDef, ResourceDef>
  /** The owner of the types that the component itself imports and exports, outside of interfaces. */
  readonly world: World
}

/** Each has a handle table and a `may_leave` state of its own. */
export interface ComponentInstance {
  /** The one whose component instantiates it; undefined for the root. */
  readonly parent: number | undefined
}

/** Interfaces are full IR: types with their names, functions by component-level name. */
export type ImportItem =
  | { readonly kind: 'interface'; readonly interface: Interface }
  | { readonly kind: 'function'; readonly function: Func }
  | { readonly kind: 'type'; readonly type: TypeDef }
  | { readonly kind: 'module' | 'component' }

export type ExportItem =
  | {
      readonly kind: 'interface'
      readonly interface: Interface
      readonly functions: ReadonlyMap<string, FuncDef>
      readonly resources: ReadonlyMap<string, ResourceDef>
    }
  | { readonly kind: 'function'; readonly function: FuncDef }
  | { readonly kind: 'type'; readonly type: TypeDef; readonly resource: ResourceDef | undefined }
  | { readonly kind: 'module' | 'component' }

/** Steps run in order; core instances are numbered by the `instantiate` steps. */
export type Step =
  | { readonly kind: 'instantiate'; readonly module: number; readonly imports: readonly CoreImport[] }
  /** The component-level start function (spec: `start` definitions). */
  | {
      readonly kind: 'start'
      /** Takes and gives nothing: values are not supported. */
      readonly function: FuncDef
      /** The instance whose component has the definition. */
      readonly componentInstance: number
    }

export interface CoreImport {
  readonly module: string
  readonly name: string
  readonly value: CoreDef
}

/** Where a core function, memory, table or global comes from. Equal definitions are one object (identity can be cached on). */
export type CoreDef =
  | { readonly kind: 'core-export'; readonly instance: number; readonly name: string }
  | {
      readonly kind: 'lower'
      readonly function: FuncDef
      readonly options: CanonOptions
      /** The instance that calls, whose handle table is meant. */
      readonly componentInstance: number
    }
  | {
      readonly kind: 'resource-new' | 'resource-rep' | 'resource-drop'
      readonly resource: ResourceDef
      readonly componentInstance: number
    }
  /** A canonical built-in that is not served yet (async, streams, threads …), by its name in the text format. */
  | { readonly kind: 'unsupported'; readonly name: string }

/** A component-level function: imported from the host, or lifted from a core function. */
export type FuncDef =
  /** `item` is the import name; `name` the function in that interface, or undefined when `item` itself is the function; of an instance in that interface, `instance/function`. */
  | { readonly kind: 'import'; readonly item: string; readonly name: string | undefined; readonly type: Func }
  | {
      readonly kind: 'lift'
      readonly core: CoreDef
      readonly options: CanonOptions
      readonly type: Func
      readonly componentInstance: number
    }

/** A resource type at run time: each definition of a component instance is a type of its own; imported ones belong to the host. */
export type ResourceDef =
  | { readonly kind: 'import'; readonly item: string; readonly name: string | undefined; readonly type: TypeDef }
  | {
      readonly kind: 'defined'
      readonly dtor: CoreDef | undefined
      readonly type: TypeDef
      readonly componentInstance: number
    }

/** The `canonopt`s of a lift or lower. */
export interface CanonOptions {
  readonly stringEncoding: 'utf8' | 'utf16' | 'latin1+utf16'
  readonly memory: CoreDef | undefined
  readonly realloc: CoreDef | undefined
  readonly postReturn: CoreDef | undefined
  readonly async: boolean
  readonly callback: CoreDef | undefined
}
