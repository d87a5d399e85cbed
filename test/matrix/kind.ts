import type { TypeKind } from '../../src/ir/index.ts'

/** A value as the host gives it, and as it arrives and comes back. */
export interface Value {
  readonly given: unknown
  readonly lifted: unknown
}

/** A value that is refused: where in it, relative to it, and why. */
export interface Wrong {
  readonly value: unknown
  /** `.val[1]`, or nothing for the value itself. */
  readonly at: string
  /** `expected u8, got 256` */
  readonly text: string
}

/** One row of the matrix: a type, its values at the edges, and values that are none of its. */
export interface Kind {
  readonly name: string
  readonly covers: TypeKind
  /** The type in WIT. */
  readonly type: string
  /** Declarations that the type needs. */
  readonly declarations: string
  readonly values: readonly Value[]
  readonly wrong: readonly Wrong[]
  /** The typed array of a list of the type. */
  readonly list: ((numbers: readonly unknown[]) => unknown) | undefined
}

/** A value that comes back as it was given. */
export const same = (given: unknown): Value => ({ given, lifted: given })

/** A value that comes back as another one. */
export const becomes = (given: unknown, lifted: unknown): Value => ({ given, lifted })

export const wrong = (value: unknown, text: string, at = ''): Wrong => ({ value, at, text })

/** A row; what is left out is empty. */
export function kind(
  covers: TypeKind,
  type: string,
  values: readonly Value[],
  refused: readonly Wrong[],
  more: { readonly name?: string; readonly declarations?: string; readonly list?: Kind['list'] } = {},
): Kind {
  const { name = type, declarations = '', list } = more
  return { name, covers, type, declarations, values, wrong: refused, list }
}
