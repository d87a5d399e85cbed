import type { Type, TypeOf } from './types.ts'

/** Any type but a `ref`. */
export type Resolved = Exclude<Type, TypeOf<'ref'>>

/** Follows names and aliases to what a type really is. */
export function dealias(type: Type): Resolved {
  let t = type
  while (t.kind === 'ref') t = t.def.type
  return t
}
