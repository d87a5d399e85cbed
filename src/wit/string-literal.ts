/** Outcome of reading a string literal: its value and end, or what is wrong and where. */
export type StringLiteral =
  | { readonly ok: true; readonly value: string; readonly end: number }
  | { readonly ok: false; readonly at: number; readonly end: number; readonly problem: string; readonly open: boolean }

const simple: Readonly<Record<string, number>> = { '"': 0x22, "'": 0x27, t: 9, n: 10, r: 13, '\\': 0x5c }

/**
 * Reads the literal whose opening quote stands at `start`. Escapes: `\" \' \\ \t \n \r`, two hex digits (one byte of
 * UTF-8) and `\u{…}`.
 */
export function readStringLiteral(text: string, start: number): StringLiteral {
  const bytes: number[] = []
  const encoder = new TextEncoder()
  let at = start + 1
  for (;;) {
    const char = text[at]
    if (char === undefined || char === '\n') {
      return { ok: false, at: start, end: at, problem: 'the string has no closing `"`', open: true }
    }
    if (char === '"') break
    if (char === '\t' || char === '\r') {
      return { ok: false, at, end: at + 1, problem: 'write a tab or carriage return as `\\t` or `\\r`', open: false }
    }
    if (char !== '\\') {
      const point = String.fromCodePoint(text.codePointAt(at) ?? 0)
      bytes.push(...encoder.encode(point))
      at += point.length
      continue
    }
    const hex = /\\([0-9a-fA-F]{2})/y
    const unicode = /\\u\{([0-9a-fA-F]+(?:_+[0-9a-fA-F]+)*)\}/y
    hex.lastIndex = unicode.lastIndex = at
    const escape = simple[text[at + 1] ?? '']
    const byte = hex.exec(text)?.[1]
    const point = unicode.exec(text)?.[1]
    if (escape !== undefined) {
      bytes.push(escape)
      at += 2
    } else if (point !== undefined) {
      const value = Number.parseInt(point.replaceAll('_', ''), 16)
      if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
        return {
          ok: false,
          at,
          end: unicode.lastIndex,
          problem: `\`\\u{${point}}\` is no Unicode character`,
          open: false,
        }
      }
      bytes.push(...encoder.encode(String.fromCodePoint(value)))
      at = unicode.lastIndex
    } else if (byte !== undefined) {
      bytes.push(Number.parseInt(byte, 16))
      at += 3
    } else {
      return { ok: false, at, end: at + 2, problem: `unknown escape \`\\${text[at + 1] ?? ''}\``, open: false }
    }
  }
  try {
    const value = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
    return { ok: true, value, end: at + 1 }
  } catch {
    return { ok: false, at: start, end: at + 1, problem: 'the bytes of the string are not UTF-8', open: false }
  }
}
