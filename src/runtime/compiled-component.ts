import type { LinkPlan } from '../component/link-plan.ts'
import type { WorldDescriptor } from './descriptor.ts'
import type { LinkProgram } from './link-program.ts'
import type { Guarded } from './policy/guarded-modules.ts'

/** What `instantiateWorld` needs of a compiled component. */
export interface Compiled {
  readonly plan: LinkPlan
  readonly modules: readonly WebAssembly.Module[]
  /** What was worked out for the worlds that it has been instantiated as. */
  readonly programs: WeakMap<WorldDescriptor, LinkProgram>
  /** The policy that it was compiled for, if any. */
  readonly guarded: Guarded | undefined
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
  constructor(plan: LinkPlan, modules: readonly WebAssembly.Module[], name: string | undefined, guarded?: Guarded) {
    this.name = name
    this.#compiled = { plan, modules, programs: new WeakMap(), guarded }
  }
}

/** The inside of a `CompiledComponent`, for the runtime only. */
export function compiledOf(compiled: CompiledComponent): Compiled {
  return internals(compiled)
}
