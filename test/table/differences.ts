import type { Outcome } from './call.ts'

/** Who moves the values: witgen's generated code, its dynamic codec, or the code that `jco transpile` writes. */
export type Binding = 'generated' | 'dynamic' | 'jco'

/** Something that does not come out as the table says. The tests show that it still comes out as it is said here. */
export interface Difference {
  readonly languages: readonly string[]
  readonly bindings: readonly Binding[]
  /** The id of the call. */
  readonly call: string
  readonly gives: Outcome
}

const ALL: readonly Binding[] = ['generated', 'dynamic', 'jco']

const unreachable: Outcome = { trap: 'Unreachable' }

/** The lower half of a number as an f64, which is what StarlingMonkey makes of a u32 of 2³¹ and more. */
function lowerHalf(n: number): Outcome {
  return { value: new Uint32Array(Float64Array.of(n).buffer)[0] }
}

const inJavaScript = (call: string, gives: Outcome): Difference => ({
  languages: ['javascript'],
  bindings: ALL,
  call,
  gives,
})

/**
 * The glue that componentize-js (0.22.0) puts between StarlingMonkey and core WebAssembly loses numbers where they are results of
 * their own, not in memory, and a character; see `toolbox-javascript.test.ts`. All bindings get the same from it.
 */
const starlingMonkey: readonly Difference[] = [
  // A u32 of 2³¹ and more.
  inJavaScript('add: above 2³¹', lowerHalf(2_147_483_653)),
  inJavaScript('add: the largest', lowerHalf(4_294_967_295)),
  inJavaScript('add: wraps twice the largest', lowerHalf(4_294_967_294)),
  inJavaScript('checksum: of a zero', lowerHalf(0xd202ef8d)),
  inJavaScript('checksum: of the usual digits', lowerHalf(0xcbf43926)),
  // A negative s64 (ComponentizeJS, issue 343).
  inJavaScript('saturatingAdd: a negative sum', unreachable),
  inJavaScript('saturatingAdd: stops at the smallest', unreachable),
  inJavaScript('saturatingAdd: both ends', unreachable),
  inJavaScript('a counter below zero, step 2: increment', unreachable),
  inJavaScript('a counter goes round, step 3: increment', unreachable),
  // U+FEFF at the beginning of a text on its way in.
  inJavaScript('reverseText: U+FEFF at the beginning', { value: 'mob' }),
  inJavaScript('countChars: U+FEFF at the beginning', { value: 3 }),
  inJavaScript('join: a part that begins with U+FEFF', { value: 'a-b' }),
]

/** jco (1.35.0) decodes texts with a TextDecoder that takes U+FEFF at the beginning of one for a byte order mark. */
const jco: readonly Difference[] = [
  {
    languages: ['rust', 'c', 'go', 'python', 'javascript', 'assemblyscript'],
    bindings: ['jco'],
    call: 'reverseText: U+FEFF at the end',
    gives: { value: 'mob' },
  },
]

/** What is known not to come out as the table says. */
export const differences: readonly Difference[] = [...starlingMonkey, ...jco]

/** What is known of the calls in a language by a binding, by their ids. */
export function knownOf(language: string, binding: Binding): ReadonlyMap<string, Outcome> {
  const known = differences.filter(
    ({ languages, bindings }) => languages.includes(language) && bindings.includes(binding),
  )
  return new Map(known.map(({ call, gives }) => [call, gives]))
}
