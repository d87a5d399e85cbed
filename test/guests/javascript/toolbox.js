/** The toolbox in JavaScript. */
import { log, lookup, twice } from 'test:toolbox/host@1.0.0'

/** An integer of 64 bits with a sign: StarlingMonkey's glue hands over the unsigned one of the same bits. */
const signed = (n) => BigInt.asIntN(64, n)

/** Ends a call with the error of its result. */
class Failed extends Error {
  constructor(payload) {
    super(JSON.stringify(payload))
    this.payload = payload
  }
}

const empty = () => new Failed({ tag: 'empty' })
const badSample = (id) => new Failed({ tag: 'bad-sample', val: id })
const unusable = (why) => new Failed({ tag: 'unusable', val: why })

const S64_MIN = -(2n ** 63n)
const S64_MAX = 2n ** 63n - 1n

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

/** The CRC-32 of each byte. */
const CRCS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function polygonArea(corners) {
  if (corners.length < 3) throw new Failed('a polygon has at least 3 corners')
  const edges = corners.map((from, i) => [from, corners[(i + 1) % corners.length]])
  return Math.abs(sum(edges.map(([from, to]) => from.x * to.y - to.x * from.y))) / 2
}

function lookUp(key) {
  try {
    return lookup(key)
  } catch ({ payload }) {
    if (payload.tag === 'missing') return '-'
    log('warn', `denied: ${key}`)
    return `!${payload.val}`
  }
}

export const compute = {
  add: (a, b) => (a + b) >>> 0,

  multiply: (a, b) => BigInt.asUintN(64, a * b),

  saturatingAdd(a, b) {
    const exact = signed(a) + signed(b)
    if (exact > S64_MAX) return S64_MAX
    return exact < S64_MIN ? S64_MIN : exact
  },

  divide(a, b) {
    if (b === 0) throw unusable('division by zero')
    const quotient = Math.trunc(a / b)
    if (quotient > 0x7fff_ffff) throw unusable('overflow')
    return quotient | 0 // no -0
  },

  divMod: (a, b) => (b === 0n ? undefined : [a / b, a % b]),

  meanOfThree: (a, b, c) => Math.floor((a + b + c) / 3),

  half: (x) => x / 2,

  exclusiveOr: (a, b) => a !== b,

  nextChar(c) {
    const code = c.codePointAt(0)
    if (code === 0x10ffff) return undefined
    return String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1)
  },

  reverseText: (text) => [...text].reverse().join(''),

  countChars: (text) => [...text].length,

  join: (parts, separator) => parts.join(separator),

  split: (text, separator) => (separator === '' ? [text] : text.split(separator)),

  checksum(bytes) {
    let crc = 0xffff_ffff
    for (const byte of bytes) crc = CRCS[(crc ^ byte) & 0xff] ^ (crc >>> 8)
    return ~crc >>> 0
  },

  reverseBytes: (bytes) => Uint8Array.from(bytes).reverse(),

  scale: (values, by) => values.map((value) => value * by),

  runningSums(values) {
    let total = 0 // exact: fewer than 2³² values of 32 bits have a sum of less than 2⁶⁴, and memory holds far fewer
    return BigInt64Array.from(values, (value) => BigInt((total += value)))
  },

  bounds: (values) =>
    values.length === 0
      ? undefined
      : [
          values.reduce((least, value) => Math.min(least, value)),
          values.reduce((most, value) => Math.max(most, value)),
        ],

  centroid(points) {
    if (points.length === 0) return undefined
    return { x: sum(points.map(({ x }) => x)) / points.length, y: sum(points.map(({ y }) => y)) / points.length }
  },

  heaviest(samples) {
    if (samples.length === 0) return undefined
    return samples.reduce((most, sample) => (sample.weight > most.weight ? sample : most))
  },

  clean(samples) {
    const bad = samples.find(({ weight }) => weight < 0 || !Number.isFinite(weight))
    if (bad) throw badSample(bad.id)
    const kept = samples
      .filter(({ weight }) => weight !== 0)
      .map((sample) => ({
        ...sample,
        label: sample.label.replace(/^ +| +$/g, ''),
        note: sample.note === '' ? undefined : sample.note,
      }))
    if (kept.length === 0) throw empty()
    return kept
  },

  classify({ weight }) {
    if (weight < 0.25) return 'light'
    return weight < 0.75 ? 'regular' : 'heavy'
  },

  marksOf(unsigned) {
    const n = signed(unsigned)
    return { negative: n < 0n, zero: n === 0n, even: n % 2n === 0n, huge: n >= 2n ** 40n || n <= -(2n ** 40n) }
  },

  differingMarks: (a, b) => ({
    negative: a.negative !== b.negative,
    zero: a.zero !== b.zero,
    even: a.even !== b.even,
    huge: a.huge !== b.huge,
  }),

  area(shape) {
    switch (shape.tag) {
      case 'dot':
        return 0
      case 'circle':
        if (shape.val < 0) throw new Failed('negative radius')
        return Math.PI * shape.val ** 2
      case 'polygon':
        return polygonArea(shape.val)
      case 'named':
        if (shape.val === 'unit-square') return 1
        throw new Failed(`unknown shape: ${shape.val}`)
    }
  },

  chorus(n) {
    let total = 0
    for (let i = 1; i <= n; i++) {
      const doubled = twice(i)
      log('debug', `twice ${i} is ${doubled}`)
      total = (total + doubled) >>> 0
    }
    return total
  },

  lookUpAll: (keys) => keys.map(lookUp),
}

class Counter {
  #count

  constructor(start) {
    this.#count = signed(start)
  }

  increment(by) {
    this.#count = signed(this.#count + by)
    return this.#count
  }

  value() {
    return this.#count
  }

  static merge(a, b) {
    return new Counter(a.#count + b.#count)
  }

  report(sink, times) {
    let written = 0n
    for (let i = 0; i < times; i++) written += BigInt(sink.write(`${this.#count}`))
    return written
  }
}

export const counters = {
  Counter,

  compare: (a, b) => Number(a.value() > b.value()) - Number(a.value() < b.value()),

  close(sink) {
    sink.write('bye')
    const total = sink.total()
    sink[Symbol.dispose]()
    return total
  },
}
