/** One call of `test:toolbox/counters`. Counters and sinks have names, under which later steps of a story know them. */
export type Step =
  | { readonly call: 'new'; readonly makes: string; readonly start: bigint }
  | { readonly call: 'increment'; readonly on: string; readonly by: bigint; readonly gives: bigint }
  | { readonly call: 'value'; readonly on: string; readonly gives: bigint }
  | { readonly call: 'merge'; readonly makes: string; readonly from: readonly [given: string, lent: string] }
  | {
      readonly call: 'report'
      readonly on: string
      readonly to: string
      readonly times: number
      readonly gives: bigint
    }
  | { readonly call: 'compare'; readonly both: readonly [string, string]; readonly gives: number }
  | { readonly call: 'close'; readonly sink: string; readonly gives: bigint }
  | { readonly call: 'dispose'; readonly on: string }

/** What has become of a sink of the host. */
export interface SinkState {
  /** What was written to it. */
  readonly texts: readonly string[]
  /** How often it was dropped. */
  readonly drops: number
}

/** Calls with resources, which follow from each other. */
export interface Story {
  readonly what: string
  readonly steps: readonly Step[]
  /** The sinks in it, as they are at the end. They are empty to begin with. */
  readonly sinks?: Readonly<Record<string, SinkState>>
}

const S64_MAX = 2n ** 63n - 1n
const S64_MIN = -(2n ** 63n)

/** Calls of every function of `test:toolbox/counters`. */
export const stories: readonly Story[] = [
  {
    what: 'two counters count, each for itself',
    steps: [
      { call: 'new', makes: 'a', start: 1n },
      { call: 'new', makes: 'b', start: 2n ** 40n },
      { call: 'increment', on: 'a', by: 41n, gives: 42n },
      { call: 'increment', on: 'b', by: -1n, gives: 2n ** 40n - 1n },
      { call: 'value', on: 'a', gives: 42n },
      { call: 'dispose', on: 'a' },
      { call: 'value', on: 'b', gives: 2n ** 40n - 1n },
      { call: 'dispose', on: 'b' },
    ],
  },
  {
    what: 'a counter below zero',
    steps: [
      { call: 'new', makes: 'a', start: 3n },
      { call: 'increment', on: 'a', by: -5n, gives: -2n },
      { call: 'dispose', on: 'a' },
    ],
  },
  {
    what: 'a counter goes round',
    steps: [
      { call: 'new', makes: 'a', start: S64_MIN },
      { call: 'increment', on: 'a', by: -1n, gives: S64_MAX },
      { call: 'increment', on: 'a', by: 1n, gives: S64_MIN },
      { call: 'dispose', on: 'a' },
    ],
  },
  {
    what: 'comparing lends',
    steps: [
      { call: 'new', makes: 'low', start: S64_MIN },
      { call: 'new', makes: 'high', start: S64_MAX },
      { call: 'compare', both: ['low', 'high'], gives: -1 },
      { call: 'compare', both: ['high', 'low'], gives: 1 },
      { call: 'compare', both: ['low', 'low'], gives: 0 },
      { call: 'value', on: 'high', gives: S64_MAX },
      { call: 'dispose', on: 'low' },
      { call: 'dispose', on: 'high' },
    ],
  },
  {
    what: 'merging gives up one counter and lends another',
    steps: [
      { call: 'new', makes: 'a', start: -40n },
      { call: 'new', makes: 'b', start: 82n },
      { call: 'merge', makes: 'sum', from: ['a', 'b'] },
      { call: 'value', on: 'sum', gives: 42n },
      { call: 'value', on: 'b', gives: 82n },
      { call: 'merge', makes: 'all', from: ['b', 'sum'] },
      { call: 'compare', both: ['all', 'sum'], gives: 1 },
      { call: 'value', on: 'all', gives: 124n },
      { call: 'dispose', on: 'sum' },
      { call: 'dispose', on: 'all' },
    ],
  },
  {
    what: 'merging goes round',
    steps: [
      { call: 'new', makes: 'a', start: S64_MIN },
      { call: 'new', makes: 'b', start: S64_MIN },
      { call: 'merge', makes: 'sum', from: ['a', 'b'] },
      { call: 'value', on: 'sum', gives: 0n },
      { call: 'dispose', on: 'b' },
      { call: 'dispose', on: 'sum' },
    ],
  },
  {
    what: 'reporting to a sink that is lent',
    steps: [
      { call: 'new', makes: 'a', start: -12_345n },
      { call: 'report', on: 'a', to: 's', times: 3, gives: 18n },
      { call: 'report', on: 'a', to: 's', times: 0, gives: 0n },
      { call: 'new', makes: 'b', start: 7n },
      { call: 'report', on: 'b', to: 's', times: 1, gives: 1n },
      { call: 'report', on: 'b', to: 't', times: 2, gives: 2n },
      { call: 'dispose', on: 'a' },
      { call: 'dispose', on: 'b' },
    ],
    sinks: { s: { texts: ['-12345', '-12345', '-12345', '7'], drops: 0 }, t: { texts: ['7', '7'], drops: 0 } },
  },
  {
    what: 'a sink that is lent, then given away',
    steps: [
      { call: 'new', makes: 'a', start: S64_MIN },
      { call: 'report', on: 'a', to: 's', times: 1, gives: 20n },
      { call: 'close', sink: 's', gives: 23n },
      { call: 'close', sink: 't', gives: 3n },
      { call: 'dispose', on: 'a' },
    ],
    sinks: { s: { texts: ['-9223372036854775808', 'bye'], drops: 1 }, t: { texts: ['bye'], drops: 1 } },
  },
]
