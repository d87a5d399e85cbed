import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { fileInTheWay, folderInTheWay } from '../diagnostics/in-the-way.ts'

/**
 * Refuses what cannot be replaced by the files of the output.
 *
 * @param paths of files, below the output folder
 * @throws DiagnosticError for each folder in the place of a file, and each file in the place of a folder: of one below `out`, of
 *   `out` itself, or of one that it is in
 */
export function refuseInTheWay(out: string, paths: readonly string[]): void {
  const file = fileOnTheWay(out)
  if (file !== undefined) throw new DiagnosticError([fileInTheWay(file)])
  const folders = new Set(paths.flatMap(foldersOf))
  const blocked = [
    ...[...folders].filter((path) => isFolder(join(out, path)) === false).map((path) => fileInTheWay(join(out, path))),
    ...paths.filter((path) => isFolder(join(out, path)) === true).map((path) => folderInTheWay(join(out, path))),
  ]
  if (blocked.length > 0) throw new DiagnosticError(blocked)
}

/** What is no folder of `out` and those that it is in, where there is one. */
function fileOnTheWay(out: string): string | undefined {
  for (let at = out; ; at = dirname(at)) {
    const found = isFolder(at)
    if (found !== undefined) return found ? undefined : at
    if (at === dirname(at)) return undefined
  }
}

/** `a/b/c.ts` → `a`, `a/b` */
function foldersOf(path: string): readonly string[] {
  const folder = dirname(path)
  return folder === '.' ? [] : [...foldersOf(folder), folder]
}

/** Undefined where there is nothing, or nothing can be found out. */
function isFolder(path: string): boolean | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory()
  } catch {
    return undefined
  }
}
