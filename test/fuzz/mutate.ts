import type { Random } from './random.ts'

/** What is changed: bytes, or the tokens of a text. */
type Sequence<T> = readonly T[]

/** Tokens that mean something in WIT, beside those of the corpus. */
const TOKENS = (
  'package interface world use import export include type record variant enum flags resource func async static constructor ' +
  'own borrow option result list tuple map stream future bool u8 s64 f32 char string as with from @since(version=1.0.0) ' +
  '@unstable(feature=x) @deprecated(version=1.0.0) { } ( ) < > ; , : = -> . / * _ %a a b a-b A 0 1.0.0 4294967296 "x" " \\ /* */ // ' +
  '/// \u00e9 \u{1f600} \u202e \0 \t \r - --'
).split(' ')

/** Text in pieces: words, signs, white space. Joined, they are the text. */
export function tokensOf(text: string): string[] {
  return text.match(/[a-zA-Z\d-]+|\s+|[^]/gu) ?? []
}

/** A WIT text with a few changes: tokens left out, repeated, swapped, replaced, or a piece of another text. */
export function mutateText(random: Random, text: string, corpus: readonly string[]): string {
  let tokens: Sequence<string> = tokensOf(text)
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const other = tokensOf(random.pick(corpus))
    tokens = mutated(random, tokens, other, () => random.pick(TOKENS))
  }
  return tokens.join('')
}

/** Numbers that decoders stumble over, as bytes: limits of LEB128, of integers, of counts. */
const NUMBERS: readonly (readonly number[])[] = [
  [0],
  [1],
  [0x7f],
  [0x80],
  [0xff],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0x7f],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
]

/** A binary with a few changes: bytes left out, repeated, swapped, replaced, or a piece of another binary. */
export function mutateBytes(random: Random, bytes: Uint8Array, corpus: readonly Uint8Array[]): Uint8Array {
  const out = Uint8Array.from(bytes)
  // Changes that keep the length leave sections as they are: most of what is interesting lies behind them.
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = random.below(out.length)
    const choice = random.below(4)
    if (choice === 0) out[at] = random.below(256)
    else if (choice === 1) out[at] = (out[at] ?? 0) ^ (1 << random.below(8))
    else if (choice === 2) out[at] = (out[at] ?? 0) + 1 - 2 * random.below(2)
    else out.set(random.pick(NUMBERS).slice(0, out.length - at), at)
  }
  if (random.below(3) > 0) return out
  const other = random.pick(corpus)
  return Uint8Array.from(mutated(random, Array.from(out), Array.from(other), () => random.below(256)))
}

/** One change that may change the length. */
function mutated<T>(random: Random, items: Sequence<T>, other: Sequence<T>, fresh: () => T): Sequence<T> {
  const at = random.below(items.length + 1)
  const length = 1 + random.below(random.below(4) === 0 ? 40 : 3)
  const head = items.slice(0, at)
  const tail = items.slice(at)
  switch (random.below(6)) {
    case 0:
      return [...head, ...tail.slice(length)]
    case 1:
      return [...head, ...tail.slice(0, length), ...tail]
    case 2:
      return [...head, fresh(), ...tail.slice(1)]
    case 3:
      return [...head, fresh(), ...tail]
    case 4:
      return [...head, ...tail.slice(length, 2 * length), ...tail.slice(0, length), ...tail.slice(2 * length)]
    default: {
      const from = random.below(other.length + 1)
      return [...head, ...other.slice(from, from + 10 * length), ...tail.slice(random.below(2) * length)]
    }
  }
}
