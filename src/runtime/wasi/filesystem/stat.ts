import { typeOf, type DescriptorType, type NodeStats } from './node-fs.ts'

/** `datetime` of `wasi:clocks/wall-clock`. */
export interface Datetime {
  readonly seconds: bigint
  readonly nanoseconds: number
}

/** `descriptor-stat` of `wasi:filesystem/types`. */
export interface DescriptorStat {
  readonly type: DescriptorType
  readonly linkCount: bigint
  readonly size: bigint
  readonly dataAccessTimestamp: Datetime | undefined
  readonly dataModificationTimestamp: Datetime | undefined
  readonly statusChangeTimestamp: Datetime | undefined
}

/** The `descriptor-stat` of `wasi:filesystem/types` for what Node says. */
export function descriptorStat(stats: NodeStats): DescriptorStat {
  return {
    type: typeOf(stats),
    linkCount: stats.nlink,
    size: stats.size,
    dataAccessTimestamp: datetime(stats.atimeNs),
    dataModificationTimestamp: datetime(stats.mtimeNs),
    statusChangeTimestamp: datetime(stats.ctimeNs),
  }
}

const SECOND = 1_000_000_000n

/** Nanoseconds since 1970; undefined before, which the type cannot say. */
export function datetime(nanoseconds: bigint): Datetime | undefined {
  if (nanoseconds < 0n) return undefined
  return { seconds: nanoseconds / SECOND, nanoseconds: Number(nanoseconds % SECOND) }
}

/** `new-timestamp` of `wasi:filesystem/types`. */
export type NewTimestamp =
  { readonly tag: 'no-change' } | { readonly tag: 'now' } | { readonly tag: 'timestamp'; readonly val: Datetime }

/** In seconds, as Node takes it: to about a microsecond. */
export function newTime(time: NewTimestamp, currentNs: bigint): number {
  switch (time.tag) {
    case 'no-change':
      return Number(currentNs / 1000n) / 1e6
    case 'now':
      return Date.now() / 1000
    case 'timestamp':
      return Number(time.val.seconds) + time.val.nanoseconds / 1e9
  }
}

/** `metadata-hash-value`: the same for the same file, without telling where it lies on the host. */
export function metadataHash({ dev, ino }: NodeStats): { readonly lower: bigint; readonly upper: bigint } {
  return { lower: mixed(ino ^ mixed(dev ^ secret())), upper: mixed(dev ^ mixed(ino ^ secret())) }
}

let seed: bigint | undefined

function secret(): bigint {
  seed ??= new BigUint64Array(crypto.getRandomValues(new Uint8Array(8)).buffer)[0] ?? 0n
  return seed
}

/** The finalizer of SplitMix64. */
function mixed(value: bigint): bigint {
  let z = BigInt.asUintN(64, value + 0x9e3779b97f4a7c15n)
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn)
  return z ^ (z >> 31n)
}
