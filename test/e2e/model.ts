// What the functions of the sample world have to give, worked out in JavaScript from their documentation in the WIT.
import { analysis } from '../../generated/pipeline.ts'
import type { LogLine } from './guests.ts'

export type Outcome<T> = { readonly ok: T } | { readonly err: analysis.Failure }

/** A sample as it comes back: with the key of the option. */
const lifted = ({ id, weight, label, note }: analysis.Sample): analysis.Sample => ({ id, weight, label, note })

/** A text as the guest sees it: lone surrogates are U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD')

/** The outcome of `preprocess`, and the lines that it logs on the way. */
export function preprocess(samples: readonly analysis.Sample[]): Outcome<analysis.Sample[]> & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const kept: analysis.Sample[] = []
  for (const sample of samples) {
    if (wellFormed(sample.label).includes('\uFFFD')) {
      return { err: { tag: 'unreadable', val: `sample ${sample.id}: the label holds U+FFFD` }, lines }
    }
    if (!Number.isFinite(sample.weight)) lines.push(['warn', `dropped sample ${sample.id}: its weight is not finite`])
    else if (sample.weight < 0) return { err: { tag: 'bad-sample', val: sample.id }, lines }
    else kept.push(lifted(sample))
  }
  if (kept.length === 0) return { err: { tag: 'empty-input' }, lines }
  const largest = kept.reduce((most, { weight }) => Math.max(most, weight), 0)
  if (largest > 0) for (const sample of kept) sample.weight /= largest
  lines.push(['info', `kept ${kept.length} of ${samples.length} samples`])
  return { ok: kept, lines }
}

/** The outcome of `summarise`. */
export function summarise(samples: readonly analysis.Sample[]): Outcome<analysis.Summary> {
  if (samples.length === 0) return { err: { tag: 'empty-input' } }
  const bad = samples.find(({ weight }) => !(weight >= 0 && weight < Infinity))
  if (bad !== undefined) return { err: { tag: 'bad-sample', val: bad.id } }
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const labels = [...new Set(samples.map(({ label }) => wellFormed(label)))]
  return { ok: { count: samples.length, mean: total / samples.length, labels } }
}

/** The result of `classify`. */
export function classify({ weight }: analysis.Sample): analysis.Kind {
  if (weight < 0.25) return analysis.Kind.Light
  return weight < 0.75 ? analysis.Kind.Regular : analysis.Kind.Heavy
}

/** The result of `shout`. */
export function shout(text: string): string {
  return wellFormed(text).toUpperCase()
}

/** The result of `bounds`. */
export function bounds(values: readonly number[]): [number, number] | undefined {
  const numbers = values.filter((value) => !Number.isNaN(value)).map(Math.fround)
  if (numbers.length > 0) return [Math.min(...numbers), Math.max(...numbers)]
  return values.length > 0 ? [NaN, NaN] : undefined
}

/** The result of `advance`. */
export function advance(counter: bigint, by: bigint): bigint {
  const sum = counter + by
  const most = 2n ** 64n - 1n
  return sum < 0n ? 0n : sum > most ? most : sum
}

/** The result of `next-char`. */
export function nextChar(letter: string): string | undefined {
  const code = letter.codePointAt(0) ?? 0
  if (code === 0x10ffff) return undefined
  return String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1)
}

/** The CRC-32 of `checksum`, by a table as in RFC 1952. */
export function checksum(bytes: Iterable<number>): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})
