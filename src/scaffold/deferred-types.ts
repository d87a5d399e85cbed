import type { TypeDef } from '../ir/index.ts'
import type { HostScope } from '../plan/host-imports.ts'
import type { ModuleScope } from './module-scope.ts'

/** Writes types with marks in the place of names, so that only those are imported that come to stand in the file. */
export class DeferredTypes implements HostScope {
  readonly #scope: ModuleScope
  readonly #defs: TypeDef[] = []

  constructor(scope: ModuleScope) {
    this.#scope = scope
  }

  typeName(def: TypeDef): string {
    return `__type${this.#defs.push(def) - 1}__`
  }

  global(name: string): string {
    return this.#scope.global(name)
  }

  inComments(): ReturnType<HostScope['inComments']> {
    return this.#scope.inComments()
  }

  /** The text with the names, which are imported into the file now. */
  settle(text: string): string {
    return text.replaceAll(/__type(\d+)__/gu, (mark, index: string) => {
      const def = this.#defs[Number(index)]
      return def === undefined ? mark : this.#scope.typeName(def)
    })
  }
}
