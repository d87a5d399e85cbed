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

/** Which limits of a policy a guest cannot be held to, whose code was written for another one. */
export function missingNeeds(wanted: PolicyNeeds, given: PolicyNeeds): string[] {
  return (Object.keys(wanted) as (keyof PolicyNeeds)[]).filter(
    (need) => wanted[need] !== given[need] && wanted[need] !== undefined && wanted[need] !== false,
  )
}
