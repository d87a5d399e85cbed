/** What holds guests to policies. A chunk of its own, which the runtime loads when a policy is given. */
export { codeForPolicy, compileForPolicy } from './code-for-policy.ts'
export { Guard } from './guard.ts'
export { contextUnder } from './guarded-context.ts'
export { traceFrames } from './original-frames.ts'
export { checkPolicy } from './security-policy.ts'
