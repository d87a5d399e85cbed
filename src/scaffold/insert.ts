import { ts } from 'ts-morph'
import type { Source } from './source.ts'

/** A container of members between braces. */
export type Braces = ts.ObjectLiteralExpression | ts.ClassLikeDeclaration

/** Puts members at the end of an object or class, in the file's own layout. */
export function insertMembers(source: Source, node: Braces, pieces: readonly string[]): void {
  const isObject = ts.isObjectLiteralExpression(node)
  const list: ts.NodeArray<ts.Node> = isObject ? node.properties : node.members
  const close = node.end - 1
  const outer = source.indentAt(node.getStart(source.node))
  const [first] = list
  const isOneLine = first !== undefined && !source.text.slice(list.pos, first.getStart(source.node)).includes('\n')
  const inner =
    first === undefined || isOneLine ? outer + source.style.indent : source.indentAt(first.getStart(source.node))
  const block = pieces.map((piece) => indented(piece, inner) + (isObject ? ',' : ''))
  const hasOwnLines = pieces.some((piece) => piece.includes('\n'))

  const last = list.at(-1)
  if (first === undefined || last === undefined) {
    const text = `\n${joined(block)}\n`
    if (source.text.slice(list.pos, close).trim() === '') source.replace(list.pos, close, text + outer)
    else insertBefore(source, close, text, outer)
    return
  }
  if (isOneLine) source.replace(list.pos, first.getStart(source.node), `\n${inner}`)
  const needsComma = isObject && !list.hasTrailingComma
  if (needsComma) source.insert(last.end, ',')
  const after = isObject && list.hasTrailingComma ? list.end : last.end
  const lineEnd = source.lineEnd(after)
  const text = `${hasOwnLines ? '\n' : ''}\n${joined(block)}`
  if (lineEnd < close && source.codeBetween(after, lineEnd) === '') source.insert(lineEnd, text)
  else if (source.text.slice(after, close).trim() === '') source.replace(after, close, `${text}\n${outer}`)
  else insertBefore(source, close, `${text}\n`, outer)
}

/** Behind whatever comment stands before a closing brace. */
function insertBefore(source: Source, close: number, text: string, outer: string): void {
  const start = source.lineStart(close)
  const isOwnLine = source.text.slice(start, close).trim() === ''
  if (isOwnLine) source.insert(start, `${text.replace(/^\n/u, '').trimEnd()}\n`)
  else source.insert(close, `${text.trimEnd()}\n${outer}`)
}

/** Pieces of several lines are kept apart by empty lines. */
function joined(block: readonly string[]): string {
  const isTall = (piece: string | undefined): boolean => piece?.includes('\n') === true
  return block.map((piece, i) => (i > 0 && (isTall(piece) || isTall(block[i - 1])) ? `\n${piece}` : piece)).join('\n')
}

/** A text with every line moved to the right. */
export function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
}

/** A text with every line but the first moved to the right. */
export function continued(text: string, indent: string): string {
  return indented(text, indent).slice(indent.length)
}
