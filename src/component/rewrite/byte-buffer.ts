/** Bytes of a module that is being written. */
export class ByteBuffer {
  #bytes: Uint8Array<ArrayBuffer>
  length = 0

  /** @param capacity how many bytes are expected */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(Math.max(capacity, 64))
  }

  u8(byte: number): void {
    if (this.length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.length++] = byte
  }

  put(...bytes: readonly number[]): void {
    for (const byte of bytes) this.u8(byte)
  }

  /** Unsigned LEB128. */
  u32(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.u8((rest % 128) | 0x80)
      rest = Math.floor(rest / 128)
    }
    this.u8(rest)
  }

  /** Signed LEB128, of an integer that is not negative. */
  s32(value: number): void {
    let rest = value
    while (rest >= 64) {
      this.u8((rest % 128) | 0x80)
      rest = Math.floor(rest / 128)
    }
    this.u8(rest)
  }

  /** A name: its length in bytes, then UTF-8. */
  name(text: string): void {
    const bytes = new TextEncoder().encode(text)
    this.u32(bytes.length)
    this.copy(bytes, 0, bytes.length)
  }

  copy(source: Uint8Array, from: number, to: number): void {
    const size = to - from
    if (this.length + size > this.#bytes.length) this.#grow(size)
    this.#bytes.set(source.subarray(from, to), this.length)
    this.length += size
  }

  /** Room for a number that is known later: five bytes of LEB128, whose place it gives. */
  reserve(): number {
    const at = this.length
    this.put(0x80, 0x80, 0x80, 0x80, 0)
    return at
  }

  /** Fills in what was reserved: a number below 2**34, which reads the same signed and unsigned. */
  patch(at: number, value: number): void {
    let rest = value
    for (let i = 0; i < 5; i++) {
      this.#bytes[at + i] = (rest % 128) | (i < 4 ? 0x80 : 0)
      rest = Math.floor(rest / 128)
    }
  }

  /** What `write` writes, with its length before it. */
  sized(write: () => void): void {
    const at = this.reserve()
    write()
    this.patch(at, this.length - at - 5)
  }

  /** Forgets what was written from `length` on. */
  truncate(length: number): void {
    this.length = length
  }

  /** What has been written, as bytes of its own. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length)
  }

  #grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + by))
    larger.set(this.#bytes.subarray(0, this.length))
    this.#bytes = larger
  }
}
