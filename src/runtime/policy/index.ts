/** What holds guests to policies. A chunk of its own, which the runtime loads when a policy is given. */
export { Guard } from './guard.ts'
export { GuardedContext } from './guarded-context.ts'
export { compileGuarded } from './guarded-modules.ts'
export { checkPolicy } from './security-policy.ts'
