import type { ts as TS } from 'ts-morph'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syntaxProblems } from '../config/locate.ts'
import { loadTypeScript } from '../config/typescript.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import type { SourceFile, Span } from '../ir/index.ts'
import type { LaunchEntry } from './launch-entry.ts'

/** What became of a launch file. */
export type Change = 'created' | 'added' | 'replaced' | 'unchanged'

/**
 * Puts an entry into a `launch.json` of VS Code, in place of one of the same name; the rest of the file, comments included,
 * stays as it is.
 *
 * @throws DiagnosticError `CMP3006` where the file is there and cannot be read as one; it stays as it is
 */
export async function writeLaunchEntry(path: string, entry: LaunchEntry): Promise<Change> {
  const before = read(path)
  const edit = before === undefined ? undefined : await editFor({ path, text: before }, entry)
  const text = before === undefined || edit === undefined ? fresh(entry) : applied(before, edit)
  if (text === before) return 'unchanged'
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  if (edit === undefined) return 'created'
  return edit.start === edit.end ? 'added' : 'replaced'
}

/** A change of a text. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function applied(before: string, { start, end, text }: Edit): string {
  return before.slice(0, start) + text + before.slice(end)
}

function fresh(entry: LaunchEntry): string {
  return `${JSON.stringify({ version: '0.2.0', configurations: [entry] }, null, 2)}\n`
}

/** What makes a launch file have the entry. */
async function editFor(file: SourceFile, entry: LaunchEntry): Promise<Edit> {
  const ts = await loadTypeScript()
  const { path, text } = file
  const [problem] = await syntaxProblems(file)
  if (problem !== undefined) throw refused(problem.message, problem.span)
  const source = ts.parseJsonText(path, text)
  const root = source.statements[0]?.expression
  if (root === undefined || !ts.isObjectLiteralExpression(root)) throw refused('expected an object', undefined, path)

  const member = (object: TS.ObjectLiteralExpression, name: string): TS.Expression | undefined =>
    object.properties
      .filter((p) => ts.isPropertyAssignment(p))
      .find((p) => p.name.getText(source) === JSON.stringify(name))?.initializer
  const isSame = (element: TS.Expression): boolean => {
    const name = ts.isObjectLiteralExpression(element) ? member(element, 'name') : undefined
    return name !== undefined && ts.isStringLiteral(name) && name.text === entry.name
  }
  const newLine = text.includes('\r\n') ? '\r\n' : '\n'
  const [first] = root.properties
  const unit = (first && indentAt(text, first.getStart(source))) || '  '
  const print = (value: unknown, indent: string): string =>
    JSON.stringify(value, null, unit).replaceAll('\n', newLine + indent)
  /** Puts a text before `next`, or into what is empty and begins at `open`. */
  const insert = (
    inserted: (indent: string) => string,
    next: TS.Node | undefined,
    open: number,
    depth: number,
  ): Edit => {
    const start = next?.getStart(source) ?? open + 1
    const indent = next === undefined ? unit.repeat(depth) : indentAt(text, start)
    // Before the others: behind them a comma may be there or not.
    const after = next === undefined ? newLine + unit.repeat(depth - 1) : `,${newLine}${indent}`
    return { start, end: start, text: (next === undefined ? newLine + indent : '') + inserted(indent) + after }
  }

  const list = member(root, 'configurations')
  if (list === undefined) {
    return insert((indent) => `"configurations": ${print([entry], indent)}`, first, root.getStart(source), 1)
  }
  if (!ts.isArrayLiteralExpression(list)) {
    throw refused('`configurations`: expected a list', { file, start: list.getStart(source), end: list.getEnd() })
  }
  const same = list.elements.find(isSame)
  if (same === undefined) return insert((indent) => print(entry, indent), list.elements[0], list.getStart(source), 2)
  const start = same.getStart(source)
  return { start, end: same.getEnd(), text: print(entry, indentAt(text, start)) }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** The white space that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

function refused(message: string, span: Span | undefined, file?: string): DiagnosticError {
  const suggestion = 'mend the file, or move it away and run the command again'
  return new DiagnosticError([{ code: 'CMP3006', severity: 'error', message, span, file, suggestion }])
}
