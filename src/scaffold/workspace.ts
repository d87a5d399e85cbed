import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ts } from 'ts-morph'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { GeneratedCode } from './generated-code.ts'
import { insertMembers, type Braces } from './insert.ts'
import { ModuleScope } from './module-scope.ts'
import { Source } from './source.ts'

/** What an update did to one function, class or interface. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'renamed' | 'gone' | 'back'
  /** The WIT name: `demo:pipeline/log#log`. */
  readonly what: string
  /** The earlier WIT name of what was renamed. */
  readonly from?: string | undefined
}

/** The files that an update reads and changes: the scaffold and what of the user's it imports. */
export class Workspace {
  readonly generated: GeneratedCode
  readonly changes: Change[] = []
  readonly notes: Diagnostic[] = []
  readonly #sources = new Map<string, Source>()
  readonly #scopes = new Map<Source, ModuleScope>()
  readonly #pending = new Map<Braces, { readonly source: Source; readonly pieces: string[] }>()
  readonly #wider = new Map<ts.TypeNode, { readonly source: Source; readonly members: string[] }>()

  constructor(generated: GeneratedCode) {
    this.generated = generated
  }

  get sources(): Iterable<Source> {
    return this.#sources.values()
  }

  /** @throws DiagnosticError for a file that does not parse */
  open(path: string): Source {
    const key = resolve(path)
    const source = this.#sources.get(key) ?? Source.read(key)
    this.#sources.set(key, source)
    return source
  }

  scope(source: Source): ModuleScope {
    const scope = this.#scopes.get(source) ?? new ModuleScope(source, this.generated)
    this.#scopes.set(source, scope)
    return scope
  }

  /** The user's own file that a relative import leads to; undefined for packages, generated code and what is not there. */
  follow(source: Source, specifier: string): Source | undefined {
    if (!specifier.startsWith('.') || this.generated.fileOf(source.path, specifier) !== undefined) return undefined
    const path = resolve(dirname(source.path), specifier)
    const stem = path.replace(/\.([mc]?)js$/u, '.$1ts')
    const found = [stem, path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find(
      (file) => /\.[mc]?tsx?$/u.test(file) && statSync(file, { throwIfNoEntry: false })?.isFile() === true,
    )
    return found === undefined ? undefined : this.open(found)
  }

  /** Says what was left alone, and where. */
  note(source: Source, node: ts.Node, message: string, suggestion: string | undefined): void {
    this.notes.push({
      code: 'GEN0205',
      severity: 'warning',
      message,
      span: source.span(node),
      file: undefined,
      suggestion,
    })
  }

  /** Adds members to an object or class, together with all that are added to it otherwise. */
  append(source: Source, node: Braces, pieces: readonly string[]): void {
    const pending = this.#pending.get(node)
    if (pending === undefined) this.#pending.set(node, { source, pieces: [...pieces] })
    else pending.pieces.push(...pieces)
  }

  /** Allows an object literal to have a member that its type has no more. */
  widen(source: Source, type: ts.TypeNode, member: string): void {
    const wider = this.#wider.get(type)
    if (wider === undefined) this.#wider.set(type, { source, members: [member] })
    else wider.members.push(member)
  }

  /** Makes the edits that have been collected, and adds the imports that new code needs. */
  finish(): void {
    for (const [node, { source, pieces }] of this.#pending) insertMembers(source, node, pieces)
    for (const [type, { source, members }] of this.#wider) {
      const text = ` & { ${members.join('; ')} }`
      if (ts.isUnionTypeNode(type)) {
        source.insert(type.getStart(source.node), '(')
        source.insert(type.end, `)${text}`)
      } else source.insert(type.end, text)
    }
    for (const scope of this.#scopes.values()) scope.write()
  }

  /** Says which imports of a file, as it is after the update, lead nowhere. */
  noteLost(path: string, result: string): void {
    const now = new Source(path, result)
    for (const { name, node } of new ModuleScope(now, this.generated).lost()) {
      const message = `\`${name}\` is no longer in the WIT: this import leads nowhere`
      this.note(now, node, message, 'remove it together with the code that needs it')
    }
  }
}
