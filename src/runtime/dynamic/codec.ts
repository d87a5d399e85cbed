import type { CoreType } from '../../abi/flatten.ts'
import type { Type, TypeDef, TypeKind, TypeOf } from '../../ir/index.ts'
import type { Path } from '../abi/path.ts'
import type { AnyResource } from '../abi/resources.ts'
import type { Context } from '../context.ts'

/** A value that a core function takes or gives: bigint for i64, number for the others. */
export type CoreValue = number | bigint

/**
 * How values of one type cross the boundary: closures over the same primitives that generated code calls, with the same
 * checks and texts.
 */
export interface Codec {
  /** The core values that it becomes. */
  readonly flat: readonly CoreType[]
  /** Bytes in memory, and their alignment. */
  readonly size: number
  readonly align: number
  /** The value at `ptr`, in a block that has been checked. Spec: CanonicalABI.md, `load`. */
  load(cx: Context, ptr: number): unknown
  /** The value of the core values from `at` on. Spec: `lift_flat`. */
  liftFlat(cx: Context, values: readonly CoreValue[], at: number): unknown
  /** Checks a value and stores it at `ptr`, in a block that has been allocated. Spec: `store`. */
  store(cx: Context, path: Path, ptr: number, value: unknown): void
  /** Checks a value and appends its core values to `out`. Spec: `lower_flat`. */
  lowerFlat(cx: Context, path: Path, value: unknown, out: CoreValue[]): void
}

/** What the codec of one type is made from. */
export interface Codecs {
  of(type: Type): Codec
  /** Finds a resource type in an instance. */
  resource(def: TypeDef): (cx: Context) => AnyResource
}

/** Kinds that have values; `ref` is followed before, and a `resource` has handles only. */
export type ValueKind = Exclude<TypeKind, 'ref' | 'resource'>

/** Makes the codec of a type of one kind; `wit` is what errors call the type. */
export type CodecRule<K extends ValueKind> = (type: TypeOf<K>, codecs: Codecs, wit: string) => Codec

/** A rule for each kind. */
export type CodecRules = { readonly [K in ValueKind]: CodecRule<K> }

/** The i32 at `at`. */
export function i32(values: readonly CoreValue[], at: number): number {
  return values[at] as number
}
