import type { ts } from 'ts-morph'
import type { Source } from './source.ts'

/** What the comment above a function says that it was in WIT when it was written or last brought up to date. */
export interface RecordedWit {
  readonly text: string
  readonly start: number
  readonly end: number
}

const WIT_LINE = /WIT: `((?:[a-z][\w-]*: (?:static )?func|constructor)\([^`\n]*)`/giu

/** Reads the line that a stub carries: WIT: `log: func(level: level)`. */
export function recordedWit(source: Source, docs: ts.Node): RecordedWit | undefined {
  const lead = source.leadOf(docs)
  const match = [...source.text.slice(lead, docs.getStart(source.node)).matchAll(WIT_LINE)].at(-1)
  if (match?.[1] === undefined) return undefined
  const start = lead + match.index + 'WIT: `'.length
  return { text: match[1], start, end: start + match[1].length }
}

/** What stands above that which is gone. */
export function goneMark(id: string): string {
  return `// witgen: ${id} is no longer in the world`
}

const MARK = /^[ \t]*\/\/ witgen: \S+ is no longer in the world[ \t]*\r?\n/gmu
/** Where code stands before it in its line. */
const INLINE_MARK = /\/\* witgen: \S+ is no longer in the world \*\/ /gu

/** What says above a node that it is gone: lines from their start to behind their break, or comments in its own line. */
export function goneMarks(source: Source, docs: ts.Node): readonly { readonly start: number; readonly end: number }[] {
  const find = (from: number, pattern: RegExp): { start: number; end: number }[] =>
    [...source.text.slice(from, docs.getStart(source.node)).matchAll(pattern)].map((match) => ({
      start: from + match.index,
      end: from + match.index + match[0].length,
    }))
  return [...find(source.lineStart(source.leadOf(docs)), MARK), ...find(docs.getFullStart(), INLINE_MARK)]
}

/** Puts a comment above a node and its own comments. */
export function markAbove(source: Source, docs: ts.Node, comment: string): void {
  const lead = source.leadOf(docs)
  const isOwnLine = source.text.slice(source.lineStart(lead), lead).trim() === ''
  source.insert(lead, isOwnLine ? `${comment}\n${source.indentAt(lead)}` : `/* ${comment.slice(3)} */ `)
}
