import { expect, test } from 'vitest'
import { compile } from '../../src/runtime/compile.ts'
import { missingFeature } from '../../src/runtime/engine-features.ts'
import { demoGuest, needsPageSize, traps, wasiCore } from './guests.ts'

async function failure(bytes: Uint8Array): Promise<unknown> {
  try {
    await compile(bytes)
  } catch (error) {
    return error
  }
  throw new Error('it was compiled')
}

test('a compiled component is handed back as it is', async () => {
  const compiled = await compile(demoGuest())
  expect(await compile(compiled)).toBe(compiled)
  expect(compiled.name).toBeUndefined()
})

test('a core module: its exports, and the way to a component', async () => {
  expect(await failure(wasiCore())).toMatchObject({
    codeName: 'InvalidModule',
    message:
      'wasm module component error [5 InvalidModule]: expected a component, got a core module with the exports memory, _start; ' +
      'make a component of it with `wasm-tools component embed WIT --world WORLD guest.wasm -o embedded.wasm` (unless its build ' +
      'has done that) and `wasm-tools component new embedded.wasm --adapt ' +
      'wasi_snapshot_preview1=wasi_snapshot_preview1.reactor.wasm -o component.wasm`',
  })
  expect(await failure(traps())).toMatchObject({
    message: expect.stringContaining('`wasm-tools component new embedded.wasm -o component.wasm`'),
  })
})

test('bytes that are no component', async () => {
  expect(await failure(new TextEncoder().encode('<!doctype html>'))).toMatchObject({
    message:
      'wasm module component error [5 InvalidModule]: expected a component, got something that is not WebAssembly (at byte 0)',
    cause: { code: 'CMP1001' },
  })
  expect(await failure(demoGuest().subarray(0, 100))).toMatchObject({
    codeName: 'InvalidModule',
    cause: { code: 'CMP1004' },
  })
  expect(await failure(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1]))).toMatchObject({
    message: expect.stringContaining('expected a component, got a core module that the engine does not compile: '),
  })
})

test('a guest that needs a feature which the engine lacks', async () => {
  expect(await failure(needsPageSize())).toMatchObject({
    message:
      'wasm module component error [5 InvalidModule]: the guest needs memories with a page size of their own, ' +
      'which no released engine has on; this engine does not have it',
    cause: expect.any(WebAssembly.CompileError),
  })
})

test.each([
  ['opcode i32.add is not allowed in constant expressions @+24', 'extended constant expressions', 'Node 22'],
  ['memory count of 2 exceeds internal limit of 1 @+10', 'several memories', 'Node 22'],
  [
    'invalid memory limits flags 0x4 (enable via --experimental-wasm-memory64) @+11',
    'memories with 64-bit addresses',
    'Node 24',
  ],
  ['invalid table elements limits flags @+12', 'memories with 64-bit addresses', 'Node 24'],
  ['Compiling function #0 failed: Invalid opcode 0x1f @+28', 'exceptions by reference (exnref)', 'Node 25'],
  ['Unknown type code 0x5f, enable with --experimental-wasm-gc @+11', 'garbage collection', 'Node 22'],
  [
    "invalid value type 'stringref', enable with --experimental-wasm-stringref @+16",
    'typed function references',
    'Node 22',
  ],
  [
    'Compiling function #0 failed: simd opcode not available, enable with --experimental-relaxed-simd @+30',
    'relaxed SIMD',
    'Node 22',
  ],
])('Node 20 says "%s": %s, %s', (message, feature, version) => {
  expect(missingFeature(new WebAssembly.CompileError(`WebAssembly.compile(): ${message}`))).toBe(
    `the guest needs ${feature}, which ${version} and newer have; this engine does not have it`,
  )
})

test('a message that tells of no feature', () => {
  expect(
    missingFeature(new WebAssembly.CompileError('WebAssembly.compile(): expected 4 bytes, fell off end @+8')),
  ).toBeUndefined()
})
