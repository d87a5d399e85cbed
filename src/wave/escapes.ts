import { WaveError } from './wave-error.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  '\\': '\\',
  t: '\t',
  n: '\n',
  r: '\r',
}

/**
 * Resolves the escapes in the inside of a char or string.
 *
 * @param at where `text` stands, for errors
 * @throws WaveError for an unknown escape, or a code that is no Unicode scalar value
 */
export function unescape(text: string, at: number): string {
  return text.replace(
    /\\(?:u\{([0-9a-fA-F]*)\}|([^]|$))/gu,
    (whole, hex: string | undefined, simple, offset: number) => {
      const start = at + offset
      if (hex === undefined) {
        const known = ESCAPES[String(simple)]
        if (known !== undefined) return known
        throw new WaveError(`unknown escape \`${whole}\``, start, start + whole.length)
      }
      const code = hex === '' ? NaN : Number.parseInt(hex, 16)
      if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) {
        throw new WaveError(`\`${whole}\` is no Unicode scalar value`, start, start + whole.length)
      }
      return String.fromCodePoint(code)
    },
  )
}

/** The text with what cannot stand in chars and strings escaped. */
export function escape(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\\'"\0-\x1f\x7f-\x9f]/g, (c) => {
    switch (c) {
      case '\t':
        return '\\t'
      case '\n':
        return '\\n'
      case '\r':
        return '\\r'
      default:
        return /[\\'"]/.test(c) ? `\\${c}` : `\\u{${c.charCodeAt(0).toString(16)}}`
    }
  })
}
