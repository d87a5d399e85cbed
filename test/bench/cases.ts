import type { Api, Item, Pair, Point } from './api.ts'
import type { CallClassName } from './classes.ts'
import { OUTCOME } from './host.ts'
import type { PeerName } from './peers.ts'
import { SHARING_CASES } from './sharing.ts'

/** One call to time. */
export interface BenchCase {
  readonly name: string
  readonly class: CallClassName
  /** Run once per instance, before `call` is made. */
  readonly prepare?: (api: Api) => void
  readonly call: (api: Api) => () => unknown
  /** Whether the core function alone can be called: the floor. */
  readonly raw?: true
  /** A peer whose answer is known to be wrong. */
  readonly notBy?: PeerName
  /** What the call has to give; of an error that it gives, the `payload`. */
  readonly answer: unknown
}

/** The two ways to hand over a matrix. */
export const BATCH = { oneCall: 'sum 10k rows x8, one call', callPerRow: 'sum 10k rows x8, call per row' } as const

const LETTERS = 'abcdefghijklmnopqrstuvwxyz012345'
const MIXED = 'héllo wörld — ünïcödé ✓ 日本語 '
const ascii = (n: number): string => LETTERS.repeat(Math.ceil(n / LETTERS.length)).slice(0, n)
const mixed = (n: number): string => MIXED.repeat(Math.ceil(n / MIXED.length)).slice(0, n)

const KI = 1024
const short = ascii(16)
const text = { ascii1Ki: ascii(KI), ascii64Ki: ascii(64 * KI) }
const nonAscii = { short: mixed(16), long1Ki: mixed(KI), long64Ki: mixed(64 * KI) }
const bytes = { small: new Uint8Array(KI).fill(7), large: new Uint8Array(KI * KI).fill(7) }
const zeros = new Uint8Array(KI * KI)
const floats = Float64Array.from({ length: 10_000 }, (_, i) => i * 0.5)
const ROWS = 10_000
const matrix = Float64Array.from({ length: 8 * ROWS }, (_, i) => i % 1000)
const matrixRows = Array.from({ length: ROWS }, (_, row) => matrix.subarray(8 * row, 8 * row + 8))
const matrixSum = matrix.reduce((a, b) => a + b)
const plainFloats = Array.from(floats)
const sum = plainFloats.reduce((a, b) => a + b)
const items: Item[] = Array.from({ length: 1000 }, (_, i) => ({ x: i / 2, y: -i, id: i, name: ascii(12 + (i % 8)) }))
const points: Point[] = Array.from({ length: 1000 }, (_, i) => ({ x: i / 2, y: -i }))
const strings = Array.from({ length: 1000 }, (_, i) => `s${i}${ascii(16)}`.slice(0, 16))
const pairs: Pair[] = strings.map((s, i) => [i, s])
const item: Item = { x: 1.5, y: -2, id: 5, name: ascii(17) }
const point: Point = { x: 1.5, y: -2 }
const perms = { read: true, write: false, exec: true, share: false, admin: true }
const circle = { tag: 'circle' as const, val: 1.5 }
const label = { tag: 'label' as const, val: short }
const pt = { tag: 'pt' as const, val: point }
const ok = { tag: 'ok' as const, val: 5 }
const err = { tag: 'err' as const, val: short }
const tuple: [number, number, string] = [1, 2.5, short]

/** Every call to time, in the order in which they are shown. `x1000` is the time of 1,000 calls of the host. */
export const CASES: readonly BenchCase[] = [
  { name: 'noop', class: 'scalar', raw: true, call: (api) => () => api.noop(), answer: undefined },
  { name: 'add(u32,u32)', class: 'scalar', raw: true, call: (api) => () => api.add(3, 4), answer: 7 },
  { name: 'add64(u64,u64)', class: 'scalar64', raw: true, call: (api) => () => api.add64(3n, 4n), answer: 7n },
  { name: 'echo option<u32> some', class: 'scalar', call: (api) => () => api.echoOption(5), answer: 5 },
  { name: 'echo option<u32> none', class: 'scalar', call: (api) => () => api.echoOption(undefined), answer: undefined },
  { name: 'echo result ok', class: 'scalar', call: (api) => () => api.echoResult(ok), answer: 5 },
  { name: 'echo enum', class: 'scalar', call: (api) => () => api.echoColor('green'), answer: 'green' },
  {
    name: 'resource method',
    class: 'resource',
    call: (api) => {
      const counter = new api.Counter(5)
      return () => counter.inc(0)
    },
    answer: 5,
  },
  {
    name: 'resource new+method+drop',
    class: 'resource',
    call: (api) => () => {
      const counter = new api.Counter(1)
      const value = counter.inc(2)
      counter[Symbol.dispose]()
      return value
    },
    answer: 3,
  },
  {
    name: 'host resource method x1000',
    class: 'hostResource',
    call: (api) => () => api.callMeter(1000),
    answer: 1000,
  },
  { name: 'echo flags(5)', class: 'flags', call: (api) => () => api.echoFlags(perms), answer: perms },
  { name: 'echo record point', class: 'numeric', call: (api) => () => api.echoPoint(point), answer: point },
  { name: 'echo variant circle(f64)', class: 'numeric', call: (api) => () => api.echoShape(circle), answer: circle },
  { name: 'echo variant pt(record)', class: 'numeric', call: (api) => () => api.echoShape(pt), answer: pt },
  { name: 'import u32 x1000', class: 'hostImport', raw: true, call: (api) => () => api.callPing(1000), answer: 1000 },
  {
    name: 'import result ok x1000',
    class: 'hostImport',
    call: (api) => () => api.callAttempt(1000, OUTCOME.ok),
    answer: 0,
  },
  {
    name: 'import string16 x1000',
    class: 'hostImportString',
    call: (api) => () => api.callLog(1000, short),
    answer: 1000,
  },
  { name: 'echo string 16 B ascii', class: 'shortString', call: (api) => () => api.echoString(short), answer: short },
  { name: 'take string 16 B', class: 'shortString', call: (api) => () => api.takeString(short), answer: 16 },
  {
    name: 'give string 16 B',
    class: 'shortString',
    prepare: (api) => api.keepString(short),
    call: (api) => () => api.giveString(),
    answer: short,
  },
  { name: 'echo record item', class: 'shortString', call: (api) => () => api.echoItem(item), answer: item },
  {
    name: 'echo variant label(string)',
    class: 'shortString',
    call: (api) => () => api.echoShape(label),
    answer: label,
  },
  {
    name: 'echo tuple<u32,f64,string>',
    class: 'shortString',
    call: (api) => () => api.echoTuple(tuple),
    answer: tuple,
  },
  {
    name: 'echo string 16 ch non-ascii',
    class: 'shortNonAscii',
    call: (api) => () => api.echoString(nonAscii.short),
    answer: nonAscii.short,
  },
  {
    name: 'echo string 1 KiB ascii',
    class: 'longAscii',
    call: (api) => () => api.echoString(text.ascii1Ki),
    answer: text.ascii1Ki,
  },
  {
    name: 'echo string 64 KiB ascii',
    class: 'longAscii',
    call: (api) => () => api.echoString(text.ascii64Ki),
    answer: text.ascii64Ki,
  },
  {
    name: 'echo string 1 KiB non-ascii',
    class: 'longNonAscii',
    call: (api) => () => api.echoString(nonAscii.long1Ki),
    answer: nonAscii.long1Ki,
  },
  {
    name: 'echo string 64 Ki ch non-ascii',
    class: 'longNonAscii',
    call: (api) => () => api.echoString(nonAscii.long64Ki),
    answer: nonAscii.long64Ki,
  },
  { name: 'echo list<item> 1k', class: 'compoundList', call: (api) => () => api.echoItems(items), answer: items },
  {
    name: 'take list<item> 1k (lower)',
    class: 'compoundList',
    call: (api) => () => api.takeItems(items),
    answer: 1000,
  },
  {
    name: 'give list<item> 1k (lift)',
    class: 'compoundList',
    prepare: (api) => api.keepItems(items),
    call: (api) => () => api.giveItems(),
    answer: items,
  },
  {
    name: 'echo list<string> 1k x16 B',
    class: 'compoundList',
    call: (api) => () => api.echoStrings(strings),
    answer: strings,
  },
  {
    name: 'take list<string> 1k (lower)',
    class: 'compoundList',
    call: (api) => () => api.takeStrings(strings),
    answer: 1000,
  },
  {
    name: 'give list<string> 1k (lift)',
    class: 'compoundList',
    prepare: (api) => api.keepStrings(strings),
    call: (api) => () => api.giveStrings(),
    answer: strings,
  },
  {
    name: 'echo list<tuple<u32,string>> 1k',
    class: 'compoundList',
    call: (api) => () => api.echoPairs(pairs),
    answer: pairs,
  },
  { name: 'echo list<point> 1k', class: 'numericList', call: (api) => () => api.echoPoints(points), answer: points },
  {
    name: 'sum list<f64> 10k (number[])',
    class: 'numericList',
    notBy: 'jco-1.10',
    call: (api) => () => api.sumF64s(plainFloats),
    answer: sum,
  },
  {
    name: 'sum list<f64> 10k (Float64Array)',
    class: 'typedArray',
    call: (api) => () => api.sumF64s(floats),
    answer: sum,
  },
  { name: 'echo list<f64> 10k', class: 'typedArray', call: (api) => () => api.echoF64s(floats), answer: floats },
  {
    name: BATCH.oneCall,
    class: 'batch',
    call: (api) => () => api.sumF64s(matrix),
    answer: matrixSum,
  },
  {
    name: BATCH.callPerRow,
    class: 'batch',
    call: (api) => () => {
      let total = 0
      for (const row of matrixRows) total += api.sumF64s(row)
      return total
    },
    answer: matrixSum,
  },
  {
    name: 'echo list<u8> 1 KiB',
    class: 'bytes',
    call: (api) => () => api.echoBytes(bytes.small),
    answer: bytes.small,
  },
  {
    name: 'echo list<u8> 1 MiB',
    class: 'bytes',
    call: (api) => () => api.echoBytes(bytes.large),
    answer: bytes.large,
  },
  { name: 'give list<u8> 1 MiB', class: 'bytes', call: (api) => () => api.giveBytes(KI * KI), answer: zeros },
  ...SHARING_CASES,
  {
    name: 'echo result err (thrown)',
    class: 'thrown',
    call: (api) => () => {
      try {
        return api.echoResult(err)
      } catch (error) {
        return error
      }
    },
    answer: short,
  },
  {
    name: 'import result throw Error x1000',
    class: 'thrown',
    call: (api) => () => api.callAttempt(1000, OUTCOME.newError),
    answer: 1000,
  },
  {
    name: 'import result throw cached x1000',
    class: 'thrown',
    call: (api) => () => api.callAttempt(1000, OUTCOME.cachedError),
    answer: 1000,
  },
]

/** Whether a peer is measured by a case. */
export function isMeasured({ raw, notBy }: BenchCase, peer: PeerName): boolean {
  return peer === 'raw' ? raw === true : peer !== notBy
}
