import type { PackageName } from '../ir/index.ts'
import type { Reader } from './reader.ts'

/** `nameattributes`: the name of an import or export and what is said about it. */
export interface ExternName {
  /** The `externname` as written: what `with` arguments and aliases match. */
  readonly name: string
  /** `name` with the version suffix: `ns:pkg/iface@1.2.3` where the name is `ns:pkg/iface@1`. */
  readonly id: string
  /** The interface that an import or export with a plain name implements, with the version suffix. */
  readonly implements: string | undefined
  readonly externalId: string | undefined
  readonly offset: number
}

/** `nameattributes` (Binary.md, import and export definitions), in all encodings. */
export function readExternName(r: Reader): ExternName {
  const offset = r.pos
  const form = r.byte()
  if (form > 0x02) r.unexpected('an import or export name', form)
  const name = r.string()
  const attributes: (string | undefined)[] = []
  if (form === 0x02) {
    r.vec(() => {
      const kind = r.byte()
      if (kind > 0x02 || attributes[kind] !== undefined) r.unexpected('a new attribute of the name', kind)
      attributes[kind] = r.string()
    })
  }
  const [interfaceName, suffix = '', externalId] = attributes
  // The suffix is that of the interface: of a plain name that implements one, it is no part.
  const id = interfaceName === undefined ? name + suffix : name
  return { name, id, implements: interfaceName && interfaceName + suffix, externalId, offset }
}

/** Takes `ns:pkg/name@version` apart; undefined for any other kind of name. */
export function parseInterfaceName(id: string): { readonly package: PackageName; readonly name: string } | undefined {
  const [, namespace, pkg, name, version] = /^([^/=<]+):([^/:]+)\/([^@]+)(?:@(.+))?$/.exec(id) ?? []
  if (namespace === undefined || pkg === undefined || name === undefined) return undefined
  return { package: { namespace, name: pkg, version }, name }
}
