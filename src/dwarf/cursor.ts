const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder()

/** No path is longer; thousands of names may share the bytes of a longer text. */
const LONGEST = 4096

/** A cursor over debug information, little-endian. Every read checks the bounds and throws `RangeError`. */
export class Cursor {
  readonly #view: DataView
  readonly #bytes: Uint8Array
  pos: number

  constructor(bytes: Uint8Array, pos = 0) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.pos = pos
  }

  get end(): number {
    return this.#bytes.length
  }

  u8(): number {
    return this.#view.getUint8(this.pos++)
  }

  i8(): number {
    return this.#view.getInt8(this.pos++)
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), true)
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), true)
  }

  /** Rounded beyond 2**53, where nothing of a module lies. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true))
  }

  /** A number of `size` bytes: 1, 2, 4 or 8. */
  unsigned(size: number): number {
    switch (size) {
      case 1:
        return this.u8()
      case 2:
        return this.u16()
      case 4:
        return this.u32()
      case 8:
        return this.u64()
      default:
        throw new RangeError(`no number has ${size} bytes`)
    }
  }

  uleb(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
  }

  sleb(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return byte < 0x40 ? value : value - factor * 128
    }
  }

  /** A text that ends with a zero, of at most `LONGEST` bytes. */
  text(): string {
    const rest = this.#bytes.subarray(this.pos, this.pos + LONGEST + 1)
    const length = rest.indexOf(0)
    if (length < 0) throw new RangeError('a text does not end')
    this.pos += length + 1
    return utf8.decode(rest.subarray(0, length))
  }

  skip(count: number): void {
    if (count > this.end - this.pos) throw new RangeError('the information ends early')
    this.pos += count
  }

  /** The next `length` bytes as a cursor of their own; this one goes on behind them. */
  part(length: number): Cursor {
    const start = this.pos
    this.skip(length)
    return new Cursor(this.#bytes.subarray(start, start + length))
  }

  #step(count: number): number {
    const at = this.pos
    this.pos += count
    return at
  }
}
