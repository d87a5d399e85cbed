import type { RewriteOptions } from '../../component/rewrite/rewrite.ts'
import type { SecurityPolicy } from './security-policy.ts'

/** What a policy takes of a guest's code, which is written anew for it. */
export type PolicyNeeds = Omit<RewriteOptions, 'module'>

/** What has to be put into the code of a guest that is to be held to a policy. */
export function needsOf(policy: SecurityPolicy): PolicyNeeds {
  const { maxMemoryPages, maxTableElements, maxExecutionTimeMs, fuel, maxCallDepth, memoryTracing } = policy
  return {
    maxMemoryPages,
    maxTableElements,
    memories: maxMemoryPages !== undefined || memoryTracing === true,
    budget: fuel !== undefined || maxExecutionTimeMs !== undefined,
    noWaiting: maxExecutionTimeMs !== undefined,
    depth: maxCallDepth !== undefined,
  }
}

/** Whether a policy takes code to be written anew at all. */
export function isRewriting(needs: PolicyNeeds): boolean {
  return Object.values(needs).some((need) => need !== undefined && need !== false)
}

/** Whether code that was written for the one can be used for the other. */
export function sameNeeds(one: PolicyNeeds | undefined, other: PolicyNeeds | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return (Object.keys(one) as (keyof PolicyNeeds)[]).every((need) => one[need] === other[need])
}
