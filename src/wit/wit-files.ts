import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A file that belongs to a WIT package or to one that it may refer to. */
export interface WitFile {
  readonly path: string
  /** Whether it is part of the root package, or of the package of one folder or file in `deps/`. */
  readonly role: 'root' | { readonly dep: string }
  /** Whether it is a package in binary form (or the text of one). */
  readonly binary: boolean
}

/** How files are called that hold a WebAssembly binary or the text of one. */
export const BINARY: RegExp = /\.(?:wasm|wat)$/

/**
 * The files that are read for a WIT folder, in the order in which they are: its own, then those in `deps/`. What reads
 * WIT and what only asks whether anything has changed both go by this list.
 *
 * @throws what the file system says of a folder that cannot be listed
 */
export function witFiles(folder: string): readonly WitFile[] {
  const deps = join(folder, 'deps')
  const names = kindOf(deps) === 'folder' ? readdirSync(deps).sort() : []
  return [...filesIn(folder, 'root'), ...names.flatMap((name) => filesOfDep(join(deps, name), name))]
}

function filesOfDep(path: string, dep: string): readonly WitFile[] {
  const kind = kindOf(path)
  if (kind === 'folder') return filesIn(path, { dep })
  if (path.endsWith('.wit')) return [{ path, role: { dep }, binary: false }]
  return BINARY.test(path) && kind === 'file' ? [{ path, role: { dep }, binary: true }] : []
}

function filesIn(folder: string, role: WitFile['role']): readonly WitFile[] {
  return readdirSync(folder)
    .sort()
    .filter((name) => name.endsWith('.wit'))
    .map((name) => ({ path: join(folder, name), role, binary: false }))
    .filter(({ path }) => kindOf(path) !== 'folder')
}

/** What a path names; `other` for pipes and devices, which reading might wait for without end. */
export function kindOf(path: string): 'file' | 'folder' | 'other' | undefined {
  let stats
  try {
    stats = statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    // Node 20 throws for what lies below a file.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined
    throw error
  }
  if (stats === undefined) return undefined
  return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other'
}
