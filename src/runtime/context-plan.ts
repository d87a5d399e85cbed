import type { CanonOptions, CoreDef } from '../component/link-plan.ts'
import { WasmError } from './errors.ts'

/** One `Context` of an instance: which memory and allocator it works with. */
export interface ContextSpec {
  readonly componentInstance: number
  /** The number of the context that holds the component instance's state; undefined where it is this one. */
  readonly primary: number | undefined
  memory: CoreDef | undefined
  realloc: CoreDef | undefined
}

/**
 * Assigns the canonical options of a component's functions to contexts: as few as possible, one per component instance in
 * the usual case. What is asked first becomes the primary, so exports come before imports.
 */
export class ContextPlan {
  readonly specs: ContextSpec[] = []
  readonly #module: string

  constructor(module: string) {
    this.#module = module
    this.primary(0)
  }

  /** The number of the context for functions of `componentInstance` with these options. */
  of(componentInstance: number, options: CanonOptions): number {
    const { memory, realloc } = options
    if (memory !== undefined && options.stringEncoding !== 'utf8') {
      const text = `the guest has strings in ${options.stringEncoding}; only utf8 is supported`
      throw new WasmError('Unsupported', this.#module, undefined, text)
    }
    const primary = this.primary(componentInstance)
    let index = this.specs.findIndex(
      (spec) =>
        spec.componentInstance === componentInstance && agree(spec.memory, memory) && agree(spec.realloc, realloc),
    )
    if (index < 0) index = this.specs.push({ componentInstance, primary, memory: undefined, realloc: undefined }) - 1
    const spec = this.specs[index]
    if (spec !== undefined) {
      spec.memory ??= memory
      spec.realloc ??= realloc
    }
    return index
  }

  /** The number of the context that holds the state of `componentInstance`. */
  primary(componentInstance: number): number {
    const index = this.specs.findIndex((s) => s.componentInstance === componentInstance && s.primary === undefined)
    if (index >= 0) return index
    return this.specs.push({ componentInstance, primary: undefined, memory: undefined, realloc: undefined }) - 1
  }
}

/** An option that is absent is not used by the function, so it agrees with any. */
function agree(a: CoreDef | undefined, b: CoreDef | undefined): boolean {
  return a === undefined || b === undefined || a === b
}
