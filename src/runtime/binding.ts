import { Context } from './context.ts'
import type { CoreExports } from './descriptor.ts'

/** What is being bound: the context of an instance and the core functions of one of its interfaces. */
export interface Binding {
  cx: Context
  exports: CoreExports
}

function nothingBound(): never {
  throw new TypeError('generated classes are made by the runtime only')
}

/** Between two times that `bind` runs. */
export const nothing: Readonly<Binding> = {
  cx: new Context(''),
  exports: { core: nothingBound, postReturn: nothingBound, resource: nothingBound, drop: nothingBound },
}

/**
 * Read by the field initialisers of generated classes, while `bind` runs. Fields that are written once, with their value,
 * are what engines treat as constants; assigned in a constructor they are first `undefined`.
 */
export const binding: Binding = { ...nothing }
