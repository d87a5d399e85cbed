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

/** Whether it is on a disk of this machine: then it costs next to nothing to have it before a policy is given. */
export function isPolicyNear(): boolean {
  const host = globalThis as unknown as { process?: { getBuiltinModule?: unknown } }
  return typeof host.process?.getBuiltinModule === 'function'
}

/** The code of a new instance, and what holds it to its policy; without one to that which the guest was compiled for. */
export interface Held {
  readonly modules: readonly WebAssembly.Module[]
  readonly guard: Guard | undefined
}

/**
 * Holds a new instance to its policy.
 *
 * @throws WasmError `PolicyUnsupported` for one that cannot be enforced, or while nothing has been loaded that could; as `Guard`
 */
export function holdTo(
  given: SecurityPolicy | undefined,
  compiled: Compiled,
  program: LinkProgram,
  name: string,
  log: InstanceLog | undefined,
): Held {
  // Anything else that is no policy is refused, not taken for none.
  const policy = given === undefined ? compiled.policy : given
  if (policy === undefined) return { modules: compiled.code.modules, guard: undefined }
  if (chunk === undefined) {
    const text =
      'what holds guests to policies is not loaded, and instantiating cannot wait for it: `await compile(source, { policy })` ' +
      'loads it, as do `load` and `sandbox`'
    throw new WasmError('PolicyUnsupported', name, undefined, text)
  }
  const checked = chunk.checkPolicy(policy, name)
  const code = chunk.codeForPolicy(compiled, checked, name)
  return { modules: code.modules, guard: new chunk.Guard(checked, code, compiled, program, name, log) }
}
