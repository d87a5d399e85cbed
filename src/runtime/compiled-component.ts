import type { LinkPlan } from '../component/link-plan.ts'
import type { WorldDescriptor } from './descriptor.ts'
import type { LinkProgram } from './link-program.ts'
import type { CoreCode } from './policy/core-code.ts'
import type { SecurityPolicy } from './policy/security-policy.ts'

/** What `instantiateWorld` needs of a compiled component. */
export interface Compiled {
  readonly plan: LinkPlan
  /** The code that it was compiled to: that of the guest, or what a policy has made of it. */
  readonly code: CoreCode
  /**
   * The core modules as they came, views into the source: what other policies and the offsets of traps are worked out from.
   * Undefined where only compiled modules have been handed on, as to a thread.
   */
  readonly cores: readonly Uint8Array[] | undefined
  /** What instances are held to that are given no policy of their own. */
  readonly policy: SecurityPolicy | undefined
  /** What was worked out for the worlds that it has been instantiated as. */
  readonly programs: WeakMap<WorldDescriptor, LinkProgram>
}

let internals: (compiled: CompiledComponent) => Compiled

/** A component whose core modules are compiled: made by `compile`, instantiated any number of times. */
export class CompiledComponent {
  /** The base name of the source, where it had one. */
  readonly name: string | undefined
  readonly #compiled: Compiled

  static {
    internals = (compiled) => compiled.#compiled
  }

  /** Use `compile`. */
  constructor(
    { plan, code, cores, policy, programs = new WeakMap() }: Omit<Compiled, 'programs'> & Partial<Compiled>,
    name: string | undefined,
  ) {
    this.name = name
    this.#compiled = { plan, code, cores, policy, programs }
  }
}

/** The inside of a `CompiledComponent`, for the runtime only. */
export function compiledOf(compiled: CompiledComponent): Compiled {
  return internals(compiled)
}
