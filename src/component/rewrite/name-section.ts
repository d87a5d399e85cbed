import { ByteBuffer } from './byte-buffer.ts'
import type { Cursor } from './cursor.ts'

/** A custom section called `name`; its cursor stands behind that. */
export function isNameSection(c: Cursor): boolean {
  const { bytes, pos } = c
  const { pos: start, end } = c.sized()
  if (end - start === 4 && String.fromCharCode(...bytes.subarray(start, end)) === 'name') return true
  c.pos = pos
  return false
}

/** The names of functions, by index; malformed ones, which no engine minds, are no names. */
export function functionNames(c: Cursor): Map<number, string> {
  const names = new Map<number, string>()
  const utf8 = new TextDecoder()
  while (c.pos < c.end) {
    const id = c.u8()
    const section = c.sized()
    if (id !== 1 || section.end > c.end) continue
    for (let n = section.u32(); n > 0 && section.pos < section.end; n--) {
      const index = section.u32()
      const { pos, end } = section.sized()
      if (end <= section.end) names.set(index, utf8.decode(c.bytes.subarray(pos, end)))
    }
  }
  return names
}

/**
 * Writes the content of a name section with the names of functions that have been added behind all others. Of the rest it
 * keeps the names of the module and of locals; what goes by indices that have changed is left out.
 */
export function copyNames(
  out: ByteBuffer,
  c: Cursor,
  added: readonly (readonly [index: number, name: string])[],
): void {
  out.name('name')
  while (c.pos < c.end) {
    const at = c.pos
    const id = c.u8()
    const section = c.sized()
    if (section.end > c.end) return
    if (id === 0 || id === 2) out.copy(c.bytes, at, section.end)
    if (id !== 1) continue
    out.u8(1)
    out.sized(() => {
      out.u32(section.u32() + added.length)
      out.copy(c.bytes, section.pos, section.end)
      for (const [index, name] of added) {
        out.u32(index)
        out.name(name)
      }
    })
  }
}
