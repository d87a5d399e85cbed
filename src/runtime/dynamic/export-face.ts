import { pascalCase } from '../../ir/index.ts'
import { setMember } from '../abi/inherited.ts'
import { LiftedExports } from '../core-exports.ts'
import type { Linked } from '../link.ts'
import type { LiftedInterface } from '../link-program.ts'
import type { Codecs } from './codec.ts'
import { exportFunction, type BoundCore, type ExportCall } from './export-function.ts'
import { memberNames, prefixOf, resourceOf, type Face } from './face.ts'
import { makeResourceClass } from './resource-class.ts'

/** An exported interface of one instance: functions and classes by their JavaScript names. */
export type ExportsObject = Record<string, unknown>

/** Looks at the types of an exported interface; what comes back makes its object for each instance. */
export function exportFace(face: Face, codecs: Codecs): (lifted: LiftedInterface, linked: Linked) => ExportsObject {
  const members = memberNames(face)
  const prefix = prefixOf(face.id)
  const calls = new Map<string, ExportCall>()
  for (const func of face.functions) calls.set(func.name, exportFunction(func, `${prefix}${func.name}`, codecs))

  return (lifted, linked) => {
    const exports = new LiftedExports(lifted, linked)
    const bind = (name: string): BoundCore => {
      const cx = linked.contexts[lifted.functions.get(name)?.context ?? -1]
      if (cx === undefined) throw new RangeError(`the link program has no context for ${name}`)
      return { cx, core: exports.core(name), postReturn: exports.postReturn(name) }
    }
    const object: ExportsObject = {}
    for (const { name } of face.functions) {
      const call = calls.get(name)
      if (call === undefined || resourceOf(name) !== undefined) continue
      const bound = bind(name)
      setMember(object, members.get(name) ?? name, (...args: unknown[]): unknown => call(bound, args))
    }
    for (const resource of face.resources.keys()) {
      const functions = face.functions.flatMap(({ name, kind: { kind } }) => {
        const call = calls.get(name)
        if (call === undefined || resourceOf(name)?.resource !== resource) return []
        return [{ kind, member: members.get(name) ?? name, call, bound: bind(name) }]
      })
      setMember(object, pascalCase(resource), makeResourceClass(resource, exports.resource(resource), functions))
    }
    return object
  }
}
