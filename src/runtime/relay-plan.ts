import type { CanonOptions, CoreDef, FuncDef } from '../component/link-plan.ts'
import type { DynamicChunk } from './dynamic/linker.ts'
import { isFlatResult } from './flat-result.ts'
import type { LiftSpec, LinkValue, RelayStep } from './link-program.ts'

type Imported = Extract<FuncDef, { readonly kind: 'import' }>
type Lower = Extract<CoreDef, { readonly kind: 'lower' }>

/** Those of a function that takes and gives nothing that stands in memory, or where the memory is known anyway. */
export const NO_OPTIONS: CanonOptions = {
  stringEncoding: 'utf8',
  memory: undefined,
  realloc: undefined,
  postReturn: undefined,
  async: false,
  callback: undefined,
}

/** Collects the imported functions that a component exports as they are. */
export class RelayPlan {
  readonly #functions: Map<string, RelayStep['functions'][number]> = new Map()
  readonly #instance: number
  readonly #componentInstance: number

  /**
   * @param instance the number that the core instance of the relay gets
   * @param componentInstance the number of the component instance that it stands for
   */
  constructor(instance: number, componentInstance: number) {
    this.#instance = instance
    this.#componentInstance = componentInstance
  }

  /**
   * How an export is lifted that is an import.
   *
   * @param lower makes the core function with which a component calls the host
   */
  lift(func: Imported, context: number, chunk: DynamicChunk, lower: (def: Lower) => LinkValue): LiftSpec {
    const name = func.name === undefined ? func.item : `${func.item}#${func.name}`
    const { result, usesMemory } = chunk.relayNeeds(func.type)
    const def: Lower = {
      kind: 'lower',
      function: func,
      options: NO_OPTIONS,
      componentInstance: this.#componentInstance,
    }
    if (!this.#functions.has(name)) this.#functions.set(name, { name, value: lower(def), result })
    const core = (of: string): LiftSpec['core'] => ({ kind: 'core-export', instance: this.#instance, name: of })
    return {
      context,
      core: core(name),
      postReturn: usesMemory ? core('post-return') : undefined,
      isFlat: isFlatResult(func.type.result),
    }
  }

  /** The step that makes the core instance; none where nothing is passed on. */
  steps(context: () => number): readonly RelayStep[] {
    const functions = [...this.#functions.values()]
    return functions.length === 0 ? [] : [{ kind: 'relay', context: context(), functions }]
  }
}
