import { dirname, relative, resolve, sep } from 'node:path'
import { interfaceId, type Interface, type Resolve, type TypeDef, type World } from '../ir/index.ts'
import { hostImports, type HostImports } from '../plan/host-imports.ts'
import { worldTypes, type OutputLayout } from '../plan/layout.ts'
import type { FilePath } from '../plan/file-scope.ts'

/** The generated code that a host is written against: where it lies, and what is called what there. */
export class GeneratedCode {
  readonly layout: OutputLayout
  /** What is to be implemented. */
  readonly host: HostImports
  /** The files of interfaces, and what each is in WIT: `demo:pipeline/log@0.1.0`. */
  readonly #files = new Map<FilePath, string>()
  /** What the files of interfaces offer, as `file#Name`. */
  readonly #names = new Set<string>()
  /** Types under another name or in another file than they are declared: `file#Name` → the same of the declaration. */
  readonly #aliases = new Map<string, string>()
  readonly #folder: string
  readonly #extension: '.js' | '.ts' | '' | undefined

  /**
   * @param resolve what it is generated from
   * @param world whose imports are implemented
   * @param folder where `witgen generate` writes to
   * @param extension of relative imports; undefined: as the file has it already, else `.js`
   */
  constructor(
    { packages }: Resolve,
    world: World,
    layout: OutputLayout,
    folder: string,
    extension: '.js' | '.ts' | '' | undefined,
  ) {
    this.layout = layout
    this.host = hostImports(world, layout)
    const alias = (file: FilePath, def: TypeDef): void => {
      this.#aliases.set(`${file}#${layout.localName(def)}`, `${layout.home(def)}#${layout.typeName(def)}`)
      for (const name of [layout.localName(def), layout.className(def)]) this.#names.add(`${file}#${name}`)
    }
    for (const p of packages) {
      for (const face of p.interfaces.values())
        for (const def of face.types.values()) alias(layout.typesFile(face), def)
    }
    const offer = (face: Interface): void => {
      const file = layout.typesFile(face)
      this.#files.set(file, interfaceId(face) ?? '')
      this.#names.add(`${file}#*`).add(`${file}#${layout.interfaceName(face)}`)
    }
    for (const p of packages) for (const face of p.interfaces.values()) offer(face)
    for (const item of [...world.imports.values(), ...world.exports.values()]) {
      if (item.kind !== 'interface') continue
      offer(item.interface)
      for (const def of item.interface.types.values()) alias(layout.typesFile(item.interface), def)
    }
    for (const def of worldTypes(world)) alias(world.name, def)
    this.#folder = resolve(folder)
    this.#extension = extension
  }

  /** The generated file that an import leads to; undefined for all others. */
  fileOf(from: string, specifier: string): FilePath | undefined {
    if (!specifier.startsWith('.')) return undefined
    const path = relative(this.#folder, resolve(dirname(from), specifier))
      .split(sep)
      .join('/')
    return path.startsWith('..') ? undefined : path.replace(/\.[jt]s$/u, '')
  }

  /** Where a generated type is declared that a file offers, as `file#Name`; `file#*` for an interface as a namespace. */
  declarationOf(file: FilePath, name: string): string {
    const space = file === this.host.file ? this.host.namespaces.get(name) : undefined
    return space === undefined ? (this.#aliases.get(`${file}#${name}`) ?? `${file}#${name}`) : `${space}#*`
  }

  /** Whether the types file of an interface offers a name; true for files that are no such. */
  offers(file: FilePath, name: string): boolean {
    if (this.#files.has(file)) return this.#names.has(`${file}#${name}`)
    return !file.includes('/') || file.endsWith('.codec')
  }

  /**
   * Where the file of an interface went that is generated no longer, since its package's version changed or a second one joined it.
   *
   * @param others what the importing file imports besides: those stay where they are
   * @param text of the importing file, whose comments may say which version is meant
   */
  movedTo(file: FilePath, others: readonly FilePath[], text: string): FilePath | undefined {
    if (this.#files.has(file)) return undefined
    const same = [...this.#files].filter(
      ([other]) => unversioned(other) === unversioned(file) && !others.includes(other),
    )
    const [found] = same.length === 1 ? same : same.filter(([, id]) => text.includes(`WIT: \`${id}\``))
    return found?.[0]
  }

  /** The specifier by which a file of the user's imports a generated one. */
  specifier(from: string, file: FilePath, known: readonly string[]): string {
    const path = relative(dirname(from), resolve(this.#folder, file)).split(sep).join('/')
    const extension = this.#extension ?? usedExtension(known) ?? '.js'
    return `${path.startsWith('.') ? '' : './'}${path}${extension}`
  }
}

/** `demo/pipeline@0.1.0/log` → `demo/pipeline/log` */
const unversioned = (file: FilePath): string => file.replace(/@[^/]*\//u, '/')

/** The extension of the imports that are there. */
function usedExtension(specifiers: readonly string[]): '.js' | '.ts' | '' | undefined {
  const [first] = specifiers
  if (first === undefined) return undefined
  return first.endsWith('.js') ? '.js' : first.endsWith('.ts') ? '.ts' : ''
}
