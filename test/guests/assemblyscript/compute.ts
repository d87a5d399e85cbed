/** What the functions of `test:toolbox/compute` do, in AssemblyScript's own types. */
import { Level, log, lookup, twice } from './host'
import { Failure, Kind, Marks, Point, Result, Sample } from './types'

export function saturatingAdd(a: i64, b: i64): i64 {
  const sum = a + b
  // Overflow: both have the same sign, and the sum the other one.
  if (((a ^ sum) & (b ^ sum)) >= 0) return sum
  return a < 0 ? i64.MIN_VALUE : i64.MAX_VALUE
}

export function divide(a: i32, b: i32): Result<i32, Failure> {
  if (b == 0) return Result.err<i32, Failure>(Failure.unusable('division by zero'), 0)
  if (a == i32.MIN_VALUE && b == -1) return Result.err<i32, Failure>(Failure.unusable('overflow'), 0)
  return Result.ok<i32, Failure>(a / b)
}

export function meanOfThree(a: i32, b: i32, c: i32): i32 {
  return <i32>Math.floor(<f64>(a + b + c) / 3)
}

/** The next scalar value, −1 after the last. */
export function nextChar(c: i32): i32 {
  if (c == 0x10ffff) return -1
  return c == 0xd7ff ? 0xe000 : c + 1
}

export function charsOf(text: string): i32[] {
  const chars: i32[] = []
  for (let i = 0; i < text.length; i++) {
    const c = text.codePointAt(i)
    if (c > 0xffff) i++
    chars.push(c)
  }
  return chars
}

export function reverseText(text: string): string {
  return charsOf(text)
    .reverse()
    .map<string>((c) => String.fromCodePoint(c))
    .join('')
}

export function split(text: string, separator: string): string[] {
  return separator.length == 0 ? [text] : text.split(separator)
}

/** The remainder of the CRC-32 for each byte. */
const REMAINDERS: StaticArray<u32> = remainders()

function remainders(): StaticArray<u32> {
  const table = new StaticArray<u32>(256)
  for (let byte: u32 = 0; byte < 256; byte++) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0)
    table[byte] = remainder
  }
  return table
}

export function checksum(bytes: StaticArray<u8>): u32 {
  let crc: u32 = 0xffffffff
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ REMAINDERS[(crc ^ bytes[i]) & 0xff]
  return ~crc
}

export function scale(values: StaticArray<f64>, by: f64): StaticArray<f64> {
  for (let i = 0; i < values.length; i++) values[i] *= by
  return values
}

export function runningSums(values: StaticArray<i32>): StaticArray<i64> {
  const sums = new StaticArray<i64>(values.length)
  let sum: i64 = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i]
    sums[i] = sum
  }
  return sums
}

/** The smallest and the largest value, of at least one. */
export function bounds(values: StaticArray<f32>): StaticArray<f32> {
  let least = <f32>Infinity
  let most = <f32>-Infinity
  for (let i = 0; i < values.length; i++) {
    least = min(least, values[i])
    most = max(most, values[i])
  }
  return [least, most]
}

export function centroid(points: Point[]): Point | null {
  const count = points.length
  if (count == 0) return null
  let x: f64 = 0
  let y: f64 = 0
  for (let i = 0; i < count; i++) {
    x += points[i].x
    y += points[i].y
  }
  return new Point(x / count, y / count)
}

export function heaviest(samples: Sample[]): Sample | null {
  if (samples.length == 0) return null
  let most = samples[0]
  for (let i = 1; i < samples.length; i++) if (samples[i].weight > most.weight) most = samples[i]
  return most
}

export function clean(samples: Sample[]): Result<Sample[], Failure> {
  const kept: Sample[] = []
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]
    if (sample.weight < 0 || !isFinite(sample.weight)) {
      return Result.err<Sample[], Failure>(Failure.badSample(sample.id), [])
    }
    if (sample.weight == 0) continue
    const note = sample.note
    kept.push(
      new Sample(
        sample.id,
        sample.weight,
        withoutSpaces(sample.label),
        note !== null && note.length == 0 ? null : note,
      ),
    )
  }
  if (kept.length == 0) return Result.err<Sample[], Failure>(Failure.empty(), [])
  return Result.ok<Sample[], Failure>(kept)
}

/** Without U+0020 at both ends; `trim` would take away other white space too. */
function withoutSpaces(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) == 0x20) start++
  while (end > start && text.charCodeAt(end - 1) == 0x20) end--
  return text.substring(start, end)
}

export function classify(sample: Sample): Kind {
  if (sample.weight < 0.25) return Kind.Light
  return sample.weight < 0.75 ? Kind.Regular : Kind.Heavy
}

export function marksOf(n: i64): u8 {
  let marks: u8 = 0
  if (n < 0) marks |= Marks.NEGATIVE
  if (n == 0) marks |= Marks.ZERO
  if ((n & 1) == 0) marks |= Marks.EVEN
  if (n >= (<i64>1) << 40 || n <= -((<i64>1) << 40)) marks |= Marks.HUGE
  return marks
}

export function chorus(n: u32): u32 {
  let sum: u32 = 0
  // Not `i <= n`: that holds forever for the largest n.
  for (let i: u32 = 0; i < n; i++) {
    const result = twice(i + 1)
    log(Level.Debug, `twice ${i + 1} is ${result}`)
    sum += result
  }
  return sum
}

export function lookUpAll(keys: string[]): string[] {
  const texts: string[] = []
  for (let i = 0; i < keys.length; i++) {
    const found = lookup(keys[i])
    if (found.isDenied) log(Level.Warn, 'denied: ' + keys[i])
    texts.push(found.isMissing ? '-' : found.isDenied ? '!' + found.text : found.text)
  }
  return texts
}
