/**
 * A cursor over bytes that the engine has validated: nothing is checked again, so that large guests are read fast. The
 * decoder of components, which reads what nobody has looked at, has the `Reader`.
 */
export class Cursor {
  readonly bytes: Uint8Array
  pos: number
  readonly end: number

  constructor(bytes: Uint8Array, pos = 0, end: number = bytes.length) {
    this.bytes = bytes
    this.pos = pos
    this.end = end
  }

  peek(): number {
    return this.bytes[this.pos] as number
  }

  u8(): number {
    return this.bytes[this.pos++] as number
  }

  /** An unsigned integer in LEB128; exact up to 2**53. */
  u32(): number {
    let byte = this.u8()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let scale = 128; ; scale *= 128) {
      byte = this.u8()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }

  skipLeb(): void {
    while (this.u8() >= 0x80);
  }

  skip(bytes: number): void {
    this.pos += bytes
  }

  /** A byte range with its length before it, as a cursor of its own; this one goes on behind it. */
  sized(): Cursor {
    const length = this.u32()
    const start = this.pos
    this.pos += length
    return new Cursor(this.bytes, start, this.pos)
  }
}
