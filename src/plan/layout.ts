import { packageId, type Interface, type Resolve, type TypeDef, type World } from '../ir/index.ts'
import { Names, pascalCase } from './case.ts'
import type { FilePath } from './file-scope.ts'

/** Where everything of a resolve goes, and what the declarations are called there. */
export class OutputLayout {
  readonly #versioned = new Set<string>()
  readonly #inline = new Map<Interface, FilePath>()
  readonly #typeNames = new Map<Interface | World, Map<TypeDef, string>>()
  readonly #interfaceNames = new Map<Interface, string>()

  constructor(resolve: Resolve, worlds: readonly World[]) {
    const seen = new Set<string>()
    for (const { name } of resolve.packages) {
      const bare = `${name.namespace}:${name.name}`
      if (seen.has(bare)) this.#versioned.add(bare)
      seen.add(bare)
    }
    for (const world of worlds) {
      for (const [key, item] of [...world.imports, ...world.exports]) {
        if (item.kind === 'interface' && item.interface.name === undefined)
          this.#inline.set(item.interface, `${world.name}/${key}`)
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
    if ('imports' in owner) return owner.name
    return this.typesFile(owner)
  }

  /** The TypeScript name of a type in its file. */
  typeName(def: TypeDef): string {
    const origin = this.origin(def)
    if ('imports' in origin.owner) return pascalCase(origin.name)
    return this.#declare(origin.owner).get(origin) ?? pascalCase(origin.name)
  }

  /** The name under which an interface offers a type, its own or a used one. */
  localName(def: TypeDef): string {
    if ('imports' in def.owner) return pascalCase(def.name)
    return this.#declare(def.owner).get(def) ?? pascalCase(def.name)
  }

  #declare(face: Interface): Map<TypeDef, string> {
    const known = this.#typeNames.get(face)
    if (known !== undefined) return known
    const names = new Names()
    const declared = new Map<TypeDef, string>()
    for (const def of face.types.values()) declared.set(def, names.claim(pascalCase(def.name)))
    this.#typeNames.set(face, declared)
    this.#interfaceNames.set(face, names.claim(pascalCase(this.interfaceWord(face))))
    return declared
  }
}

/** What the header of a generated file says of its source: `demo:pipeline@0.1.0 (pipeline.wit)`. */
export function sourceLabel(face: Interface | World): string {
  const file = face.span?.file.path.split('/').at(-1)
  const id = packageId(face.package.name)
  return file === undefined ? id : `${id} (${file})`
}
