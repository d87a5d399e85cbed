import type { Compiled } from './compiled-component.ts'
import { WasmError } from './errors.ts'
import type { InstanceLog } from './instance-log.ts'
import type { LinkProgram } from './link-program.ts'
import type { Guard } from './policy/guard.ts'
import type * as PolicyChunk from './policy/index.ts'
import type { SecurityPolicy } from './policy/security-policy.ts'

let chunk: typeof PolicyChunk | undefined

/** What holds guests to policies, where something has loaded it. */
export function loadedPolicy(): typeof PolicyChunk | undefined {
  return chunk
}

/** Loads what holds guests to policies, once. */
export async function loadPolicy(): Promise<typeof PolicyChunk> {
  return (chunk ??= await import('./policy/index.ts'))
}

/**
 * What holds a new instance to its policy; without one to that which the guest was compiled for.
 *
 * @throws WasmError `PolicyUnsupported` for a guest that was not compiled for a policy; as `Guard`
 */
export function guardFor(
  { guarded }: Compiled,
  program: LinkProgram,
  name: string,
  given: SecurityPolicy | undefined,
  log: InstanceLog | undefined,
): Guard | undefined {
  // Anything else that is no policy is refused, not taken for none.
  const policy = given === undefined ? guarded?.policy : given
  if (policy === undefined) return undefined
  if (guarded === undefined || chunk === undefined) {
    const text =
      'the guest was compiled without a policy: give it when the guest is compiled, as in `compile(source, { policy })`, ' +
      'or use `load` or `sandbox`'
    throw new WasmError('PolicyUnsupported', name, undefined, text)
  }
  return new chunk.Guard(policy, guarded, program, name, log)
}
