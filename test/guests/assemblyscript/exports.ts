/** The functions that the component exports; `names.mjs` gives them the names of the WIT. */
import {
  area as result,
  liftList,
  liftNumbers,
  liftString,
  loadOptionOfString,
  loadString,
  storeList,
  storeNumbers,
  storeOptionOfString,
  storeString,
} from './abi'
import * as compute from './compute'
import { Circle, Dot, Failure, FailureCase, Kind, Named, Point, Polygon, Sample, Shape } from './types'

export { cabi_realloc, release } from './abi'

/** Sizes in memory. */
const STRING: usize = 8
const POINT: usize = 16
const SAMPLE: usize = 40

function loadPoint(at: usize): Point {
  return new Point(load<f64>(at), load<f64>(at, 8))
}

function storePoint(at: usize, point: Point): void {
  store<f64>(at, point.x)
  store<f64>(at, point.y, 8)
}

function loadSample(at: usize): Sample {
  return new Sample(load<u32>(at), load<f64>(at, 8), loadString(at + 16), loadOptionOfString(at + 24))
}

function storeSample(at: usize, sample: Sample): void {
  store<u32>(at, sample.id)
  store<f64>(at, sample.weight, 8)
  storeString(at + 16, sample.label)
  storeOptionOfString(at + 24, sample.note)
}

function storeFailure(at: usize, failure: Failure): void {
  store<u8>(at, failure.tag)
  if (failure.tag == FailureCase.BadSample) store<u32>(at, failure.sample, 4)
  if (failure.tag == FailureCase.Unusable) storeString(at + 4, failure.reason)
}

/** The payload of a variant with an f64 and with pointers travels as an i64. */
function liftShape(tag: i32, payload: i64, length: u32): Shape {
  switch (tag) {
    case 0:
      return new Dot()
    case 1:
      return new Circle(reinterpret<f64>(payload))
    case 2:
      return new Polygon(liftList<Point>(<usize>payload, length, POINT, loadPoint))
    default:
      return new Named(liftString(<usize>payload, length))
  }
}

/** An `option` of something that is stored from the given offset on. */
function storeOption(isSome: bool): usize {
  store<u8>(result, isSome ? 1 : 0)
  return result
}

export function add(a: u32, b: u32): u32 {
  return a + b
}

export function multiply(a: u64, b: u64): u64 {
  return a * b
}

export function saturatingAdd(a: i64, b: i64): i64 {
  return compute.saturatingAdd(a, b)
}

export function divide(a: i32, b: i32): usize {
  const quotient = compute.divide(a, b)
  const error = quotient.error
  store<u8>(result, error === null ? 0 : 1)
  if (error === null) store<i32>(result, quotient.value, 4)
  else storeFailure(result + 4, error)
  return result
}

export function divMod(a: u64, b: u64): usize {
  if (b == 0) return storeOption(false)
  store<u64>(result, a / b, 8)
  store<u64>(result, a % b, 16)
  return storeOption(true)
}

export function meanOfThree(a: i32, b: i32, c: i32): i32 {
  return compute.meanOfThree(a, b, c)
}

export function half(x: f32): f32 {
  return x / 2
}

export function exclusiveOr(a: i32, b: i32): i32 {
  return a ^ b
}

export function nextChar(c: i32): usize {
  const next = compute.nextChar(c)
  store<i32>(result, next, 4)
  return storeOption(next >= 0)
}

export function reverseText(units: usize, length: u32): usize {
  storeString(result, compute.reverseText(liftString(units, length)))
  return result
}

export function countChars(units: usize, length: u32): u32 {
  return compute.charsOf(liftString(units, length)).length
}

export function join(parts: usize, count: u32, units: usize, length: u32): usize {
  const separator = liftString(units, length)
  storeString(result, liftList<string>(parts, count, STRING, loadString).join(separator))
  return result
}

export function split(text: usize, textLength: u32, separator: usize, separatorLength: u32): usize {
  const parts = compute.split(liftString(text, textLength), liftString(separator, separatorLength))
  storeList<string>(result, parts, STRING, storeString)
  return result
}

export function checksum(bytes: usize, length: u32): u32 {
  return compute.checksum(liftNumbers<u8>(bytes, length))
}

export function reverseBytes(bytes: usize, length: u32): usize {
  storeNumbers<u8>(result, liftNumbers<u8>(bytes, length).reverse())
  return result
}

export function scale(values: usize, length: u32, by: f64): usize {
  storeNumbers<f64>(result, compute.scale(liftNumbers<f64>(values, length), by))
  return result
}

export function runningSums(values: usize, length: u32): usize {
  storeNumbers<i64>(result, compute.runningSums(liftNumbers<i32>(values, length)))
  return result
}

export function bounds(values: usize, length: u32): usize {
  const both = compute.bounds(liftNumbers<f32>(values, length))
  store<f32>(result, both[0], 4)
  store<f32>(result, both[1], 8)
  return storeOption(length != 0)
}

export function centroid(points: usize, length: u32): usize {
  const centre = compute.centroid(liftList<Point>(points, length, POINT, loadPoint))
  if (centre !== null) storePoint(result + 8, centre)
  return storeOption(centre !== null)
}

export function heaviest(samples: usize, length: u32): usize {
  const sample = compute.heaviest(liftList<Sample>(samples, length, SAMPLE, loadSample))
  if (sample !== null) storeSample(result + 8, sample)
  return storeOption(sample !== null)
}

export function clean(samples: usize, length: u32): usize {
  const cleaned = compute.clean(liftList<Sample>(samples, length, SAMPLE, loadSample))
  const error = cleaned.error
  store<u8>(result, error === null ? 0 : 1)
  if (error === null) storeList<Sample>(result + 4, cleaned.value, SAMPLE, storeSample)
  else storeFailure(result + 4, error)
  return result
}

export function classify(
  id: u32,
  weight: f64,
  label: usize,
  labelLength: u32,
  hasNote: i32,
  note: usize,
  noteLength: u32,
): Kind {
  const noted = hasNote ? liftString(note, noteLength) : null
  return compute.classify(new Sample(id, weight, liftString(label, labelLength), noted))
}

export function marksOf(n: i64): i32 {
  return compute.marksOf(n)
}

export function differingMarks(a: i32, b: i32): i32 {
  return a ^ b
}

export function area(tag: i32, payload: i64, length: u32): usize {
  const area = liftShape(tag, payload, length).area()
  const error = area.error
  store<u8>(result, error === null ? 0 : 1)
  if (error === null) store<f64>(result, area.value, 8)
  else storeString(result + 8, error)
  return result
}

export function chorus(n: u32): u32 {
  return compute.chorus(n)
}

export function lookUpAll(keys: usize, length: u32): usize {
  storeList<string>(result, compute.lookUpAll(liftList<string>(keys, length, STRING, loadString)), STRING, storeString)
  return result
}
