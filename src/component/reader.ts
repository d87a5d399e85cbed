import { ComponentError, type ComponentErrorCode } from './component-error.ts'

/** How many items may still be read in all: an instance type can be used, and a component instantiated, many times. */
export interface Budget {
  left: number
}

/** More than this no real component holds, and it takes a fraction of a second to read. */
export const ITEM_LIMIT = 1_000_000

const utf8: TextDecoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A cursor over `bytes` up to `end` (exclusive). Every read checks the bounds and throws `ComponentError`. */
export class Reader {
  readonly bytes: Uint8Array
  pos: number
  readonly end: number
  readonly budget: Budget

  constructor(bytes: Uint8Array, pos = 0, end: number = bytes.length, budget: Budget = { left: ITEM_LIMIT }) {
    this.bytes = bytes
    this.pos = pos
    this.end = end
    this.budget = budget
  }

  fail(code: ComponentErrorCode, message: string, offset: number = this.pos): never {
    throw new ComponentError(code, message, offset)
  }

  /** A reader of the same bytes and budget from `pos` on. */
  at(pos: number, end: number = this.end): Reader {
    return new Reader(this.bytes, pos, end, this.budget)
  }

  peek(): number {
    const byte = this.pos < this.end ? this.bytes[this.pos] : undefined
    return byte ?? this.fail('CMP1004', 'expected more bytes, the input or section ends here')
  }

  byte(): number {
    const byte = this.peek()
    this.pos++
    return byte
  }

  /** A byte that must be `value`; `what` says what it stands for. */
  expect(value: number, what: string): void {
    const at = this.pos
    const byte = this.byte()
    if (byte !== value) this.unexpected(what, byte, at)
  }

  /** 0x00 or 0x01. */
  flag(): boolean {
    const byte = this.byte()
    if (byte > 1) this.unexpected('0x00 or 0x01', byte)
    return byte === 1
  }

  unexpected(what: string, byte: number, at: number = this.pos - 1): never {
    return this.fail('CMP1005', `expected ${what}, got 0x${byte.toString(16).padStart(2, '0')}`, at)
  }

  /** `u32` in LEB128. */
  u32(): number {
    return this.leb(32)
  }

  /** An integer of up to `bits` bits in unsigned LEB128, rounded beyond 2**53. */
  leb(bits: number): number {
    const at = this.pos
    let value = 0
    for (let shift = 0; shift < bits; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80 && value < 2 ** bits) return value
      if (byte < 0x80) break
    }
    return this.fail('CMP1005', `expected an integer of ${bits} bits, this one is longer`, at)
  }

  /** The length of something that takes at least a byte per element, so that it cannot exceed what is left. */
  private length(what: string): number {
    const at = this.pos
    const length = this.u32()
    if (length > this.end - this.pos) {
      this.fail('CMP1004', `expected ${length} ${what}, only ${this.end - this.pos} bytes are left`, at)
    }
    return length
  }

  /** A byte range with its length before it, as a reader of its own; this reader goes on behind it. */
  sized(): Reader {
    const length = this.length('bytes')
    const start = this.pos
    this.pos += length
    return this.at(start, this.pos)
  }

  string(): string {
    const length = this.length('bytes')
    const { pos } = this
    const end = pos + length
    this.pos = end
    // A long name may be read many times.
    this.spend((end - pos) >> 5)
    let text = ''
    for (let i = pos; i < end; i++) {
      const byte = this.bytes[i] ?? 0
      if (byte > 0x7f) return this.decode(pos, end)
      text += String.fromCharCode(byte)
    }
    return text
  }

  private decode(pos: number, end: number): string {
    try {
      return utf8.decode(this.bytes.subarray(pos, end))
    } catch {
      return this.fail('CMP1005', 'expected a UTF-8 name', pos)
    }
  }

  /** A `vec`: a count, then as many items. */
  vec<T>(item: (reader: this) => T): T[] {
    const count = this.length('items')
    this.spend(count + 1)
    const items: T[] = []
    for (let i = 0; i < count; i++) items.push(item(this))
    return items
  }

  /** Charges `items` to the budget. What can be reached more often than it stands in the bytes has to be charged. */
  spend(items: number): void {
    this.budget.left -= items
    if (this.budget.left < 0) this.fail('CMP1007', `this component defines more than ${ITEM_LIMIT} items`)
  }

  /** Nothing may be left. */
  done(what: string): void {
    if (this.pos !== this.end) this.fail('CMP1004', `${what} is ${this.end - this.pos} bytes longer than what it holds`)
  }
}
