import { readFileSync, statSync } from 'node:fs'

/**
 * A file's text; empty for a pipe or device in its place, which reading might wait for without end; undefined where it
 * cannot be read.
 */
export function fileText(path: string): string | undefined {
  try {
    const stats = statSync(path)
    return stats.isFile() || stats.isDirectory() ? readFileSync(path, 'utf8') : ''
  } catch {
    return undefined
  }
}
