import { isCoreModule, readComponentPreamble, readModulePreamble } from './preamble.ts'
import { Reader } from './reader.ts'

export interface CustomSection {
  readonly name: string
  /** A view into the input. */
  readonly bytes: Uint8Array
}

/**
 * The custom sections of a component or core module whose name begins with `prefix`, in order (`component-type`,
 * `package-docs`, …); those of nested modules and components are not looked at.
 *
 * @throws ComponentError when the bytes are neither, or malformed
 */
export function customSections(bytes: Uint8Array, prefix: string): readonly CustomSection[] {
  const r = new Reader(bytes)
  if (isCoreModule(bytes)) readModulePreamble(r)
  else readComponentPreamble(r)
  const found: CustomSection[] = []
  while (r.pos < r.end) {
    const id = r.byte()
    const section = r.sized()
    if (id !== 0) continue
    const name = section.string()
    if (name.startsWith(prefix)) found.push({ name, bytes: bytes.subarray(section.pos, section.end) })
  }
  return found
}
