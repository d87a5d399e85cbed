// The keys of a world that imports two versions of a package that cannot stand for each other. Nothing here runs.
import { Versions, type VersionsImports } from '../golden/versions/generated/versions.ts'

declare const imports: VersionsImports
const one = imports['dep:store/store@1.0.0']
const two = imports['dep:store/store@2.1.0']

/** Only keys with versions are offered. */
export async function keys(): Promise<void> {
  await Versions.load('guest.wasm', { imports: { 'dep:store/store@1.0.0': one, 'dep:store/store@2.1.0': two } })
  // @ts-expect-error one of the two is missing
  await Versions.load('guest.wasm', { imports: { 'dep:store/store@2.1.0': two } })
  // @ts-expect-error a key without a version is ambiguous
  await Versions.load('guest.wasm', { imports: { 'dep:store/store': one } })
}
