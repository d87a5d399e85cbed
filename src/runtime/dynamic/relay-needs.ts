import { flattenFunc } from '../../abi/flatten.ts'
import { alignment, elemSize } from '../../abi/layout.ts'
import { neededOptions } from '../../abi/options.ts'
import type { Func } from '../../ir/index.ts'
import type { ResultArea } from '../link-program.ts'

/** What passing a call on takes: whether values stand in memory, and the block for a result that goes through it. */
export function relayNeeds(func: Func): { readonly usesMemory: boolean; readonly result: ResultArea | undefined } {
  const { result } = func
  const { memory } = neededOptions(func, 'lift')
  const isIndirect = result !== undefined && flattenFunc(func, 'lift').indirectResult
  return {
    usesMemory: memory,
    result: isIndirect ? { size: elemSize(result), align: alignment(result) } : undefined,
  }
}
