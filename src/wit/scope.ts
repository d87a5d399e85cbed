import type { Interface, Package, PackageName, World } from '../ir/package.ts'
import type { Stability } from '../ir/docs.ts'
import type { Span } from '../ir/span.ts'
import type { Type, TypeDef } from '../ir/types.ts'
import type { Report } from './report.ts'
import { compareVersions } from './version.ts'

/** Stands for a type that could not be resolved, after a report, or behind a feature that is off; WIT has no empty tuple. */
export const unavailable: Type = { kind: 'tuple', types: [] }

/** A name of a type: `included` is false behind a feature that is off. */
export interface TypeEntry {
  readonly kind: 'type'
  readonly def: TypeDef
  readonly included: boolean
}

/** The names of an interface or world; functions are there to say that they are no types. */
export type TypeScope = Map<string, TypeEntry | { readonly kind: 'function' }>

interface Entry {
  readonly included: boolean
}
export interface InterfaceEntry extends Entry {
  readonly kind: 'interface'
  readonly item: Interface
  readonly types: TypeScope
}
export interface WorldEntry extends Entry {
  readonly kind: 'world'
  readonly item: World
}
export type ItemEntry = InterfaceEntry | WorldEntry

/** A package whose items can be looked up. */
export interface PackageScope {
  readonly package: Package
  readonly items: ReadonlyMap<string, ItemEntry>
  /** Names of items that could not be resolved, after a report. */
  readonly broken: ReadonlySet<string>
}

/** The scope of a package that is resolved already, as one read from a binary is. */
export function packageScope(resolved: Package): PackageScope {
  const items = new Map<string, ItemEntry>()
  for (const [name, item] of resolved.interfaces) {
    const types: TypeScope = new Map()
    for (const [type, def] of item.types) types.set(type, { kind: 'type', def, included: true })
    items.set(name, { kind: 'interface', item, included: true, types })
  }
  for (const [name, item] of resolved.worlds) items.set(name, { kind: 'world', item, included: true })
  return { package: resolved, items, broken: new Set() }
}

export type Features = ReadonlySet<string> | 'all'

/** Decides what is in, for the items of one package. */
export class Gate {
  readonly #report: Report
  readonly #features: Features
  readonly #package: PackageName

  constructor(report: Report, features: Features, name: PackageName) {
    this.#report = report
    this.#features = features
    this.#package = name
  }

  /** False for an item behind a feature that is off. `@since` must not be later than the package's own version. */
  includes(stability: Stability, span: Span): boolean {
    if (stability.level === 'unstable') return this.#features === 'all' || this.#features.has(stability.feature)
    if (stability.level === 'stable') {
      const { version, namespace, name } = this.#package
      if (version === undefined) {
        this.#report.error(
          'WIT0060',
          span,
          `\`@since\` needs a version of the package \`${namespace}:${name}\``,
          `write \`package ${namespace}:${name}@${stability.since};\``,
        )
      } else if (compareVersions(stability.since, version) > 0) {
        this.#report.error(
          'WIT0060',
          span,
          `\`@since\` names the version ${stability.since}, but the package \`${namespace}:${name}\` has the version ${version}`,
        )
      }
    }
    return true
  }
}

/** ` behind the feature \`f\`, which is off`, for messages. */
export function gateText(stability: Stability): string {
  return stability.level === 'unstable'
    ? `behind the feature \`${stability.feature}\`, which is off`
    : 'behind a feature that is off'
}
