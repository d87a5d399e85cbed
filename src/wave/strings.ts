import { unescape } from './escapes.ts'
import type { Lexer, Token } from './lexer.ts'
import { WaveError } from './wave-error.ts'

/** Reads a string, in one line or in several. @throws WaveError for anything else */
export function parseText(lexer: Lexer): string {
  const token = lexer.peek()
  if (token.kind !== 'string' && token.kind !== 'multiline') lexer.fail('string, as in `"text"`')
  lexer.take()
  return token.kind === 'string' ? unescape(token.text.slice(1, -1), token.start + 1) : multiline(token)
}

/**
 * The lines between `"""` and `"""`, without the spaces that stand before the last `"""`.
 */
function multiline({ text, start }: Token): string {
  const body = text.slice(3, -3)
  const indent = /[ ]*$/.exec(body)?.[0] ?? ''
  const lines = body.slice(0, body.length - indent.length).split(/\r?\n/)
  // The first line break belongs to the opening quotes, the last one to the closing quotes.
  const inner = lines.slice(1, -1)
  for (const line of inner) {
    if (line !== '' && !line.startsWith(indent)) {
      throw new WaveError(
        `expected each line to begin with ${indent.length} spaces, as the last one does`,
        start,
        start + text.length,
      )
    }
  }
  return unescape(inner.map((line) => line.slice(indent.length)).join('\n'), start)
}
