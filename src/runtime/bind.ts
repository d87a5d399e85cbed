import { binding, nothing } from './binding.ts'
import { LiftedExports } from './core-exports.ts'
import type { CoreFunction, ExportedInterface } from './descriptor.ts'
import { loadedFit } from './fit-chunk.ts'
import type { Linked } from './link.ts'
import type { LiftedInterface } from './link-program.ts'

/**
 * The typed object of an exported interface. Its functions nearly always share one context; where a guest lifted some with
 * other options, those come from an object of their own, bound to that context.
 *
 * @param members what functions of resources are called where they are the object's own, by WIT name
 */
export function bindInContexts<T>(
  face: ExportedInterface<T>,
  lifted: LiftedInterface,
  linked: Linked,
  members: Readonly<Record<string, string>> = {},
): T {
  const { functions: lifts, contexts } = lifted
  const exports = new LiftedExports(lifted, linked)
  const object = bindOne(face, contexts[0] ?? 0, exports, linked)
  for (let i = 1; i < contexts.length; i++) {
    const index = contexts[i] ?? 0
    const other = bindOne(face, index, exports, linked)
    for (const [name, { context }] of lifts) {
      const member = name.startsWith('[') ? members[name] : face.functions[name]?.member
      if (context === index && member !== undefined) move(other, object, member)
    }
  }
  return object
}

function bindOne<T>(face: ExportedInterface<T>, index: number, exports: LiftedExports, linked: Linked): T {
  const context = linked.contexts[index]
  if (context === undefined) throw new RangeError(`the link program has no context ${index}`)
  binding.cx = context
  binding.exports = exports
  const object = face.bind(context, exports)
  // What has been bound last is to be collectable as well.
  Object.assign(binding, nothing)
  if (face.dispatch !== undefined) loadedFit().settle(context, face.dispatch, exports, object as object)
  return object
}

/** Puts the method `member` of `from` onto `to`, still working on `from`. */
function move(from: unknown, to: unknown, member: string): void {
  const source = from as Record<string, CoreFunction>
  const target = to as Record<string, CoreFunction>
  const method = source[member]
  if (method !== undefined) target[member] = method.bind(source) as CoreFunction
}
