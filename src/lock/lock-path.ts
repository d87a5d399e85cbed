import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve as absolute } from 'node:path'

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

/** The text of a lock file; undefined where there is none. */
export function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
