import type { ExportedInterface } from '../../runtime/descriptor.ts'
import { splitVersion } from '../../runtime/versions.ts'
import type { Bound, Instance } from '../../runtime/world-instance.ts'
import type { WireFunction } from './protocol.ts'

/**
 * The functions of a world that are called by name: those of interfaces and of the world itself, without methods of resources.
 *
 * @param world the object of the generated class, `instance` what is behind it
 */
export function exportedFunctions(world: object, instance: Instance): WireFunction[] {
  return instance.exported.flatMap((bound) => functionsOf(world, bound))
}

function functionsOf(world: object, { face, object }: Bound): WireFunction[] {
  const { id, functions, types } = face as ExportedInterface<unknown>
  const property = id === '' ? undefined : Object.keys(world).find((key) => Reflect.get(world, key) === object)
  const isReachable = id === '' || property !== undefined
  return Object.entries(functions).flatMap(([name, { member, signature }]) => {
    if (name.startsWith('[') || !isReachable) return []
    // The class's method: hooks put a wrapper in front of it, which takes any number of parameters.
    const target: unknown = Reflect.get(Object.getPrototypeOf(id === '' ? world : object), member)
    if (typeof target !== 'function') return []
    return {
      property,
      member,
      id: id === '' ? name : `${splitVersion(id).base}#${name}`,
      interface: id === '' ? '$root' : id,
      function: name,
      params: target.length,
      hasResources: namesResource(signature, types ?? {}),
    }
  })
}

/** Whether a signature has a handle in it, or a type that has one. */
function namesResource(text: string, types: Readonly<Record<string, string>>, seen: Set<string> = new Set()): boolean {
  if (/\b(?:own|borrow)</.test(text)) return true
  for (const [, name = ''] of text.matchAll(/\$([\w-]+)/g)) {
    if (seen.has(name)) continue
    seen.add(name)
    if (namesResource(types[name] ?? '', types, seen)) return true
  }
  return false
}
