import { dealias, partsOf, type Func, type Type } from '../ir/index.ts'

// One type may be reached on very many ways.
const known = new WeakMap<Type, boolean>()

/** Whether values of the type hold handles of resources. */
export function hasHandles(type: Type): boolean {
  const t = dealias(type)
  let found = known.get(t)
  if (found === undefined) {
    found = t.kind === 'own' || t.kind === 'borrow' || partsOf(t).some(hasHandles)
    known.set(t, found)
  }
  return found
}

/** Whether a call of the function lends handles or passes them on, in either direction. */
export function movesHandles(func: Func): boolean {
  return func.params.some((p) => hasHandles(p.type)) || (func.result !== undefined && hasHandles(func.result))
}
