import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare } from '../plan/file-scope.ts'

/** The record of what was generated, beside the output: `.witgen.json`. */
export const MANIFEST = '.witgen.json'

/** What is known of one generated file. */
export interface ManifestEntry {
  /** The root package it comes from: a run replaces only the files of its own package. */
  readonly source: string
  /** Hash of the text before formatting: as long as it is the same, formatting can be left out. */
  readonly rendered: string
  /** Hash of the file as written. */
  readonly written: string
}

export type Manifest = ReadonlyMap<string, ManifestEntry>

/** The first 128 bits of the SHA-256 of a text, in hexadecimal. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** Reads the manifest of an output folder; a missing or unreadable one is empty, so that everything is made anew. */
export function readManifest(out: string): Manifest {
  let text: string
  try {
    text = readFileSync(join(out, MANIFEST), 'utf8')
  } catch {
    return new Map()
  }
  try {
    const data: unknown = JSON.parse(text)
    const files = typeof data === 'object' && data !== null && 'files' in data ? data.files : {}
    return new Map(
      Object.entries(files as Record<string, ManifestEntry>).filter(([path, e]) => isInside(path) && isEntry(e)),
    )
  } catch {
    return new Map()
  }
}

/** Whether a path stays below the output folder: only such files are ever removed. */
function isInside(path: string): boolean {
  return !/^[/\\]|^[a-zA-Z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/u.test(path)
}

function isEntry(entry: unknown): entry is ManifestEntry {
  const e = entry as Partial<ManifestEntry> | null
  return typeof e?.source === 'string' && typeof e.rendered === 'string' && typeof e.written === 'string'
}

/** The manifest's text: sorted, one line a file, the same for the same output. */
export function manifestText(manifest: Manifest): string {
  const lines = [...manifest]
    .sort(([a], [b]) => compare(a, b))
    .map(([path, e]) => `    ${JSON.stringify(path)}: ${JSON.stringify(e)}`)
  return `{\n  "about": "What witgen generated here; it removes what it no longer generates.",\n  "files": {\n${lines.join(',\n')}\n  }\n}\n`
}
