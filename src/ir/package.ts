import type { Docs, Stability } from './docs.ts'
import type { Span } from './span.ts'
import type { Type, TypeDef } from './types.ts'

/** `namespace:name@version`; `version` is the full semver text without `@`. */
export interface PackageName {
  readonly namespace: string
  readonly name: string
  readonly version: string | undefined
}

export interface Package {
  readonly name: PackageName
  readonly docs: Docs
  /** By name, in the order of declaration. */
  readonly interfaces: Map<string, Interface>
  readonly worlds: Map<string, World>
}

export interface Interface {
  /** Undefined for an inline interface of a world (its name is the key in the world's imports or exports). */
  readonly name: string | undefined
  readonly package: Package
  /** By name; includes what `use` brings in (first), each after those it refers to, else in the order of declaration. */
  readonly types: Map<string, TypeDef>
  /** By WIT name (`[method]counter.inc` for those of resources), in the order of declaration. */
  readonly functions: Map<string, Func>
  readonly docs: Docs
  readonly stability: Stability
  readonly span: Span | undefined
  /** For an inline interface that `include` copied into another world: the original. */
  readonly cloneOf?: Interface | undefined
}

/** How a function belongs to a resource; `freestanding` for the rest. */
export type FuncKind =
  { readonly kind: 'freestanding' } | { readonly kind: 'constructor' | 'method' | 'static'; readonly resource: TypeDef }

export interface Param {
  readonly name: string
  readonly type: Type
  /** The comment before it; binaries do not keep it. */
  readonly docs?: Docs
  readonly span: Span | undefined
}

export interface Func {
  /** The component-level name: `preprocess`, `[constructor]counter`, `[method]counter.inc`, `[static]counter.make`. */
  readonly name: string
  readonly kind: FuncKind
  readonly async: boolean
  /** For `get()` and `set(…)` (names `[get]prop`, `[method][set]blob.position` …); absent for other functions. */
  readonly accessor?: 'getter' | 'setter' | undefined
  /** Methods have their `self: borrow<R>` as first parameter, as in the component model. */
  readonly params: readonly Param[]
  readonly result: Type | undefined
  readonly docs: Docs
  readonly stability: Stability
  /** The text of an `@external-id` attribute. */
  readonly externalId?: string | undefined
  readonly span: Span | undefined
}

/** One import or export of a world. */
export type WorldItem =
  | {
      readonly kind: 'interface'
      readonly interface: Interface
      readonly stability: Stability
      /** The comment on the import or export itself; that of an inline interface belongs to the interface. */
      readonly docs?: Docs
      /** The text of an `@external-id` attribute on this import or export. */
      readonly externalId: string | undefined
      readonly span: Span | undefined
    }
  | {
      readonly kind: 'function'
      readonly function: Func
      readonly externalId: string | undefined
      readonly span: Span | undefined
    }
  | { readonly kind: 'type'; readonly type: TypeDef; readonly span: Span | undefined }

/**
 * The keys of `imports` and `exports` are component-level names: `ns:pkg/iface@1.0.0` for a named interface, the kebab
 * name for an inline interface, a function, a type, and for `import name: interface`.
 */
export interface World {
  readonly name: string
  readonly package: Package
  readonly imports: Map<string, WorldItem>
  readonly exports: Map<string, WorldItem>
  readonly docs: Docs
  readonly stability: Stability
  readonly span: Span | undefined
}

/** Everything that was resolved: the root package and all that it needs, dependencies first. */
export interface Resolve {
  readonly packages: readonly Package[]
  readonly root: Package
}
