import type { Docs, Stability } from '../ir/docs.ts'
import type { PackageName } from '../ir/package.ts'
import type { Span } from '../ir/span.ts'
import type { PrimitiveKind } from '../ir/types.ts'

/** A name as written, without `%`; the span includes the `%`. */
export interface Id {
  readonly name: string
  readonly span: Span
}

/** `foo:bar@1.0.0`, as a header or in a path. */
export interface PackageId {
  readonly name: PackageName
  readonly span: Span
}

/** What the attributes of an item say. */
export interface Gates {
  readonly stability: Stability
  readonly externalId: string | undefined
}

export interface PackageHeader extends PackageId {
  readonly docs: Docs
  readonly docsSpan: Span | undefined
}

/** One file, or one `package a:b { … }` block. */
export interface FileNode {
  readonly header: PackageHeader | undefined
  readonly items: readonly TopLevelItem[]
}

export interface NestedPackage {
  readonly kind: 'package'
  readonly body: FileNode & { readonly header: PackageHeader }
}

export type TopLevelItem = InterfaceNode | WorldNode | TopLevelUse | NestedPackage

interface Item extends Gates {
  readonly docs: Docs
}

export interface InterfaceNode extends Item {
  readonly kind: 'interface'
  readonly id: Id
  readonly items: readonly InterfaceItem[]
}

export interface WorldNode extends Item {
  readonly kind: 'world'
  readonly id: Id
  readonly items: readonly WorldItemNode[]
}

/** `use foo;`, `use a:b/foo@1.0.0 as bar;` */
export interface TopLevelUse {
  readonly kind: 'use'
  readonly path: UsePath
  readonly as: Id | undefined
}

/** `foo` or `a:b/foo@1.0.0`; `id` is the last name. */
export interface UsePath {
  readonly package: PackageId | undefined
  readonly id: Id
  readonly span: Span
}

/** `use foo.{a, b as c};` inside an interface or world. */
export interface UseNode extends Gates {
  readonly kind: 'use'
  readonly path: UsePath
  readonly names: readonly { readonly id: Id; readonly as: Id | undefined }[]
}

export interface IncludeNode extends Gates {
  readonly kind: 'include'
  readonly path: UsePath
  readonly names: readonly { readonly id: Id; readonly as: Id }[]
  readonly span: Span
}

export type InterfaceItem = UseNode | TypeDefNode | FuncItem
export type WorldItemNode = UseNode | TypeDefNode | IncludeNode | ExternNode

/** `import …` or `export …` of a world. */
export interface ExternNode extends Item {
  readonly kind: 'import' | 'export'
  readonly item:
    | { readonly kind: 'function'; readonly id: Id; readonly signature: Signature }
    | { readonly kind: 'inline'; readonly id: Id; readonly items: readonly InterfaceItem[] }
    | { readonly kind: 'path'; readonly path: UsePath }
    /** `import label: path;` */
    | { readonly kind: 'named'; readonly id: Id; readonly path: UsePath }
}

export interface FuncItem extends Item {
  readonly kind: 'function'
  readonly id: Id
  readonly signature: Signature
}

export interface Signature {
  readonly async: boolean
  readonly accessor: 'getter' | 'setter' | undefined
  readonly params: readonly { readonly id: Id; readonly type: TypeNode; readonly docs: Docs }[]
  readonly result: TypeNode | undefined
  /** The keyword: `func`, `get`, `set` or `constructor`. */
  readonly span: Span
}

export interface ResourceFunc extends Item {
  readonly kind: 'method' | 'static' | 'constructor'
  readonly id: Id
  readonly signature: Signature
}

export interface TypeDefNode extends Item {
  readonly kind: 'type'
  readonly id: Id
  readonly body: TypeBody
}

export interface MemberNode {
  readonly id: Id
  readonly docs: Docs
}

export type TypeBody =
  | { readonly kind: 'alias'; readonly type: TypeNode }
  | { readonly kind: 'record'; readonly fields: readonly (MemberNode & { readonly type: TypeNode })[] }
  | { readonly kind: 'variant'; readonly cases: readonly (MemberNode & { readonly type: TypeNode | undefined })[] }
  | { readonly kind: 'enum'; readonly cases: readonly MemberNode[] }
  | { readonly kind: 'flags'; readonly flags: readonly MemberNode[] }
  | { readonly kind: 'resource'; readonly functions: readonly ResourceFunc[] }

export type PrimitiveName = Exclude<PrimitiveKind, 'resource'>

type Shape =
  | { readonly kind: PrimitiveName }
  | { readonly kind: 'name'; readonly id: Id }
  | { readonly kind: 'list' | 'option'; readonly element: TypeNode }
  | { readonly kind: 'fixed-length-list'; readonly element: TypeNode; readonly length: number }
  | { readonly kind: 'map'; readonly key: TypeNode; readonly value: TypeNode }
  | { readonly kind: 'tuple'; readonly types: readonly TypeNode[] }
  | { readonly kind: 'result'; readonly ok: TypeNode | undefined; readonly err: TypeNode | undefined }
  | { readonly kind: 'own' | 'borrow'; readonly id: Id }
  | { readonly kind: 'stream' | 'future'; readonly element: TypeNode | undefined }

/** A type where it is used. */
export type TypeNode = Shape & { readonly span: Span }
