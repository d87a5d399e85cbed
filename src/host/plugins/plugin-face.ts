import { Owner } from '../../runtime/owner.ts'
import type { FunctionTable, Member } from './function-table.ts'
import type { PluginVersion } from './plugin-version.ts'

/**
 * An object like that of the world class, whose functions call the guest that `current` gives, and whose classes are that
 * guest's. What it has made of them stays with the guest that made it.
 */
export function pluginFace({ functions, classes }: FunctionTable, current: () => PluginVersion): object {
  const root: Record<string, object> = {}
  const objectOf = (face: string | undefined): object => (face === undefined ? root : (root[face] ??= {}))
  for (const at of functions.values()) {
    const value = (...args: unknown[]): unknown => current().call(at, args)
    define(objectOf(at.face), at, { value })
  }
  for (const at of classes) define(objectOf(at.face), at, { get: () => current().read(at) })
  // For what takes an instance, such as `withMetrics` and `policyReport`.
  new Owner(root, () => current().instance)
  return root
}

function define(object: object, { member }: Member, descriptor: PropertyDescriptor): void {
  Object.defineProperty(object, member, { ...descriptor, enumerable: true })
}
