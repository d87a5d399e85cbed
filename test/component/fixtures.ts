import { readFileSync } from 'node:fs'
import type { SignatureNames } from '../../src/ir/index.ts'

export const FIXTURES = ['built-ins', 'core-types', 'docs', 'guest', 'nested', 'resources', 'start', 'types'] as const

/** The bytes of `fixtures/<name>.wasm` (see `fixtures/build.sh`). */
export function fixture(name: (typeof FIXTURES)[number] | 'core-module'): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}.wasm`, import.meta.url)))
}

/** Writes out named types; resources by name. */
export const expanded: SignatureNames = { type: () => undefined, resource: (def) => def.name }

/** Keeps the names of types. */
export const named: SignatureNames = { type: (def) => def.name, resource: (def) => def.name }

/** `8 bytes` of a component, then `parts`. */
export function component(...parts: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00, ...parts.flat()])
}

/** A section with its length; up to 127 bytes. */
export function section(id: number, ...content: readonly (readonly number[])[]): number[] {
  const bytes = content.flat()
  return [id, bytes.length, ...bytes]
}

/** A name with its length. */
export function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)]
  return [bytes.length, ...bytes]
}
