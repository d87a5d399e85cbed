import type { Func } from '../ir/index.ts'
import { flattenFunc } from './flatten.ts'
import { holdsSpan } from './spans.ts'

/** The canonical options that a function cannot do without. */
export interface NeededOptions {
  readonly memory: boolean
  readonly realloc: boolean
}

/**
 * What a lifted or lowered function needs: memory for strings, lists and what is passed by pointer, `realloc` where the
 * guest receives such. Spec: CanonicalABI.md, `canon lift` and `canon lower`, "Static Validation".
 */
export function neededOptions(func: Pick<Func, 'params' | 'result'>, role: 'lift' | 'lower'): NeededOptions {
  const { indirectParams, indirectResult } = flattenFunc(func, role)
  const spansIn = func.params.some((p) => holdsSpan(p.type))
  const spansOut = func.result !== undefined && holdsSpan(func.result)
  return {
    memory: indirectParams || indirectResult || spansIn || spansOut,
    realloc: role === 'lift' ? indirectParams || spansIn : spansOut,
  }
}
