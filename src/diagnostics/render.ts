import { codeFrameColumns } from '@babel/code-frame'
import type { SourceFile, Span } from '../ir/span.ts'
import type { Format } from './format.ts'
import type { Diagnostic } from './diagnostic.ts'

export interface RenderOptions {
  readonly color: boolean
  readonly format: Format
}

/** A place as people count it: line and column from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** One diagnostic as `--format json` prints it; null where there is nothing to say. */
export interface DiagnosticJson {
  readonly code: string
  readonly severity: Diagnostic['severity']
  readonly message: string
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  readonly endLine: number | null
  readonly endColumn: number | null
  readonly suggestion: string | null
}

const longestFrameLine = 500
const colors = { error: '\u001b[31m', warning: '\u001b[33m', note: '\u001b[36m' } as const
const bold = '\u001b[1m'
const reset = '\u001b[0m'

/** The line and column of an offset. */
export function positionOf(file: SourceFile, offset: number): Position {
  const before = file.text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** The JSON shape of one diagnostic; `endColumn` is the column behind the last character. */
export function diagnosticToJson(d: Diagnostic): DiagnosticJson {
  const start = d.span === undefined ? undefined : positionOf(d.span.file, d.span.start)
  const end = d.span === undefined ? undefined : positionOf(d.span.file, d.span.end)
  return {
    code: d.code,
    severity: d.severity,
    message: d.message,
    file: d.span?.file.path ?? d.file ?? null,
    line: start?.line ?? null,
    column: start?.column ?? null,
    endLine: end?.line ?? null,
    endColumn: end?.column ?? null,
    suggestion: d.suggestion ?? null,
  }
}

/** One diagnostic as text without a line break at the end: `path:line:col error CODE: message`, code frame, suggestion. */
export function renderDiagnostic(d: Diagnostic, options: RenderOptions): string {
  if (options.format === 'json') return JSON.stringify(diagnosticToJson(d))
  if (options.format === 'github') return githubCommand(d)
  const paint = (style: string, text: string): string => (options.color ? `${style}${text}${reset}` : text)
  const { file, line, column } = diagnosticToJson(d)
  const where = file === null ? '' : line === null ? `${file} ` : `${file}:${line}:${column} `
  const lines = [`${paint(bold, where)}${paint(colors[d.severity], d.severity)} ${d.code}: ${d.message}`]
  if (d.span !== undefined) lines.push(...frame(d.span, options.color))
  if (d.suggestion !== undefined) lines.push(`  ${paint(colors.note, 'help')}: ${d.suggestion}`)
  return lines.join('\n')
}

/** Several diagnostics as they are printed together, with a line break at the end; JSON as one document. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  if (options.format === 'json')
    return `${JSON.stringify({ diagnostics: diagnostics.map(diagnosticToJson) }, null, 2)}\n`
  const between = options.format === 'pretty' ? '\n\n' : '\n'
  return diagnostics.length === 0 ? '' : `${diagnostics.map((d) => renderDiagnostic(d, options)).join(between)}\n`
}

/** The lines around a span; none where they are too long to help (generated or broken input). */
function frame(span: Span, color: boolean): string[] {
  const { text } = span.file
  const start = positionOf(span.file, span.start)
  const last = positionOf(span.file, Math.max(span.start, span.end - 1))
  const shown = text.split('\n').slice(Math.max(0, start.line - 3), last.line + 3)
  if (text === '' || shown.some((line) => line.length > longestFrameLine)) return []
  // codeFrameColumns counts the end column exclusively on one line, inclusively over several.
  const end = { line: last.line, column: start.line === last.line ? last.column + 1 : last.column }
  const location = span.end > span.start ? { start, end } : { start }
  const rendered = codeFrameColumns(text, location, {
    highlightCode: false,
    forceColor: color,
    linesAbove: 2,
    linesBelow: 2,
  })
  return rendered.split('\n').map((line) => line.trimEnd())
}

/** A workflow command that GitHub shows at the line. */
function githubCommand(d: Diagnostic): string {
  const level = d.severity === 'note' ? 'notice' : d.severity
  const { file, line, column, endLine, endColumn } = diagnosticToJson(d)
  const property = (value: string): string => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const fields = [
    file === null ? '' : `file=${property(file)}`,
    line === null ? '' : `line=${line}`,
    endLine === null ? '' : `endLine=${endLine}`,
    column === null ? '' : `col=${column}`,
    endColumn === null ? '' : `endColumn=${endColumn}`,
    `title=${property(d.code)}`,
  ].filter((field) => field !== '')
  const help = d.suggestion === undefined ? '' : `\n${d.suggestion}`
  return `::${level} ${fields.join(',')}::${data(d.message + help)}`
}

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
