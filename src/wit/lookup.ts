import { packageId } from '../ir/names.ts'
import type { Id, UsePath } from './ast.ts'
import type { Report } from './report.ts'
import { gateText, type InterfaceEntry, type ItemEntry, type PackageScope, type WorldEntry } from './scope.ts'
import { didYouMean } from '../diagnostics/suggest.ts'

/** The names at the top level of one file: its own items and what `use` adds, which other files do not see. */
export type FileScope = Map<
  string,
  { readonly kind: 'local'; readonly id: Id } | { readonly kind: 'foreign'; readonly path: UsePath }
>

/** Looks up the paths of one file. What is not found is reported, unless it is not `included`. */
export interface Finder {
  interface(path: UsePath, included: boolean): InterfaceEntry | undefined
  world(path: UsePath, included: boolean): WorldEntry | undefined
}

type Kind = ItemEntry['kind']

const articles: Readonly<Record<Kind, string>> = { interface: 'an interface', world: 'a world' }

/** Finds what paths name in one package and those it refers to. */
export class Lookup {
  readonly #items: ReadonlyMap<string, ItemEntry>
  /** All that the package defines, by kind; `#items` has what is resolved so far. */
  readonly #kinds: ReadonlyMap<string, Kind>
  readonly #packages: ReadonlyMap<string, PackageScope>
  readonly #report: Report

  constructor(
    items: ReadonlyMap<string, ItemEntry>,
    kinds: ReadonlyMap<string, Kind>,
    packages: ReadonlyMap<string, PackageScope>,
    report: Report,
  ) {
    this.#items = items
    this.#kinds = kinds
    this.#packages = packages
    this.#report = report
  }

  forFile(file: FileScope): Finder {
    return {
      interface: (path, included) => {
        const entry = this.#find(path, file, included, 'interface')
        return entry?.kind === 'interface' ? entry : undefined
      },
      world: (path, included) => {
        const entry = this.#find(path, file, included, 'world')
        return entry?.kind === 'world' ? entry : undefined
      },
    }
  }

  /** A top-level `use` brings in an interface of another package, or renames an item of this one. */
  checkUse(path: UsePath): void {
    if (path.package === undefined) this.#local(path, path.id.name, [], undefined)
    else this.#foreign(path, true, 'interface')
  }

  #find(path: UsePath, file: FileScope, included: boolean, wanted: Kind): ItemEntry | undefined {
    if (path.package !== undefined) return this.#foreign(path, included, wanted)
    const entry = file.get(path.id.name)
    if (entry?.kind === 'foreign') return this.#foreign(entry.path, included, wanted)
    return this.#local(path, entry?.id.name ?? path.id.name, file.keys(), wanted)
  }

  #local(path: UsePath, name: string, alsoKnown: Iterable<string>, wanted: Kind | undefined): ItemEntry | undefined {
    const kind = this.#kinds.get(name)
    if (kind === undefined) {
      const suggestion = didYouMean(path.id.name, [...alsoKnown, ...this.#kinds.keys()])
      const what = wanted ?? 'interface or world'
      this.#report.error('WIT0032', path.id.span, `the ${what} \`${path.id.name}\` is not defined`, suggestion)
    } else if (wanted !== undefined && kind !== wanted) {
      this.#wrongKind(path, kind, wanted)
    }
    return this.#items.get(name)
  }

  #foreign(path: UsePath, included: boolean, wanted: Kind): ItemEntry | undefined {
    const id = path.package === undefined ? '' : packageId(path.package.name)
    const { name, span } = path.id
    const scope = this.#packages.get(id)
    if (scope === undefined || scope.broken.has(name)) return undefined // reported already
    const entry = scope.items.get(name)
    if (!included) return entry
    if (entry === undefined) {
      const suggestion = didYouMean(name, scope.items.keys())
      this.#report.error('WIT0032', span, `the package \`${id}\` has no ${wanted} \`${name}\``, suggestion)
    } else if (entry.kind !== wanted) {
      this.#wrongKind(path, entry.kind, wanted)
    } else if (!entry.included) {
      this.#report.error(
        'WIT0061',
        span,
        `the ${entry.kind} \`${name}\` is ${gateText(entry.item.stability)}`,
        'put this item behind the same feature, or turn the feature on',
      )
    }
    return entry
  }

  #wrongKind(path: UsePath, is: Kind, wanted: Kind): void {
    this.#report.error('WIT0033', path.id.span, `\`${path.id.name}\` is ${articles[is]}, not ${articles[wanted]}`)
  }
}
