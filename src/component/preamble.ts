import type { Reader } from './reader.ts'

const magic = (bytes: Uint8Array, version: number, layer: number): boolean =>
  bytes.length >= 8 &&
  [0x00, 0x61, 0x73, 0x6d, version, 0x00, layer, 0x00].every((expected, index) => bytes[index] === expected)

/** Whether `bytes` begin as a component of the supported version does. */
export function isComponent(bytes: Uint8Array): boolean {
  return magic(bytes, 0x0d, 1)
}

/** Whether `bytes` begin as a core module does. */
export function isCoreModule(bytes: Uint8Array): boolean {
  return magic(bytes, 1, 0)
}

/** Steps over the 8 bytes that introduce a component (Binary.md, `preamble`), or says what the bytes are instead. */
export function readComponentPreamble(r: Reader): void {
  const { bytes, pos, end } = r
  const head = bytes.subarray(pos, Math.min(pos + 8, end))
  if (isCoreModule(head)) {
    r.fail('CMP1002', 'expected a component, got a core module; `wasm-tools component new` makes a component of it')
  }
  if (!isComponent(head)) {
    if (head.length < 4 || !magic(new Uint8Array([...head.subarray(0, 4), 0, 0, 0, 0]), 0, 0)) {
      r.fail('CMP1001', 'expected a component, got something that is not WebAssembly')
    }
    if (head.length < 8) r.fail('CMP1004', 'expected more bytes, the input ends in the version', pos + head.length)
    r.fail('CMP1003', `expected version 13 of the component format, got version ${head[4]}, layer ${head[6]}`, pos + 4)
  }
  r.pos += 8
}

/** Steps over the 8 bytes that introduce a core module, or says what the bytes are instead. */
export function readModulePreamble(r: Reader): void {
  const { bytes, pos, end } = r
  const head = bytes.subarray(pos, Math.min(pos + 8, end))
  if (isComponent(head)) r.fail('CMP1002', 'expected a core module, got a component')
  if (!isCoreModule(head)) r.fail('CMP1001', 'expected a core module, got something else')
  r.pos += 8
}
