/**
 * Fetches what the conformance tests compare with, through cargo, into `.cache/conformance` (ignored by git):
 * the test suite of the crate `wit-parser`. Run by the tests themselves, or `node test/conformance/fetch.ts`.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where everything that is fetched goes. */
export const cache: string = fileURLToPath(new URL('../../.cache/conformance/', import.meta.url))

interface Metadata {
  readonly packages: readonly { readonly name: string; readonly version: string; readonly manifest_path: string }[]
}

/** Puts one folder of a published crate into the cache and gives its path there; once it is there, nothing is run. */
export function fetchCrateFolder(name: string, version: string, folder: string): string {
  const target = join(cache, `${name}-${version}`, folder)
  if (existsSync(target)) return target
  const manifest = join(cache, 'manifest', name)
  mkdirSync(join(manifest, 'src'), { recursive: true })
  writeFileSync(join(manifest, 'src/lib.rs'), '')
  const dependency = `${name} = { version = "=${version}", default-features = false }`
  const head = '[package]\nname = "conformance-data"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n'
  writeFileSync(join(manifest, 'Cargo.toml'), `${head}[dependencies]\n${dependency}\n`)
  const args = ['metadata', '--format-version', '1', '--manifest-path', join(manifest, 'Cargo.toml')]
  const output = execFileSync('cargo', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const found = (JSON.parse(output) as Metadata).packages.find(
    (p) => p.name === name && p.version.split('+')[0] === version,
  )
  if (found === undefined) throw new Error(`cargo did not fetch the crate ${name} ${version}`)
  const partial = `${target}.partial`
  rmSync(partial, { recursive: true, force: true })
  cpSync(join(dirname(found.manifest_path), folder), partial, { recursive: true })
  renameSync(partial, target)
  return target
}

/** The suite of wit-parser: `NAME.wit` or folders with `NAME.wit.json` beside them, and `parse-fail/`. */
export function fetchWitSuite(): string {
  return fetchCrateFolder('wit-parser', '0.262.0', 'tests/ui')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(fetchWitSuite())
