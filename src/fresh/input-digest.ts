import { readFileSync } from 'node:fs'
import { basename, relative } from 'node:path'
import type { Settings } from '../config/settings.ts'
import { hash } from '../render/manifest.ts'
import { kindOf, witFiles } from '../wit/wit-files.ts'

/**
 * A hash of all that a run reads and of all options that its output depends on, except for the version and the lock files.
 * It is the same on every machine: texts count without regard to line ends, and folders only where the output has maps, which
 * say how the WIT is reached from it.
 *
 * @returns undefined where something cannot be read: then a run has to say what is wrong
 */
export function inputDigest(settings: Settings): string | undefined {
  const { out, target, importExtension, views, worlds, features } = settings
  const inputs: unknown[] = []
  try {
    for (const path of settings.inputs) {
      const files = inputFiles(path)
      if (files === undefined) return undefined
      inputs.push(target === 'js' ? [between(out, path), files] : files)
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return undefined
    throw error
  }
  const options = {
    target,
    importExtension,
    views,
    worlds,
    features: features === 'all' ? 'all' : [...features].sort(),
  }
  return hash(JSON.stringify([options, inputs]))
}

/** How one path leads to another, with `/`. */
function between(from: string, to: string): string {
  return relative(from, to).replaceAll('\\', '/')
}

/** The files of an input, each with a hash of what it says. */
function inputFiles(path: string): readonly (readonly [path: string, hash: string])[] | undefined {
  const paths = kindOf(path) === 'folder' ? witFiles(path).map((file) => file.path) : [path]
  const files: [string, string][] = []
  for (const file of paths) {
    if (kindOf(file) !== 'file') return undefined
    files.push([between(path, file) || basename(file), contentHash(readFileSync(file))])
  }
  return files
}

/** Of a binary its bytes count; of a text all but line ends and the byte order mark, as for the parser. */
function contentHash(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  if (text.startsWith('\0asm')) return hash(bytes)
  return hash(text.replace(/^\xef\xbb\xbf/, '').replaceAll('\r\n', '\n'))
}
