import type { CoreDef, FuncDef, LinkPlan } from '../../component/link-plan.ts'
import { NO_OPTIONS } from '../../component/no-options.ts'
import type { ContextPlan } from '../context-plan.ts'
import { isFlatResult } from '../flat-result.ts'
import type { LiftSpec, LinkValue, RelayStep } from '../link-program.ts'

import { relayNeeds } from './relay-needs.ts'

type Imported = Extract<FuncDef, { readonly kind: 'import' }>
type Lower = Extract<CoreDef, { readonly kind: 'lower' }>

/** Collects the imported functions that a component exports as they are. */
export class RelayPlan {
  readonly #functions: Map<string, RelayStep['functions'][number]> = new Map()
  readonly #instance: number
  readonly #componentInstance: number
  readonly #context: number

  /** Takes a context of its own, and the numbers after all others for a core and a component instance. */
  constructor(plan: LinkPlan, contexts: ContextPlan) {
    this.#instance = plan.steps.filter((step) => step.kind === 'instantiate').length
    this.#componentInstance = plan.componentInstances.length
    this.#context = contexts.primary(this.#componentInstance)
  }

  /**
   * How an export is lifted that is an import.
   *
   * @param lower makes the core function with which a component calls the host
   */
  lift(func: Imported, lower: (def: Lower) => LinkValue): LiftSpec {
    const name = func.name === undefined ? func.item : `${func.item}#${func.name}`
    const { result, usesMemory } = relayNeeds(func.type)
    const def: Lower = {
      kind: 'lower',
      function: func,
      options: NO_OPTIONS,
      componentInstance: this.#componentInstance,
    }
    if (!this.#functions.has(name)) this.#functions.set(name, { name, value: lower(def), result })
    const core = (of: string): LiftSpec['core'] => ({ kind: 'core-export', instance: this.#instance, name: of })
    return {
      context: this.#context,
      core: core(name),
      postReturn: usesMemory ? core('post-return') : undefined,
      isFlat: isFlatResult(func.type.result),
    }
  }

  /** The step that makes the core instance. */
  steps(): readonly RelayStep[] {
    return [{ kind: 'relay', context: this.#context, functions: [...this.#functions.values()] }]
  }
}
