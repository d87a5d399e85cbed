import { rewriteModule, UnknownInstruction, type Rewritten } from '../../component/rewrite/rewrite.ts'
import { WasmError } from '../errors.ts'
import { isRewriting, needsOf } from './needs.ts'
import type { SecurityPolicy } from './security-policy.ts'

/** What is known of a core module that was written anew. */
export type ModuleFacts = Omit<Rewritten, 'bytes'>

/** What a component was compiled for. */
export interface Guarded {
  readonly policy: SecurityPolicy
  /** By the number of the core module; empty where the policy takes no change of code. */
  readonly modules: readonly ModuleFacts[]
}

/**
 * Writes the core modules of a component anew so that they can be held to a policy, and compiles them.
 *
 * @param cores the modules' bytes, which the engine has accepted
 * @throws WasmError `PolicyUnsupported` where the policy cannot be enforced on them
 */
export async function compileGuarded(
  cores: readonly Uint8Array[],
  policy: SecurityPolicy,
  module: string,
): Promise<{ readonly modules: readonly WebAssembly.Module[]; readonly facts: readonly ModuleFacts[] } | undefined> {
  const needs = needsOf(policy)
  if (!isRewriting(needs)) return undefined
  const modules: WebAssembly.Module[] = []
  const facts: ModuleFacts[] = []
  for (const [index, core] of cores.entries()) {
    try {
      const { bytes, ...known } = rewriteModule(core, { ...needs, module: index })
      modules.push(await WebAssembly.compile(bytes))
      facts.push(known)
    } catch (cause) {
      throw unsupported(cause, index, module)
    }
  }
  return { modules, facts }
}

function unsupported(cause: unknown, index: number, module: string): WasmError {
  const why =
    cause instanceof UnknownInstruction
      ? `${cause.message} cannot be held to it`
      : `the engine refuses it with the checks in it: ${cause instanceof Error ? cause.message : String(cause)}`
  const text = `the policy cannot be enforced on core module ${index} of the component: ${why}`
  return new WasmError('PolicyUnsupported', module, undefined, text, { cause })
}
