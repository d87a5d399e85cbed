import type { SourceFile, Span } from '../ir/span.ts'
import { codePointName, forbiddenCharacter } from './characters.ts'
import type { Report } from './report.ts'
import { readStringLiteral } from './string-literal.ts'
import type { Comment, Token, TokenKind } from './tokens.ts'
import { isKeyword } from './tokens.ts'

/** What may be forbidden: all but what most files consist of. */
const suspicious = /[^\t\n -~]/gu
const whitespace = /[ \t\n]+/y
const word = /[\p{XID_Start}_][\p{XID_Continue}-]*/uy
const escapedWord = /%(?:[\p{XID_Start}_-][\p{XID_Continue}-]*)?/uy
/** What is meant as a string, whatever is in it; used to go on behind a malformed one. */
const quoted = /"(?:\\.|[^"\\\n])*"?/y
const integer = /[0-9]+/y
const punctuation = /->|[=,:.;(){}<>*@/+-]/y

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** The end of the block comment that starts at `at` (they nest); undefined if it never ends. */
function blockCommentEnd(text: string, at: number): number | undefined {
  const marker = /\/\*|\*\//g
  marker.lastIndex = at
  for (let depth = 0; ;) {
    const found = marker.exec(text)
    if (found === null) return undefined
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return marker.lastIndex
  }
}

function reportForbidden(file: SourceFile, report: Report): void {
  for (const { 0: char, index: start } of file.text.matchAll(suspicious)) {
    const problem = forbiddenCharacter(char)
    if (problem === undefined) continue
    const span: Span = { file, start, end: start + char.length }
    report.error('WIT0002', span, `the character ${codePointName(char)} is not allowed: it ${problem}`)
  }
}

/** Splits a file (line breaks already `\n`, no byte order mark) into tokens; the last one is `end`. Errors are reported. */
export function lex(file: SourceFile, report: Report): readonly Token[] {
  const { text } = file
  const tokens: Token[] = []
  let comments: Comment[] = []
  let at = 0
  const push = (kind: TokenKind, end: number): void => {
    tokens.push({ kind, start: at, end, comments })
    comments = []
    at = end
  }
  const span = (start: number, end: number): Span => ({ file, start, end })

  reportForbidden(file, report)
  while (at < text.length) {
    const space = match(whitespace, text, at)
    if (space !== undefined) {
      at += space.length
    } else if (text.startsWith('//', at)) {
      const newline = text.indexOf('\n', at)
      const end = newline === -1 ? text.length : newline
      comments.push({ start: at, end })
      at = end
    } else if (text.startsWith('/*', at)) {
      const end = blockCommentEnd(text, at)
      if (end === undefined) {
        report.error('WIT0003', span(at, at + 2), 'the comment has no closing `*/`')
      }
      comments.push({ start: at, end: end ?? text.length })
      at = end ?? text.length
    } else if (text[at] === '"') {
      const literal = readStringLiteral(text, at)
      if (!literal.ok) {
        report.error(literal.open ? 'WIT0003' : 'WIT0004', span(literal.at, literal.end), literal.problem)
      }
      if (literal.ok) push('text', literal.end)
      else push('invalid', at + (match(quoted, text, at) ?? '').length)
    } else {
      const found =
        match(word, text, at) ??
        match(escapedWord, text, at) ??
        match(integer, text, at) ??
        match(punctuation, text, at)
      if (found === undefined) {
        const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
        if (forbiddenCharacter(char) === undefined) {
          report.error(
            'WIT0001',
            span(at, at + char.length),
            `unexpected character \`${char.trim() || codePointName(char)}\``,
          )
        }
        push('invalid', at + char.length)
      } else {
        push(kindOf(found), at + found.length)
      }
    }
  }
  push('end', text.length)
  return tokens
}

function kindOf(text: string): TokenKind {
  if (isKeyword(text)) return text
  if (text.startsWith('%')) return '%name'
  if (/^[0-9]/.test(text)) return 'integer'
  if (/^[=,:.;(){}<>*@/+-]/.test(text)) return text as TokenKind
  return 'name'
}
