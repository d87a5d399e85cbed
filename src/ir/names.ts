import type { Interface, PackageName, World } from './package.ts'

/** `ns:pkg` or, with a version, `ns:pkg@1.2.3`. */
export function packageId(name: PackageName): string {
  return name.version === undefined
    ? `${name.namespace}:${name.name}`
    : `${name.namespace}:${name.name}@${name.version}`
}

/** `ns:pkg/item@version`: the component-level name of a named interface or world. */
export function itemId(name: PackageName, item: string): string {
  return name.version === undefined
    ? `${name.namespace}:${name.name}/${item}`
    : `${name.namespace}:${name.name}/${item}@${name.version}`
}

/** The component-level name of an interface; undefined for an inline one, whose name is its key in the world. */
export function interfaceId(face: Interface): string | undefined {
  return face.name === undefined ? undefined : itemId(face.package.name, face.name)
}

/** The component-level name of a world. */
export function worldId(world: World): string {
  return itemId(world.package.name, world.name)
}
