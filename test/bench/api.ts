/** The values and functions of bench.wit as every peer offers them to JavaScript: jco's mapping, which is witgen's. */

export interface Point {
  x: number
  y: number
}
export interface Item extends Point {
  id: number
  name: string
}
export type Shape =
  { tag: 'none' } | { tag: 'circle'; val: number } | { tag: 'label'; val: string } | { tag: 'pt'; val: Point }
export interface Perms {
  read?: boolean | undefined
  write?: boolean | undefined
  exec?: boolean | undefined
  share?: boolean | undefined
  admin?: boolean | undefined
}
export type Color = 'red' | 'green' | 'blue'
export type Pair = [number, string]

export interface Counter extends Disposable {
  inc(by: number): number
}
export interface Meter {
  add(by: number): number
}

/** The exported interface `witgen:bench/api`. */
export interface Api {
  noop(): void
  add(a: number, b: number): number
  add64(a: bigint, b: bigint): bigint
  echoFlags(value: Perms): Perms
  echoColor(value: Color): Color
  echoOption(value: number | undefined): number | undefined
  /** @throws an error with the string as its `payload` for `err` */
  echoResult(value: { tag: 'ok'; val: number } | { tag: 'err'; val: string }): number
  echoPoint(value: Point): Point
  echoShape(value: Shape): Shape
  echoItem(value: Item): Item
  echoTuple(value: [number, number, string]): [number, number, string]
  echoString(value: string): string
  takeString(value: string): number
  keepString(value: string): void
  giveString(): string
  echoBytes(value: Uint8Array): Uint8Array
  giveBytes(length: number): Uint8Array
  echoF64s(value: Float64Array | readonly number[]): Float64Array
  sumF64s(value: Float64Array | readonly number[]): number
  echoPoints(value: readonly Point[]): Point[]
  echoItems(value: readonly Item[]): Item[]
  takeItems(value: readonly Item[]): number
  keepItems(value: readonly Item[]): void
  giveItems(): Item[]
  echoStrings(value: readonly string[]): string[]
  takeStrings(value: readonly string[]): number
  keepStrings(value: readonly string[]): void
  giveStrings(): string[]
  echoPairs(value: readonly Pair[]): Pair[]
  readonly Counter: new (start: number) => Counter
  callPing(times: number): number
  callLog(times: number, line: string): number
  callAttempt(times: number, outcome: number): number
  callMeter(times: number): number
}

/** The imported interface `witgen:bench/host`. */
export interface Host {
  readonly Meter: new (start: number) => Meter
  ping(value: number): number
  log(line: string): void
  /** @throws an error with the case as its `payload`, or the case itself, for `err` */
  attempt(outcome: number): number
}
