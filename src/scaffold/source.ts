import { readFileSync } from 'node:fs'
import { Project, ts } from 'ts-morph'
import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Span } from '../ir/index.ts'
import { shownPath } from '../wit/read.ts'
import { applyEdits, type Edit } from './edits.ts'
import { styleOf, type Style } from './style.ts'

const BOM = '\uFEFF'

/** A TypeScript file of the user's, and what is to be changed in it. Everything else stays as it is, byte for byte. */
export class Source {
  /** Absolute. */
  readonly path: string
  /** Without a byte order mark; what offsets count in. */
  readonly text: string
  readonly node: ts.SourceFile
  readonly style: Style
  readonly #bom: boolean
  readonly #edits: Edit[] = []

  /** @throws DiagnosticError GEN0201 with line and column for every place that does not parse */
  constructor(path: string, content: string) {
    this.path = path
    this.#bom = content.startsWith(BOM)
    this.text = this.#bom ? content.slice(1) : content
    this.node = parse(path, this.text)
    this.style = styleOf(this.node)
  }

  /** @throws DiagnosticError GEN0202 for a file that is not UTF-8, GEN0201 for one that does not parse */
  static read(path: string): Source {
    const bytes = readFileSync(path)
    const content = bytes.toString('utf8')
    if (Buffer.from(content).equals(bytes)) return new Source(path, content)
    throw new DiagnosticError([
      {
        code: 'GEN0202',
        severity: 'error',
        message: 'the file is not UTF-8, so it was left as it is',
        span: undefined,
        file: shownPath(path),
        suggestion: 'save it as UTF-8',
      },
    ])
  }

  /** The text with all changes. */
  get result(): string {
    return (this.#bom ? BOM : '') + applyEdits(this.text, this.#edits)
  }

  /** The text as it was read. */
  get original(): string {
    return (this.#bom ? BOM : '') + this.text
  }

  /** Puts text, whose lines end with `\n`, in the place of another. */
  replace(start: number, end: number, text: string): void {
    const own = text.replaceAll('\n', this.style.eol)
    if (this.text.slice(start, end) !== own) this.#edits.push({ start, end, text: own })
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text)
  }

  span(node: ts.Node): Span {
    return { file: { path: shownPath(this.path), text: this.text }, start: node.getStart(this.node), end: node.end }
  }

  textOf(node: ts.Node): string {
    return this.text.slice(node.getStart(this.node), node.end)
  }

  /** What stands before a node and belongs to nothing else: white space and comments. */
  triviaOf(node: ts.Node): string {
    return this.text.slice(node.getFullStart(), node.getStart(this.node))
  }

  /** Where the comments begin that stand directly above a node, without an empty line between. */
  leadOf(node: ts.Node): number {
    let lead = node.getStart(this.node)
    const comments = ts.getLeadingCommentRanges(this.text, node.getFullStart()) ?? []
    for (const { pos, end } of comments.toReversed()) {
      if (this.text.slice(end, lead).split('\n').length > 2) break
      lead = pos
    }
    return lead
  }

  /** The white space with which the line of an offset begins. */
  indentAt(offset: number): string {
    return /^[ \t]*/u.exec(this.text.slice(this.lineStart(offset)))?.[0] ?? ''
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1
  }

  /** The end of an offset's line, before the line break. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf('\n', offset)
    if (end < 0) return this.text.length
    return this.text[end - 1] === '\r' ? end - 1 : end
  }

  /** Code between two offsets, without comments and white space. */
  codeBetween(start: number, end: number): string {
    return this.text
      .slice(start, end)
      .replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, '')
      .trim()
  }
}

let project: Project | undefined

/** No types are looked up: neither libraries nor other files are needed. */
function parse(path: string, text: string): ts.SourceFile {
  project ??= new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true, noResolve: true, target: ts.ScriptTarget.ES2022 },
  })
  const extension = /\.[mc]?tsx?$/u.exec(path)?.[0] ?? '.ts'
  const file = project.createSourceFile(`/file${extension}`, text, { overwrite: true })
  const found = project.getProgram().getSyntacticDiagnostics(file)
  const errors = found.map((d): Diagnostic => {
    const message = d.getMessageText()
    const start = d.getStart() ?? 0
    return {
      code: 'GEN0201',
      severity: 'error',
      message: `the file does not parse: ${typeof message === 'string' ? message : message.getMessageText()}`,
      span: { file: { path: shownPath(path), text }, start, end: start + (d.getLength() ?? 0) },
      file: undefined,
      suggestion: undefined,
    }
  })
  if (errors.length > 0) throw new DiagnosticError(errors)
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
}
