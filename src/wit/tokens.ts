/** The words that WIT reserves; write `%use` to use one as a name. */
export const keywords = [
  'use',
  'type',
  'func',
  'u8',
  'u16',
  'u32',
  'u64',
  's8',
  's16',
  's32',
  's64',
  'f32',
  'f64',
  'char',
  'resource',
  'own',
  'borrow',
  'record',
  'flags',
  'variant',
  'enum',
  'bool',
  'string',
  'option',
  'result',
  'future',
  'stream',
  'error-context',
  'list',
  'map',
  '_',
  'as',
  'from',
  'static',
  'interface',
  'tuple',
  'world',
  'import',
  'export',
  'package',
  'constructor',
  'include',
  'with',
  'async',
] as const

export type Keyword = (typeof keywords)[number]
type Punctuation = '=' | ',' | ':' | '.' | ';' | '(' | ')' | '{' | '}' | '<' | '>' | '->' | '*' | '@' | '/' | '+' | '-'
/** `name` is an identifier, `%name` one with the escape; `invalid` stands where the lexer has reported an error. */
export type TokenKind = Keyword | Punctuation | 'name' | '%name' | 'integer' | 'text' | 'invalid' | 'end'

/** A comment, markers included, line comments without their line break. */
export interface Comment {
  readonly start: number
  readonly end: number
}

/** One token: offsets in UTF-16 code units of the file's text; `comments` stand between it and the token before. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  readonly comments: readonly Comment[]
}

const keywordSet: ReadonlySet<string> = new Set(keywords)

/** Tells keywords from identifiers. */
export function isKeyword(word: string): word is Keyword {
  return keywordSet.has(word)
}

/** How a token kind is called in messages. */
export function describeToken(kind: TokenKind): string {
  switch (kind) {
    case 'name':
    case '%name':
      return 'an identifier'
    case 'integer':
      return 'a number'
    case 'text':
      return 'a string'
    case 'end':
      return 'the end of the file'
    default:
      return isKeyword(kind) ? `the keyword \`${kind}\`` : `\`${kind}\``
  }
}
