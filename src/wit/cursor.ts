import type { SourceFile, Span } from '../ir/span.ts'
import type { Id } from './ast.ts'
import { invalidIdentifier, kebabCase } from './characters.ts'
import type { WitCode } from '../diagnostics/codes.ts'
import { lex } from './lexer.ts'
import { Abandon, type Report } from './report.ts'
import { describeToken, isKeyword, type Keyword, type Token, type TokenKind } from './tokens.ts'

/** The parser's place in the tokens of one file, and the small steps that all productions are made of. */
export class Cursor {
  readonly file: SourceFile
  readonly report: Report
  readonly #tokens: readonly Token[]
  readonly #end: Token
  #index = 0

  constructor(file: SourceFile, report: Report) {
    this.file = file
    this.report = report
    this.#tokens = lex(file, report)
    this.#end = { kind: 'end', start: file.text.length, end: file.text.length, comments: [] }
  }

  /** The token `ahead` places further on, without taking it. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#index + ahead] ?? this.#end
  }

  take(): Token {
    const token = this.peek()
    if (this.#index < this.#tokens.length) this.#index += 1
    return token
  }

  /** The end of the token that was taken last. */
  get previousEnd(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0
  }

  at(kind: TokenKind): boolean {
    return this.peek().kind === kind
  }

  eat(kind: TokenKind): boolean {
    if (!this.at(kind)) return false
    this.take()
    return true
  }

  /** Takes a token of that kind or gives up; `context` says what it belongs to. */
  expect(kind: TokenKind, context?: string): Token {
    if (this.at(kind)) return this.take()
    if (kind === ';' || kind === '}' || kind === ')' || kind === '>') {
      return this.fail(describeToken(kind), context, {
        file: this.file,
        start: this.previousEnd,
        end: this.previousEnd,
      })
    }
    return this.fail(describeToken(kind), context)
  }

  /** Reports that `expected` is missing here (or at `where`) and gives up. */
  fail(expected: string, context?: string, where?: Span): never {
    const found = this.peek()
    if (found.kind === 'invalid') throw new Abandon()
    const name = found.kind === 'name' || found.kind === '%name' ? ` \`${this.textOf(found)}\`` : ''
    const after = context === undefined ? '' : ` ${context}`
    const hint =
      isKeyword(found.kind) && expected.includes('name') ? keywordHint(found.kind, this.peek(1).kind) : undefined
    const missing = where !== undefined && this.file.text.slice(where.start, found.start).includes('\n')
    return this.failAt(
      'WIT0006',
      missing ? where : this.spanOf(found),
      `expected ${expected}${after}, found ${describeToken(found.kind)}${name}`,
      hint,
    )
  }

  failAt(code: WitCode, span: Span, message: string, suggestion?: string): never {
    this.report.error(code, span, message, suggestion)
    throw new Abandon()
  }

  spanOf(token: Token): Span {
    return { file: this.file, start: token.start, end: token.end }
  }

  /** From `start` to the end of the last token. */
  spanFrom(start: number): Span {
    return { file: this.file, start, end: this.previousEnd }
  }

  textOf(token: Token): string {
    return this.file.text.slice(token.start, token.end)
  }

  atName(): boolean {
    return this.at('name') || this.at('%name')
  }

  /** Takes a name; `what` says which one is expected. A malformed one is reported, and parsing goes on. */
  id(what: string): Id {
    if (!this.atName()) return this.fail(what)
    const token = this.take()
    const name = this.textOf(token).replace(/^%/, '')
    const problem = invalidIdentifier(name)
    if (problem !== undefined) {
      const kebab = kebabCase(name)
      const better = invalidIdentifier(kebab) === undefined && kebab !== name ? `write \`${kebab}\`` : undefined
      this.report.error('WIT0005', this.spanOf(token), `\`${name}\` is not a valid name: ${problem}`, better)
    }
    return { name, span: this.spanOf(token) }
  }

  /** Items between brackets, separated by commas, a comma after the last allowed; the opening bracket is taken already. */
  list<T>(close: TokenKind, item: () => T): T[] {
    const items: T[] = []
    while (!this.eat(close)) {
      items.push(item())
      if (!this.eat(',')) {
        if (!this.eat(close)) this.fail(`\`,\` or ${describeToken(close)}`)
        break
      }
    }
    return items
  }

  /** Runs a production; if it gives up, goes on behind the next `;` or block, or before the `}` that closes the body. */
  recover<T>(production: () => T): T | undefined {
    const before = this.#index
    try {
      return production()
    } catch (error) {
      if (!(error instanceof Abandon)) throw error
    }
    let depth = 0
    for (let i = before; i < this.#index; i++) {
      const kind = this.#tokens[i]?.kind
      if (kind === '{') depth += 1
      else if (kind === '}') depth -= 1
    }
    while (!this.at('end')) {
      const { kind } = this.peek()
      if (kind === '}' && depth <= 0) return undefined
      this.take()
      if (kind === '{') depth += 1
      else if (kind === '}') depth -= 1
      if ((kind === ';' || kind === '}') && depth <= 0) return undefined
    }
    return undefined
  }
}

function keywordHint(keyword: Keyword, next: TokenKind): string {
  return keyword === 'async' && next === 'name'
    ? '`async` stands behind the name: `name: async func()`'
    : `\`${keyword}\` is a keyword: write \`%${keyword}\` to use it as a name`
}
