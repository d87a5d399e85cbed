import { ts } from 'ts-morph'
import type { TypeDef } from '../ir/index.ts'
import { compare } from '../ir/compare.ts'
import type { FilePath } from '../plan/file-scope.ts'
import { hostNames, type HostScope } from '../plan/host-imports.ts'
import type { ImportModel } from '../plan/model.ts'
import type { TypeScope } from '../plan/ts-type.ts'
import { declaredNames } from './declared-names.ts'
import type { GeneratedCode } from './generated-code.ts'
import type { Source } from './source.ts'

interface Import {
  readonly node: ts.ImportDeclaration
  readonly file: FilePath
  readonly specifier: string
  /** The file that it was imported from when that still existed. */
  readonly was: FilePath
}

/** The names of a module of the user's: what it declares and imports already, and what it has to import for new code. */
export class ModuleScope implements HostScope {
  readonly #source: Source
  readonly #generated: GeneratedCode
  readonly #names: ReturnType<typeof hostNames>
  readonly #declared: ReadonlySet<string>
  /** `file#Name` → what it is called here. */
  readonly #known = new Map<string, string>()
  readonly #imports: readonly Import[]
  readonly #added = new Map<FilePath, Map<string, string>>()
  readonly #classes = new Map<TypeDef, string>()

  constructor(source: Source, generated: GeneratedCode, taken: readonly string[] = []) {
    this.#source = source
    this.#generated = generated
    this.#declared = new Set(declaredNames(source.node))
    this.#names = hostNames([...this.#declared, ...taken])
    const imports = source.node.statements.filter(ts.isImportDeclaration).flatMap((node) => {
      const specifier = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : ''
      const was = generated.fileOf(source.path, specifier)
      return was === undefined ? [] : [{ node, was, specifier }]
    })
    const files = imports.map(({ was }) => was)
    this.#imports = imports.map((i) => ({ ...i, file: generated.movedTo(i.was, files, source.text) ?? i.was }))
    for (const { node, file, was } of this.#imports) {
      if (file === was) continue
      const { quote } = source.style
      source.replace(
        node.moduleSpecifier.getStart(source.node),
        node.moduleSpecifier.end,
        quote + this.#specifier(file) + quote,
      )
    }
    for (const { node, file } of this.#imports) {
      const bindings = node.importClause?.namedBindings
      if (bindings !== undefined && ts.isNamespaceImport(bindings)) this.#known.set(`${file}#*`, bindings.name.text)
      else
        for (const e of bindings?.elements ?? []) {
          this.#known.set(generated.declarationOf(file, (e.propertyName ?? e.name).text), e.name.text)
        }
    }
  }

  /** A name for a new declaration that nothing else here has. */
  claim(name: string): string {
    return this.#names.claim(name)
  }

  /** The host's own class for a resource; a name for it where there is none yet. */
  classFor(def: TypeDef, name: string): string {
    const origin = this.#generated.layout.origin(def)
    const own = this.#classes.get(origin) ?? this.claim(name)
    this.#classes.set(origin, own)
    return own
  }

  /** The host's own class stands for a resource wherever this module names it. */
  setClass(def: TypeDef, name: string): void {
    this.#classes.set(this.#generated.layout.origin(def), name)
  }

  typeName(def: TypeDef): string {
    const { layout } = this.#generated
    return this.#classes.get(layout.origin(def)) ?? this.importType(layout.home(def), layout.typeName(def))
  }

  global(name: string): string {
    return this.#declared.has(name) ? `globalThis.${name}` : name
  }

  inComments(): TypeScope {
    return { typeName: (def) => this.#generated.layout.typeName(def), global: (name) => name }
  }

  /** The name of a generated type here; imported if need be. */
  importType(file: FilePath, name: string, local: string = name): string {
    const known = this.#known.get(`${file}#${name}`)
    if (known !== undefined) return known
    const space = this.#known.get(`${file}#*`)
    if (space !== undefined) return `${space}.${name}`
    const own = this.#names.claim(local)
    this.#known.set(`${file}#${name}`, own)
    const added = this.#added.get(file) ?? new Map<string, string>()
    this.#added.set(file, added.set(name, own))
    return own
  }

  /** Writes types in a form in which those of the user can be compared: generated ones by file and name. */
  canonical(): TypeScope {
    const { layout } = this.#generated
    return { typeName: (def) => canonicalName(layout.home(def), layout.typeName(def)), global: (name) => name }
  }

  /** The same form of one generated type. */
  canonicalOf(file: FilePath, name: string): string {
    return canonicalName(file, name)
  }

  /** What a name of this module, possibly dotted, means in that form; undefined for a name that is not generated. */
  meaning(name: string): string | undefined {
    for (const [def, own] of this.#classes) if (own === name) return this.canonical().typeName(def)
    for (const [key, local] of this.#known) {
      const [file = '', member = ''] = key.split('#')
      if (member === '*' && name.startsWith(`${local}.`)) {
        const [home = '', type = ''] = this.#generated.declarationOf(file, name.slice(local.length + 1)).split('#')
        return canonicalName(home, type)
      }
      if (local === name) return canonicalName(file, member)
    }
    return undefined
  }

  /** The names that are imported from generated code and generated no longer. */
  lost(): readonly { readonly name: string; readonly node: ts.Node }[] {
    return this.#imports.flatMap(({ node, file }): { name: string; node: ts.Node }[] => {
      const bindings = node.importClause?.namedBindings
      if (bindings === undefined) return []
      if (ts.isNamespaceImport(bindings)) {
        return this.#generated.offers(file, '*') ? [] : [{ name: bindings.name.text, node: bindings }]
      }
      return bindings.elements
        .filter((e) => !this.#generated.offers(file, (e.propertyName ?? e.name).text))
        .map((e) => ({ name: (e.propertyName ?? e.name).text, node: e }))
    })
  }

  /** The new import declarations, for a module that has none yet. */
  models(): readonly ImportModel[] {
    return [...this.#added]
      .map(([file, names]) => ({ names: entries(names), typesOnly: true, from: this.#specifier(file) }))
      .sort((a, b) => compare(a.from, b.from))
  }

  /** Adds the new imports to the module. */
  write(): void {
    const { style } = this.#source
    const lines: string[] = []
    for (const [file, names] of [...this.#added].sort(([a], [b]) => compare(a, b))) {
      const there = this.#imports.find((i) => i.file === file && namedImports(i.node) !== undefined)
      const last = there === undefined ? undefined : namedImports(there.node)?.elements.at(-1)
      if (there !== undefined && last !== undefined) {
        const mark = there.node.importClause?.isTypeOnly === true ? '' : 'type '
        this.#source.insert(
          last.end,
          entries(names)
            .map((entry) => `, ${mark}${entry}`)
            .join(''),
        )
        continue
      }
      const from = `${style.quote}${this.#specifier(file)}${style.quote}`
      lines.push(`import type { ${entries(names).join(', ')} } from ${from}${style.semi ? ';' : ''}`)
    }
    if (lines.length === 0) return
    const anchor = this.#imports.at(-1)?.node ?? this.#source.node.statements.filter(ts.isImportDeclaration).at(-1)
    if (anchor !== undefined) this.#source.insert(this.#source.lineEnd(anchor.end), lines.map((l) => `\n${l}`).join(''))
    else {
      const [first] = this.#source.node.statements
      this.#source.insert(first === undefined ? 0 : this.#source.leadOf(first), `${lines.join('\n')}\n\n`)
    }
  }

  #specifier(file: FilePath): string {
    return this.#generated.specifier(
      this.#source.path,
      file,
      this.#imports.map((i) => i.specifier),
    )
  }
}

const canonicalName = (file: FilePath, name: string): string => `$${`${file}/${name}`.replaceAll(/[^\w]/gu, '$')}`

function namedImports(node: ts.ImportDeclaration): ts.NamedImports | undefined {
  const bindings = node.importClause?.namedBindings
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings : undefined
}

function entries(names: ReadonlyMap<string, string>): readonly string[] {
  return [...names]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, local]) => (name === local ? name : `${name} as ${local}`))
}
