import { WaveError } from './wave-error.ts'

export type TokenKind = 'number' | 'label' | 'char' | 'string' | 'multiline' | 'end' | Punctuation
export type Punctuation = '(' | ')' | '[' | ']' | '{' | '}' | ':' | ','

/** A token with its place: offsets in UTF-16 code units, `end` exclusive. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly start: number
  readonly end: number
}

const SPACE = /(?:[ \t\r\n]|\/\/[^\n]*)*/y
const WORD = '(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)'
const TOKENS: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', /-?(?:inf(?![\w-])|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y],
  ['label', new RegExp(`%?${WORD}(?:-${WORD})*`, 'y')],
  ['multiline', /"""\r?\n(?:[^]*?\n)?[ ]*"""/y],
  ['string', /"(?:[^"\\\n]|\\[^])*"/y],
  ['char', /'(?:[^'\\\n]|\\u\{[^}']*\}|\\[^])*'/y],
]
const PUNCTUATION: ReadonlySet<string> = new Set('()[]{}:,')

/** Splits WAVE text into tokens, one at a time. */
export class Lexer {
  readonly text: string
  #at: number
  #next: Token | undefined

  constructor(text: string, at = 0) {
    this.text = text
    this.#at = at
  }

  /** The next token, which stays. */
  peek(): Token {
    return (this.#next ??= this.#read())
  }

  /** The next token. */
  take(): Token {
    const token = this.peek()
    this.#next = undefined
    return token
  }

  /** Takes the next token if it is of the kind. */
  skip(kind: TokenKind): boolean {
    if (this.peek().kind !== kind) return false
    this.take()
    return true
  }

  /** @throws WaveError unless the next token is of the kind */
  expect(kind: TokenKind): Token {
    if (this.peek().kind === kind) return this.take()
    return this.fail(kind === 'end' ? 'nothing more' : `\`${kind}\``)
  }

  /** @throws WaveError always: `expected u32, got "x"` */
  fail(expected: string, token: Token = this.peek()): never {
    const found = token.kind === 'end' ? 'the end' : `\`${token.text}\``
    throw new WaveError(`expected ${expected}, got ${found}`, token.start, token.end)
  }

  #read(): Token {
    SPACE.lastIndex = this.#at
    this.#at += SPACE.exec(this.text)?.[0].length ?? 0
    const start = this.#at
    const c = this.text[start]
    if (c === undefined) return { kind: 'end', text: '', start, end: start }
    if (PUNCTUATION.has(c)) return this.#token(c as Punctuation, c)
    for (const [kind, pattern] of TOKENS) {
      pattern.lastIndex = start
      const text = pattern.exec(this.text)?.[0]
      if (text !== undefined) return this.#token(kind, text)
    }
    const unclosed = c === '"' ? 'a string that is closed' : c === "'" ? 'a char that is closed' : undefined
    const end = unclosed === undefined ? start + 1 : this.text.length
    throw new WaveError(unclosed === undefined ? `unexpected \`${c}\`` : `expected ${unclosed}`, start, end)
  }

  #token(kind: TokenKind, text: string): Token {
    const start = this.#at
    this.#at += text.length
    return { kind, text, start, end: this.#at }
  }
}
