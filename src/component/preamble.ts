import type { Reader } from './reader.ts'

const MODULE = '0,97,115,109,1,0,0,0'
const COMPONENT = '0,97,115,109,13,0,1,0'

const preamble = (bytes: Uint8Array, at = 0): string => bytes.subarray(at, at + 8).join()

/** Whether `bytes` begin as a component of the supported version does. */
export function isComponent(bytes: Uint8Array): boolean {
  return preamble(bytes) === COMPONENT
}

/** Whether `bytes` begin as a core module does. */
export function isCoreModule(bytes: Uint8Array): boolean {
  return preamble(bytes) === MODULE
}

/** Steps over the 8 bytes that introduce a component (Binary.md, `preamble`), or says what the bytes are instead. */
export function readComponentPreamble(r: Reader): void {
  const found = preamble(r.bytes.subarray(0, r.end), r.pos)
  if (found === MODULE) {
    r.fail('CMP1002', 'expected a component, got a core module; `wasm-tools component new` makes a component of it')
  }
  if (found !== COMPONENT) {
    if (!found.startsWith('0,97,115,109'))
      r.fail('CMP1001', 'expected a component, got something that is not WebAssembly')
    const [, , , , version, , layer] = found.split(',')
    r.fail('CMP1003', `expected version 13, layer 1 of the binary format, got version ${version}, layer ${layer}`)
  }
  r.pos += 8
}

/** Steps over the 8 bytes that introduce a core module, or says what the bytes are instead. */
export function readModulePreamble(r: Reader): void {
  const found = preamble(r.bytes.subarray(0, r.end), r.pos)
  if (found === COMPONENT) r.fail('CMP1002', 'expected a core module, got a component')
  if (found !== MODULE) r.fail('CMP1001', 'expected a core module, got something else')
  r.pos += 8
}
