import type { InstanceOptions } from '../instance.ts'
import type { Source } from '../source.ts'
import type { SecurityPolicy } from './security-policy.ts'

/** A generated world class, as far as a sandbox needs it. */
export interface SandboxWorld<W, O> {
  load(source: Source, options: O): Promise<W>
}

/** The options of a world class, without the policy; they may be left out where all of them may. */
export type SandboxOptions<O> = object extends O ? [options?: Omit<O, 'policy'>] : [options: Omit<O, 'policy'>]

/**
 * Loads a guest under a policy: it is validated and compared with the world, then held to the policy, then instantiated;
 * nothing of it runs before.
 *
 * @param World a generated world class
 * @param source also a compiled component, whatever policy it was compiled for
 * @throws WasmError as `World.load`; `InvalidParam` without a policy; `PolicyUnsupported` where the policy cannot be enforced; the code of the limit for a guest
 * that begins beyond one
 */
export function sandbox<W, O extends InstanceOptions>(
  World: SandboxWorld<W, O>,
  source: Source,
  policy: SecurityPolicy,
  ...[options]: SandboxOptions<O>
): Promise<W> {
  // Without a policy it would be no sandbox: `load` refuses null.
  return World.load(source, { ...options, policy: policy ?? null } as unknown as O)
}
