import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cache, fetchCrateFolder } from './fetch.ts'

/** The crates that WASI's WIT is published in. */
export const wasiCrates = {
  'WASI 0.2': { name: 'wasip2', version: '2.0.1' },
  'WASI 0.3': { name: 'wasip3', version: '0.10.0' },
} as const

export type WasiVersion = keyof typeof wasiCrates

/** Fetches the WIT of a version of WASI. */
export function fetchWasi(wasi: WasiVersion): string {
  const { name, version } = wasiCrates[wasi]
  return fetchCrateFolder(name, version, 'wit')
}

/**
 * Lays out each package of a version of WASI as a root package, with the others in its `deps/`: in the crate they are all
 * dependencies of an empty one.
 *
 * @returns the folders by name (`cli`, `http`), and `all`, the crate's own folder
 */
export function wasiPackages(wasi: WasiVersion): ReadonlyMap<string, string> {
  const source = fetchWasi(wasi)
  const folder = join(cache, 'wasi', wasiCrates[wasi].name)
  rmSync(folder, { recursive: true, force: true })
  const files = readdirSync(join(source, 'deps')).sort()
  const packages = new Map([['all', source]])
  for (const file of files) {
    const name = file.replace(/\.wit$/u, '')
    const root = join(folder, name)
    mkdirSync(join(root, 'deps'), { recursive: true })
    for (const other of files) cpSync(join(source, 'deps', other), join(root, other === file ? '' : 'deps', other))
    packages.set(name, root)
  }
  return packages
}
