import type { ByteBuffer } from './byte-buffer.ts'

/**
 * The branches of added code that are as good as never taken, for engines that listen: they then keep what that code does
 * out of the way of the guest's. Others leave the section alone. Specification: Branch Hinting.
 */
export class BranchHints {
  readonly #functions: { readonly index: number; readonly start: number; readonly offsets: number[] }[] = []

  /** A body begins; once more, when it is written again. */
  begin(index: number, start: number): void {
    if (this.#functions.at(-1)?.index === index) this.#functions.pop()
    this.#functions.push({ index, start, offsets: [] })
  }

  /** The `if` at a place of the output is not taken. */
  unlikely(at: number): void {
    const func = this.#functions.at(-1)
    func?.offsets.push(at - func.start)
  }

  /** Writes the section, which stands before that of the code; nothing without hints. */
  write(out: ByteBuffer): void {
    const functions = this.#functions.filter(({ offsets }) => offsets.length > 0)
    if (functions.length === 0) return
    out.u8(0)
    out.sized(() => {
      out.name('metadata.code.branch_hint')
      out.u32(functions.length)
      for (const { index, offsets } of functions) {
        out.u32(index)
        out.u32(offsets.length)
        for (const offset of offsets) {
          out.u32(offset)
          out.put(1, 0)
        }
      }
    })
  }
}
