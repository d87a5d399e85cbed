import { balance, firstGroup, hasMatrix, hasNestedChoice, tidy } from './code-text.ts'
import { breakLine } from './break-line.ts'
import { Lines, WIDTH } from './lines.ts'

/**
 * Formats one declaration of rendered code as prettier would, where that is simple: templates print one statement to a
 * line, so that mostly the indentation is missing, and lines that are too long have few forms. Prettier takes half a second
 * to load and to warm up, more than all the rest of generating.
 *
 * @param text whole lines, brackets closed
 * @returns undefined where it is not simple: then prettier has to do it
 */
export function layOut(text: string): string | undefined {
  const lines = new Lines()
  const rows = text.split('\n')
  for (let i = 0; i < rows.length; i++) {
    const row = (rows[i] ?? '').trim()
    if (row === '') lines.blank()
    else if (isComment(row)) lines.comment(row)
    else if (/^export type \w+ =$/.test(row)) {
      // The cases of a variant, with their comments, up to the next blank line.
      const end = rows.findIndex((other, at) => at > i && other === '')
      const cases = rows.slice(i + 1, end < 0 ? rows.length : end).map((other) => other.trim())
      if (!layOutVariant(row, cases, lines)) return undefined
      i += cases.length
    } else {
      // A body without content.
      const isEmptyBody = row.endsWith('{') && /^\s*\}/.test(rows[i + 1] ?? '')
      const whole = isEmptyBody ? row + (rows[++i] ?? '').trim() : row
      if (!layOutRow(whole, lines)) return undefined
    }
  }
  return lines.isClosed ? lines.text() : undefined
}

function isComment(row: string): boolean {
  return /^(?:\/\*|\*|\/\/)/.test(row)
}

function layOutVariant(head: string, rows: readonly string[], lines: Lines): boolean {
  if (!rows.some(isComment)) return layOutRow(`${head} ${rows.join(' ')}`, lines)
  // Where not all cases have comments, the others may stand beside each other.
  if (rows.some((row, i) => row.startsWith('|') && !isComment(rows[i - 1] ?? ''))) return false
  // One case alone has no bar.
  if (rows.filter((row) => row.startsWith('|')).length < 2) return false
  lines.push(head)
  lines.open(2, 0)
  for (const row of rows) {
    if (isComment(row)) lines.comment(row)
    else {
      const code = tidy(row)
      if (code === undefined || !code.startsWith('| ') || code.length + 2 > WIDTH) return false
      lines.push(code)
    }
  }
  lines.close()
  return true
}

function layOutRow(row: string, lines: Lines): boolean {
  const form = formOf(row)
  if (form === undefined) return false
  const { code, opens, isCall, isCase, isUnion, chain } = form
  if (chain !== undefined) return opens && layOutArrowChain(chain, lines)
  const indent = isCase ? lines.case() : code.startsWith('}') ? lines.close() : lines.indent
  if (indent === undefined) return false
  if (!isUnion && indent + code.length <= WIDTH) lines.push(code, indent)
  else if (isCall || !breakLine(code, indent, lines)) return false
  if (opens) lines.open(indent + 2, indent)
  return true
}

/** What a line of code is, wherever it stands. */
interface RowForm {
  readonly code: string
  /** It ends with the bracket of a body. */
  readonly opens: boolean
  /** An object that is the last argument shares the brackets of the call: `f(a, {` … `})`. */
  readonly isCall: boolean
  readonly isCase: boolean
  /** Unions have a leading bar only where they are broken. */
  readonly isUnion: boolean
  readonly chain: ArrowChain | undefined
}

/** Of three lines of generated code, two have been there before. */
const known = new Map<string, RowForm | undefined>()
const KNOWN_AT_MOST = 10_000

/** Undefined where it is not simple. */
function formOf(row: string): RowForm | undefined {
  const found = known.get(row)
  if (found !== undefined || known.has(row)) return found
  if (known.size >= KNOWN_AT_MOST) known.clear()
  const form = readForm(row)
  known.set(row, form)
  return form
}

function readForm(row: string): RowForm | undefined {
  const code = unwrapped(tidy(row))
  if (code === undefined || code.endsWith(';') || hasNestedChoice(code) || hasMatrix(code)) return undefined
  const opens = code.endsWith('{')
  const isCall = opens && /^[^'].*[(,] ?\{$/.test(code) && balance(code) === 2
  if (!isCall && balance(code.replace(/^\}\)?/, '')) !== (opens ? 1 : 0)) return undefined
  const isCase = /^(?:case\b.*|default):/.test(code)
  const isUnion = code.includes('= |') || code.startsWith('|')
  return { code, opens, isCall, isCase, isUnion, chain: arrowChain(code) }
}

/** A value needs no brackets around all of it: `return (a)`, `const b = (c)`. */
function unwrapped(code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  const [, head = '', value = ''] =
    /^((?:return|(?:(?:const|let) )?[\w$.#[\]]+ =|const \{[^{}]*\} =) )(\(.*\))$/.exec(code) ?? []
  const group = value === '' ? undefined : firstGroup(value, '(')
  return group?.[1] === value.length - 1 && group[0] === 0 ? head + value.slice(1, -1) : code
}

type ArrowChain = readonly [key: string, outer: string, inner: string]

/** A function that gives a function with parameters: these are always written below each other. */
function arrowChain(code: string): ArrowChain | undefined {
  const group = /^\w+: \(/.test(code) ? firstGroup(code, '(') : undefined
  if (group === undefined) return undefined
  const [open, close] = group
  const inner = code.slice(close + ') => '.length)
  if (!code.startsWith(') => (', close) || inner.startsWith('()')) return undefined
  return [code.slice(0, open - 1), code.slice(open, close + ') =>'.length), inner]
}

function layOutArrowChain([key, outer, inner]: ArrowChain, lines: Lines): boolean {
  const { indent } = lines
  lines.push(key)
  for (const row of [outer, inner]) {
    if (indent + 2 + row.length <= WIDTH) lines.push(row, indent + 2)
    else if (!breakLine(row, indent + 2, lines)) return false
  }
  lines.open(indent + 4, indent + 2)
  return /^\([^()]+\): [\w.]+ => \{$/.test(inner)
}
