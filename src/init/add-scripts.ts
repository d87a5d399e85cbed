import type { ts as TS } from 'ts-morph'
import { syntaxProblems } from '../config/locate.ts'
import { loadTypeScript } from '../config/typescript.ts'
import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'

/** What `addScripts` made of a package.json. */
export interface ScriptsAdded {
  /** The new text: as it was, but for what was added. */
  readonly text: string
  readonly added: readonly string[]
  /** The scripts that were there already, with what they run. */
  readonly kept: ReadonlyMap<string, string>
  /** Whether there is a script `build`, before which npm runs `prebuild`. */
  readonly hasBuild: boolean
}

/**
 * Adds scripts to the text of a package.json, without touching anything else of it: neither its indentation nor its order,
 * its line ends or the end of the file.
 *
 * @param path as it is shown
 * @throws DiagnosticError with `CFG0102` where the text is no JSON object, or `scripts` is none
 */
export async function addScripts(
  path: string,
  text: string,
  scripts: Readonly<Record<string, string>>,
): Promise<ScriptsAdded> {
  const ts = await loadTypeScript()
  const source = ts.parseJsonText(path, text)
  const file = { path, text }
  const problems = await syntaxProblems(file)
  if (problems.length > 0) throw new DiagnosticError(problems.map((p) => failure(path, p.message, p.span)))
  const root = source.statements[0]?.expression
  if (root === undefined || !ts.isObjectLiteralExpression(root)) {
    throw new DiagnosticError([failure(path, 'expected an object', undefined)])
  }
  const layout = new JsonLayout(ts, source)
  const member = layout.property(root, 'scripts')?.initializer
  if (member === undefined) {
    const indent = layout.isMultiline(root) ? layout.unit : undefined
    const value = layout.print(Object.entries(scripts), indent)
    return {
      text: layout.insert(root, [`"scripts": ${value}`], layout.unit),
      added: Object.keys(scripts),
      kept: new Map(),
      hasBuild: false,
    }
  }
  if (!ts.isObjectLiteralExpression(member)) {
    const span = { file, start: member.getStart(source), end: member.getEnd() }
    throw new DiagnosticError([failure(path, '`scripts`: expected an object', span)])
  }
  const kept = new Map<string, string>()
  const missing: [string, string][] = []
  for (const [name, command] of Object.entries(scripts)) {
    const there = layout.property(member, name)?.initializer
    if (there === undefined) missing.push([name, command])
    else kept.set(name, ts.isStringLiteral(there) ? there.text : there.getText(source))
  }
  const entries = missing.map(([name, command]) => `${JSON.stringify(name)}: ${JSON.stringify(command)}`)
  return {
    text: entries.length === 0 ? text : layout.insert(member, entries, layout.unit.repeat(2)),
    added: missing.map(([name]) => name),
    kept,
    hasBuild: layout.property(member, 'build') !== undefined,
  }
}

/** How a JSON text is laid out, and how something is added in that layout. */
class JsonLayout {
  readonly #ts: typeof TS
  readonly #source: TS.SourceFile
  readonly #newline: string
  /** One step of indentation. */
  readonly unit: string

  constructor(ts: typeof TS, source: TS.SourceFile) {
    this.#ts = ts
    this.#source = source
    this.#newline = source.text.includes('\r\n') ? '\r\n' : '\n'
    this.unit = /^([ \t]+)"/mu.exec(source.text)?.[1] ?? '  '
  }

  property(object: TS.ObjectLiteralExpression, name: string): TS.PropertyAssignment | undefined {
    const { properties } = object
    return properties
      .filter((p) => this.#ts.isPropertyAssignment(p))
      .find((p) => this.#ts.isStringLiteral(p.name) && p.name.text === name)
  }

  /** Whether members of an object stand on lines of their own; those of an empty one would. */
  isMultiline(object: TS.ObjectLiteralExpression): boolean {
    const [first] = object.properties
    return (
      first === undefined ||
      this.#source.text.slice(object.getStart(this.#source), first.getStart(this.#source)).includes('\n')
    )
  }

  /** An object; `indent` is that of its end, undefined for one line. */
  print(entries: readonly (readonly [string, string])[], indent: string | undefined): string {
    const texts = entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    if (indent === undefined) return `{ ${texts.join(', ')} }`
    const between = `${this.#newline}${indent}${this.unit}`
    return `{${between}${texts.join(`,${between}`)}${this.#newline}${indent}}`
  }

  /** The whole text with members added at the end of an object; `indent` is theirs where it has none yet. */
  insert(object: TS.ObjectLiteralExpression, members: readonly string[], indent: string): string {
    const { text } = this.#source
    const last = object.properties.at(-1)
    if (last === undefined) {
      const inner = members.map((member) => `${this.#newline}${indent}${member}`).join(',')
      const outer = indent.slice(this.unit.length)
      const start = object.getStart(this.#source)
      return `${text.slice(0, start)}{${inner}${this.#newline}${outer}}${text.slice(object.getEnd())}`
    }
    const at = last.getEnd()
    const lineStart = text.lastIndexOf('\n', last.getStart(this.#source)) + 1
    const own = /^[ \t]*/u.exec(text.slice(lineStart))?.[0] ?? indent
    const between = this.isMultiline(object) ? `${this.#newline}${own}` : ' '
    return `${text.slice(0, at)}${members.map((member) => `,${between}${member}`).join('')}${text.slice(at)}`
  }
}

function failure(path: string, message: string, span: Diagnostic['span']): Diagnostic {
  return { code: 'CFG0102', severity: 'error', message, span, file: path, suggestion: undefined }
}
