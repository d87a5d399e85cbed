// The world of test/golden/views, whose lists are looked at in place.
const numbers = (n) => Float64Array.from({ length: n }, (_, i) => i / 2)
const points = (n) => Array.from({ length: n }, (_, i) => ({ x: i, y: -i, tags: [`nr ${i}`, 'ü'] }))

export const series = {
  scale: (values, by) => values.map((x) => x * by),
  points: () => points(5),
  latest: (n) => (n === 0 ? undefined : BigInt64Array.from({ length: n }, (_, i) => BigInt(-i))),
  load(name, parts) {
    if (name === '') throw { payload: 'empty' }
    return parts.length === 0 ? undefined : points(parts.length)
  },
  read: () => new Uint8Array([1, 2, 3]),
  count: () => 3,
  Store: class Store {
    constructor(values) {
      this.kept = Array.from(values)
    }
    values() {
      return Float64Array.from(this.kept)
    }
    add(values) {
      this.kept.push(...values)
    }
    static open(name) {
      if (name === 'broken') throw { payload: 'broken' }
      return points(name.length)
    }
  },
}

export const sample = (seed) => points(seed.length)
export const label = () => `halves up to ${numbers(3).at(-1)}`
