import { dealias, type Func, type Type } from '../ir/index.ts'
import { children } from './unsupported.ts'

/** Whether values of the type hold handles of resources. */
export function hasHandles(type: Type): boolean {
  const t = dealias(type)
  return t.kind === 'own' || t.kind === 'borrow' || children(t).some(hasHandles)
}

/** Whether a call of the function lends handles or passes them on, in either direction. */
export function movesHandles(func: Func): boolean {
  return func.params.some((p) => hasHandles(p.type)) || (func.result !== undefined && hasHandles(func.result))
}
