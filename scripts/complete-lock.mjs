// Adds to package-lock.json what a registry mirror without the other platforms' binaries left out, so that `npm ci` works on
// every platform: `npm install --package-lock-only && node scripts/complete-lock.mjs`. The entries carry no integrity hash;
// npm fills it in where the packages can be seen.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))

/** Where Node would find `name` from the package at `from`: the nearest node_modules folder that has it. */
function find(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (lock.packages[path]) return path
    if (folder === '') return undefined
  }
}

/** `@scope/binding-linux-arm64-musl` → the fields of an entry that say where the package can be used. */
function platform(name) {
  const match = /-(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name)
  if (!match) return name.endsWith('-wasm32-wasi') ? { cpu: ['wasm32'] } : undefined
  const [, os, cpu, abi = ''] = match
  const libc = os !== 'linux' ? {} : { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] }
  return { cpu: [cpu], ...libc, os: [os] }
}

let added = 0
for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const found = find(path, name)
    const fields = platform(name)
    if (!fields || !/^\d+\.\d+\.\d+$/.test(version) || (found && lock.packages[found].version === version)) continue
    const place = found ? `${path}/node_modules/${name}` : `node_modules/${name}`
    lock.packages[place] = { version, ...(dev ? { dev } : {}), optional: true, ...fields }
    added++
  }
}
const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => order(a, b)))
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`)
console.log(`package-lock.json: ${added} entries added`)
