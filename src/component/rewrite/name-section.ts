import { ByteBuffer } from './byte-buffer.ts'
import { Cursor } from './cursor.ts'

/** A custom section called `name`; its cursor stands behind that. */
export function isNameSection(c: Cursor): boolean {
  const { bytes, pos } = c
  const { pos: start, end } = c.sized()
  if (end - start === 4 && String.fromCharCode(...bytes.subarray(start, end)) === 'name') return true
  c.pos = pos
  return false
}

/** The longest number in LEB128, and what such a number can at most be where it counts functions. */
const LEB_BYTES = 10
const MOST = 0xffff_ffff

/**
 * Engines do not look into the section: a number that does not end within it has to end behind it, or reading it never would.
 */
function padded({ bytes, pos, end }: Cursor): Cursor {
  const copy = new Uint8Array(end - pos + LEB_BYTES)
  copy.set(bytes.subarray(pos, end))
  return new Cursor(copy, 0, end - pos)
}

/** The names of functions, by index; malformed ones, which no engine minds, are no names. */
export function functionNames(content: Cursor): Map<number, string> {
  const c = padded(content)
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
  content: Cursor,
  added: readonly (readonly [index: number, name: string])[],
): void {
  const c = padded(content)
  out.name('name')
  while (c.pos < c.end) {
    const at = c.pos
    const id = c.u8()
    const section = c.sized()
    if (section.end > c.end) return
    if (id === 0 || id === 2) out.copy(c.bytes, at, section.end)
    if (id !== 1) continue
    const count = section.u32()
    if (section.pos > section.end || count > MOST) return
    out.u8(1)
    out.sized(() => {
      out.u32(count + added.length)
      out.copy(c.bytes, section.pos, section.end)
      for (const [index, name] of added) {
        out.u32(index)
        out.name(name)
      }
    })
  }
}
