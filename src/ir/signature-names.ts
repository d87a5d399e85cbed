import type { Interface, World } from './package.ts'
import type { SignatureNames } from './signature.ts'
import type { TypeDef } from './types.ts'

/** The part of a world, or of a component's imports and exports, that inline interfaces get their names from. */
type Items = ReadonlyMap<string, { readonly kind: string; readonly interface?: Interface }>

/**
 * The names for signatures that are compared between a world and a guest: value types are written out, resources stand as
 * `ns:pkg/iface#name` without the version (`iface#name` for inline interfaces, `#name` for those of the world itself),
 * whatever alias led to them.
 *
 * @param scopes the imports and exports, whose keys name the inline interfaces
 */
export function comparableNames(...scopes: readonly Items[]): SignatureNames {
  const inline = new Map<Interface | World, string>()
  for (const scope of scopes) {
    for (const [key, item] of scope) if (item.interface !== undefined) inline.set(item.interface, key)
  }
  return {
    type: () => undefined,
    resource(def) {
      const { owner, name } = declaration(def)
      if ('imports' in owner) return `#${name}`
      if (owner.name === undefined) return `${inline.get(owner) ?? ''}#${name}`
      const { namespace, name: pkg } = owner.package.name
      return `${namespace}:${pkg}/${owner.name}#${name}`
    },
  }
}

function declaration(def: TypeDef): TypeDef {
  let at = def
  while (at.type.kind === 'ref') at = at.type.def
  return at
}
