/*
 * A second guest that does the same as the first: its core module has a custom section more, so that it is another module
 * to the engine, with functions of its own.
 */

const MAGIC_AND_VERSION = 8
const CUSTOM = 0
const CORE_MODULE = 1
/** A custom section named `second`, without content. */
const MARK = [CUSTOM, 7, 6, ...new TextEncoder().encode('second')]

export function secondCore(core: Uint8Array): Uint8Array {
  return Uint8Array.of(...core, ...MARK)
}

/** The component with `secondCore` in the place of its first core module. */
export function secondComponent(component: Uint8Array): Uint8Array {
  let at = MAGIC_AND_VERSION
  while (at < component.length) {
    const [size, start] = readU32(component, at + 1)
    const end = start + size
    if (component[at] === CORE_MODULE) {
      const core = secondCore(component.subarray(start, end))
      return Uint8Array.of(...component.subarray(0, at + 1), ...u32(core.length), ...core, ...component.subarray(end))
    }
    at = end
  }
  throw new Error('the component has no core module')
}

/** The LEB128 number at `at`, and where it ends. */
function readU32(bytes: Uint8Array, at: number): [value: number, end: number] {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return [value, at]
  }
}

function u32(value: number): number[] {
  const bytes: number[] = []
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80)
  return [...bytes, value]
}
