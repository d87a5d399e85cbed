import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve as absolute } from 'node:path'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { folderInTheWay } from '../diagnostics/in-the-way.ts'

/** The name of lock files. */
export const LOCK_FILE = 'witgen.lock.json'

/** Beside the WIT folder or file; in it where it is the working folder or one above, so that it stays in the project. */
export function lockPath(input: string): string {
  const path = relative('.', absolute(input))
  const isAbove = path.split(/[/\\]/u).every((part) => part === '' || part === '..')
  return join(isAbove ? path : dirname(path), LOCK_FILE)
}

/** Line ends are the version control system's business. */
export function normalized(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/**
 * The text of a lock file; undefined where there is none.
 *
 * @throws DiagnosticError for a folder in its place
 */
export function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return undefined
    if (code === 'EISDIR') throw new DiagnosticError([folderInTheWay(path)], { cause: error })
    throw error
  }
}
