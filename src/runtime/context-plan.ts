import type { CanonOptions, CoreDef, Step } from '../component/link-plan.ts'

/** One `Context` of an instance: which memory and allocator it works with. */
export interface ContextSpec {
  readonly componentInstance: number
  /** The number of the context that holds the component instance's state; undefined where it is this one. */
  readonly primary: number | undefined
  memory: CoreDef | undefined
  realloc: CoreDef | undefined
  /** Undefined while no function with a memory has told. */
  encoding: CanonOptions['stringEncoding'] | undefined
  /** Strings have to be measured before they are stored: the guest's realloc cannot grow a block. */
  measured: boolean
}

/**
 * The library that holds the realloc of guests made by componentize-py (0.25.1 and older). It asserts that it is not asked to
 * grow a block, which the specification does for text that is not ASCII.
 */
const CANNOT_GROW = 'libcomponentize_py_runtime.so'

/**
 * The allocator of the adapters that make components of WASI 0.1, for what they import of WASI 0.2. It asserts the same.
 */
const ADAPTER_REALLOC = 'cabi_import_realloc'

/**
 * Assigns the canonical options of a component's functions to contexts: as few as possible, one per component instance in
 * the usual case. What is asked first becomes the primary, so exports come before imports.
 */
export class ContextPlan {
  readonly specs: ContextSpec[] = []

  readonly #measured: boolean

  /** `steps` are those of the component's link plan. */
  constructor(steps: readonly Step[]) {
    this.#measured = steps.some(
      (step) => step.kind === 'instantiate' && step.imports.some(({ module }) => module === CANNOT_GROW),
    )
    this.primary(0)
  }

  /** The number of the context for functions of `componentInstance` with these options. */
  of(componentInstance: number, options: CanonOptions): number {
    const { memory, realloc } = options
    const encoding = memory && options.stringEncoding
    const primary = this.primary(componentInstance)
    let index = this.specs.findIndex(
      (spec) =>
        spec.componentInstance === componentInstance &&
        agree(spec.memory, memory) &&
        agree(spec.realloc, realloc) &&
        agree(spec.encoding, encoding),
    )
    if (index < 0) index = this.#add(componentInstance, primary)
    const spec = this.specs[index]
    if (spec !== undefined) {
      spec.memory ??= memory
      spec.realloc ??= realloc
      if (realloc?.kind === 'core-export' && realloc.name === ADAPTER_REALLOC) spec.measured = true
      spec.encoding ??= encoding
    }
    return index
  }

  /** The number of the context that holds the state of `componentInstance`. */
  primary(componentInstance: number): number {
    const index = this.specs.findIndex((s) => s.componentInstance === componentInstance && s.primary === undefined)
    if (index >= 0) return index
    return this.#add(componentInstance, undefined)
  }

  #add(componentInstance: number, primary: number | undefined): number {
    const none = { memory: undefined, realloc: undefined, encoding: undefined }
    return this.specs.push({ componentInstance, primary, ...none, measured: this.#measured }) - 1
  }
}

/** An option that is absent is not used by the function, so it agrees with any. */
function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b
}
