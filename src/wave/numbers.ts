import type { Lexer } from './lexer.ts'

type IntegerKind = 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64'

/** Reads a number of the kind: bigint for s64 and u64. @throws WaveError for what is none, or out of range */
export function parseNumber(lexer: Lexer, kind: IntegerKind | 'f32' | 'f64'): number | bigint {
  const { kind: found, text } = lexer.peek()
  if (kind === 'f32' || kind === 'f64') {
    const isNan = found === 'label' && text === 'nan'
    if (found !== 'number' && !isNan) lexer.fail(kind)
    lexer.take()
    const value = isNan ? NaN : text === 'inf' ? Infinity : text === '-inf' ? -Infinity : Number(text)
    return kind === 'f32' ? Math.fround(value) : value
  }
  if (found !== 'number' || !/^-?\d+$/.test(text)) lexer.fail(kind)
  const value = BigInt(text)
  const bits = Number(kind.slice(1))
  if ((kind.startsWith('u') ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value)) !== value) lexer.fail(kind)
  lexer.take()
  return bits === 64 ? value : Number(value)
}

/** A number as text: the shortest that reads back as the same. */
export function formatNumber(value: number | bigint, kind: IntegerKind | 'f32' | 'f64'): string {
  if (typeof value === 'bigint') return value.toString()
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return kind.startsWith('f') ? '-0' : '0'
  return kind === 'f32' ? String(shortestSingle(value)) : String(value)
}

/** The number with the fewest digits that becomes `value` in single precision. */
function shortestSingle(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(9))
}
