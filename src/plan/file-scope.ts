import { compare } from '../ir/compare.ts'
import type { TypeDef } from '../ir/index.ts'
import type { ImportModel } from './model.ts'
import { Names } from './case.ts'
import type { TypeScope } from './ts-type.ts'

/** Where everything lies, relative to the output folder, without extension: `demo/pipeline/analysis`. */
export type FilePath = string

/** How a relative import ends. */
export type ImportExtension = '.js' | '.ts' | ''

/**
 * The names of one generated file: what it declares, and what it imports on the way. Everything that needs a name
 * claims it here, so that nothing is declared twice or hides a global that is still needed.
 */
export class FileScope implements TypeScope {
  readonly path: FilePath
  readonly #extension: ImportExtension
  readonly #home: (def: TypeDef) => FilePath
  readonly #nameOf: (def: TypeDef) => string
  readonly #names: Names
  readonly #globals = new Set<string>()
  readonly #imports = new Map<string, Map<string, string>>()

  /**
   * @param home the types file that declares a type
   * @param nameOf its name there
   * @param declared the names that the file itself declares
   */
  constructor(
    path: FilePath,
    extension: ImportExtension,
    home: (def: TypeDef) => FilePath,
    nameOf: (def: TypeDef) => string,
    declared: Iterable<string>,
  ) {
    this.path = path
    this.#extension = extension
    this.#home = home
    this.#nameOf = nameOf
    this.#names = new Names(declared)
  }

  typeName(def: TypeDef): string {
    const home = this.#home(def)
    const name = this.#nameOf(def)
    return home === this.path ? name : this.import(this.relative(home), name, { type: true, local: `${name}` })
  }

  global(name: string): string {
    if (this.#globals.has(name)) return name
    if (this.#names.has(name)) return `globalThis.${name}`
    this.#names.claim(name)
    this.#globals.add(name)
    return name
  }

  /** The same names for comments, which import nothing. */
  inComments(): TypeScope {
    return { typeName: (def) => this.#nameOf(def), global: (name) => name }
  }

  /** A name of this file that nothing else has. */
  claim(name: string): string {
    return this.#names.claim(name)
  }

  /** Imports a name that the file has kept free for it; `type Context` for a type. */
  importExact(from: string, name: string): void {
    const names = this.#imports.get(from) ?? new Map<string, string>()
    this.#imports.set(from, names.set(name, name.replace(/^type /u, '')))
  }

  /** Imports a name, once, and gives what it is called here. */
  import(from: string, name: string, options: { readonly type?: boolean; readonly local?: string } = {}): string {
    const names = this.#imports.get(from) ?? new Map<string, string>()
    this.#imports.set(from, names)
    const key = options.type === true ? `type ${name}` : name
    const known = names.get(key)
    if (known !== undefined) return known
    const local = this.#names.claim(options.local ?? name)
    names.set(key, local)
    return local
  }

  /** The specifier that leads from this file to another of the output. */
  relative(to: FilePath): string {
    const here = this.path.split('/').slice(0, -1)
    const there = to.split('/')
    let shared = 0
    while (shared < here.length && here[shared] === there[shared]) shared++
    const up = here.length - shared
    const steps = [...Array.from({ length: up }, () => '..'), ...there.slice(shared)].join('/')
    return `${up === 0 ? './' : ''}${steps}${this.#extension}`
  }

  /** The import declarations, packages first, sorted. */
  imports(): readonly ImportModel[] {
    const rank = (from: string): string => `${from.startsWith('.') ? 1 : 0}${from}`
    return [...this.#imports]
      .sort(([a], [b]) => compare(rank(a), rank(b)))
      .map(([from, names]) => {
        const entries = [...names].map(([key, local]) => {
          const bare = key.replace(/^type /u, '')
          const isType = bare !== key
          return { bare, isType, text: bare === local ? bare : `${bare} as ${local}` }
        })
        // Types only are imported as types, so that nothing of the import is left at run time.
        const typesOnly = entries.every((e) => e.isType)
        const text = (e: (typeof entries)[number]): string => (e.isType && !typesOnly ? `type ${e.text}` : e.text)
        return { names: entries.sort((a, b) => compare(a.bare, b.bare)).map(text), typesOnly, from }
      })
  }
}
