import { packageId, type Interface, type Resolve, type TypeDef, type World, type WorldItem } from '../ir/index.ts'
import { Names, pascalCase } from './case.ts'
import type { FilePath } from './file-scope.ts'

/** Where everything of a resolve goes, and what the declarations are called there. */
export class OutputLayout {
  readonly #versioned = new Set<string>()
  readonly #inline = new Map<Interface, FilePath>()
  readonly #typeNames = new Map<Interface | World, Map<TypeDef, string>>()
  readonly #classNames = new Map<TypeDef, string>()
  readonly #rootNames = new Map<World, { readonly imports: string; readonly exports: string }>()
  readonly #interfaceNames = new Map<Interface, string>()

  constructor(resolve: Resolve, worlds: readonly World[]) {
    const seen = new Set<string>()
    for (const { name } of resolve.packages) {
      const bare = `${name.namespace}:${name.name}`
      if (seen.has(bare)) this.#versioned.add(bare)
      seen.add(bare)
    }
    for (const world of worlds) {
      for (const [direction, items] of [
        ['imports', world.imports],
        ['exports', world.exports],
      ] as const) {
        for (const [key, item] of items) {
          if (item.kind !== 'interface' || item.interface.name !== undefined) continue
          // A world may import and export two different inline interfaces of one name.
          const isTaken = direction === 'exports' && isInline(world.imports.get(key))
          this.#inline.set(item.interface, isTaken ? `${world.name}/exports/${key}` : `${world.name}/${key}`)
        }
      }
    }
  }

  /** The types file of an interface, without extension. Contract: generated files, section 2. */
  typesFile(face: Interface): FilePath {
    if (face.name === undefined) {
      const path = this.#inline.get(face)
      if (path === undefined) throw new TypeError('an inline interface of a world that is not generated')
      return path
    }
    const { namespace, name, version } = face.package.name
    const folder = this.#versioned.has(`${namespace}:${name}`) && version !== undefined ? `${name}@${version}` : name
    return `${namespace}/${folder}/${face.name}`
  }

  codecFile(face: Interface): FilePath {
    return `${this.typesFile(face)}.codec`
  }

  viewsFile(face: Interface | World): FilePath {
    return `${'imports' in face ? face.name : this.typesFile(face)}.views`
  }

  /** The last word of an interface's name: `analysis`. */
  interfaceWord(face: Interface): string {
    return face.name ?? this.typesFile(face).split('/').at(-1) ?? ''
  }

  /** The TypeScript name of the interface of its functions. */
  interfaceName(face: Interface): string {
    this.#declare(face)
    return this.#interfaceNames.get(face) ?? ''
  }

  /** The interface that declares a type, beyond any `use`. */
  origin(def: TypeDef): TypeDef {
    let at = def
    while (at.type.kind === 'ref' && at.type.def.owner !== at.owner) at = at.type.def
    return at
  }

  /** The types file that declares a type. */
  home(def: TypeDef): FilePath {
    const { owner } = this.origin(def)
    return 'imports' in owner ? owner.name : this.typesFile(owner)
  }

  /** The TypeScript name of a type in its file. */
  typeName(def: TypeDef): string {
    const origin = this.origin(def)
    return this.#declare(origin.owner).get(origin) ?? pascalCase(origin.name)
  }

  /** The name under which an interface offers a type, its own or a used one. */
  localName(def: TypeDef): string {
    return this.#declare(def.owner).get(def) ?? pascalCase(def.name)
  }

  /** The TypeScript interface of a resource's class. */
  className(def: TypeDef): string {
    const origin = this.origin(def)
    this.#declare(origin.owner)
    return this.#classNames.get(origin) ?? `${pascalCase(origin.name)}Class`
  }

  /** The TypeScript interface of the functions that a world itself imports or exports. */
  rootName(world: World, direction: 'imports' | 'exports'): string {
    this.#declare(world)
    return this.#rootNames.get(world)?.[direction] ?? ''
  }

  /** Gives each type of an interface or world its name, each once in its file. */
  #declare(owner: Interface | World): Map<TypeDef, string> {
    const known = this.#typeNames.get(owner)
    if (known !== undefined) return known
    const isWorld = 'imports' in owner
    const world = isWorld ? pascalCase(owner.name) : ''
    const names = new Names(isWorld ? [world, `${world}Imports`, `${world}VersionedImports`, `${world}Options`] : [])
    const types = isWorld ? worldTypes(owner) : [...owner.types.values()]
    const declared = new Map<TypeDef, string>()
    for (const def of types) declared.set(def, names.claim(pascalCase(def.name)))
    this.#typeNames.set(owner, declared)
    for (const def of types) {
      if (def.type.kind === 'resource') this.#classNames.set(def, names.claim(`${pascalCase(def.name)}Class`))
    }
    if (isWorld) {
      this.#rootNames.set(owner, {
        imports: names.claim(`${world}RootImports`),
        exports: names.claim(`${world}RootExports`),
      })
    } else this.#interfaceNames.set(owner, names.claim(pascalCase(this.interfaceWord(owner))))
    return declared
  }
}

/** The types that a world declares or uses itself. */
export function worldTypes(world: World): readonly TypeDef[] {
  const found = [...world.imports.values(), ...world.exports.values()]
  return [...new Set(found.flatMap((item) => (item.kind === 'type' ? [item.type] : [])))]
}

/** What the header of a generated file says of its source: `demo:pipeline@0.1.0 (pipeline.wit)`. */
export function sourceLabel(face: Interface | World, binary: string | undefined): string {
  const file = face.span?.file.path.split('/').at(-1) ?? binary
  const id = packageId(face.package.name)
  return file === undefined ? id : `${id} (${file})`
}

const isInline = (item: WorldItem | undefined): boolean =>
  item?.kind === 'interface' && item.interface.name === undefined
