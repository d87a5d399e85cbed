import type { Docs, Stability } from './docs.ts'
import type { Interface, World } from './package.ts'
import type { Span } from './span.ts'

/**
 * Every kind of WIT value type and what it carries. All stages dispatch on mapped registries `{ [K in TypeKind]: … }`
 * over this map, so that the compiler names each place that a new kind has to be added to.
 */
export interface TypeMap {
  bool: {}
  s8: {}
  u8: {}
  s16: {}
  u16: {}
  s32: {}
  u32: {}
  s64: {}
  u64: {}
  f32: {}
  f64: {}
  char: {}
  string: {}
  'error-context': {}
  list: { readonly element: Type }
  'fixed-length-list': { readonly element: Type; readonly length: number }
  map: { readonly key: Type; readonly value: Type }
  record: { readonly fields: readonly Field[] }
  tuple: { readonly types: readonly Type[] }
  variant: { readonly cases: readonly Case[] }
  enum: { readonly cases: readonly EnumCase[] }
  option: { readonly some: Type }
  result: { readonly ok: Type | undefined; readonly err: Type | undefined }
  flags: { readonly flags: readonly Flag[] }
  /** Stands only as the body of a `TypeDef`: the declaration of a resource. */
  resource: {}
  own: { readonly resource: TypeDef }
  borrow: { readonly resource: TypeDef }
  stream: { readonly element: Type | undefined }
  future: { readonly element: Type | undefined }
  /** A use of a named type; `def.type` is what it stands for (again a `ref` for aliases and `use`). */
  ref: { readonly def: TypeDef }
}

export type TypeKind = keyof TypeMap

/** The type node of one kind, as in `TypeOf<'record'>`. */
export type TypeOf<K extends TypeKind> = K extends TypeKind ? { readonly kind: K } & TypeMap[K] : never

/** A WIT value type. Anonymous types stand inline; named ones are a `ref` to their `TypeDef`. */
export type Type = { [K in TypeKind]: TypeOf<K> }[TypeKind]

/** The kinds that carry nothing. */
export type PrimitiveKind = { [K in TypeKind]: {} extends TypeMap[K] ? K : never }[TypeKind]

interface Member {
  /** The kebab-case name, without a leading `%`. */
  readonly name: string
  readonly docs: Docs
  readonly span: Span | undefined
}
export interface Field extends Member {
  readonly type: Type
}
export interface Case extends Member {
  readonly type: Type | undefined
}
export interface EnumCase extends Member {}
export interface Flag extends Member {}

/** A named type. Identity matters: two `TypeDef`s of one shape are different resources, but equal types. */
export interface TypeDef {
  readonly name: string
  /** What the name stands for. Filled in by the resolver after creation, since `use` may reach forward. */
  type: Type
  /** The interface or world that declares (or `use`s) the name. */
  readonly owner: Interface | World
  readonly docs: Docs
  readonly stability: Stability
  /** The text of an `@external-id` attribute. */
  readonly externalId?: string | undefined
  readonly span: Span | undefined
}
