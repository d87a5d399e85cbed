import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { compare } from '../ir/compare.ts'
import { fileText } from './file-text.ts'

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

export type ManifestFiles = ReadonlyMap<string, ManifestEntry>

export interface Manifest {
  readonly files: ManifestFiles
  /** For each run whose output is here, by its root packages (as `runName` gives them), what it was made of. */
  readonly runs: ReadonlyMap<string, string>
}

/** A manifest that was read. */
interface ReadManifest extends Manifest {
  /** Whether the file is there, and what it says is not, or not all, what witgen writes. */
  readonly isDamaged: boolean
}

const NONE: ReadManifest = { files: new Map(), runs: new Map(), isDamaged: false }

/** The first 128 bits of the SHA-256 of a text or of bytes, in hexadecimal. */
export function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}

/** Reads the manifest of an output folder; a missing or unreadable one is empty, so that everything is made anew. */
export function readManifest(out: string): ReadManifest {
  const text = fileText(join(out, MANIFEST))
  if (text === undefined) return NONE
  const data = objectOf(parsed(text))
  const files = objectOf(data?.['files'])
  const runs = objectOf(data?.['runs'] ?? {})
  if (files === undefined || runs === undefined) return { ...NONE, isDamaged: true }
  const all = Object.entries(files)
  const entries = all.filter((file): file is [string, ManifestEntry] => isInside(file[0]) && isEntry(file[1]))
  const fingerprints = Object.entries(runs).filter((run): run is [string, string] => typeof run[1] === 'string')
  return {
    files: new Map(entries),
    runs: new Map(fingerprints),
    isDamaged: entries.length < all.length || fingerprints.length < Object.keys(runs).length,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
}

/** Whether a path stays below the output folder: only such files are ever removed. */
function isInside(path: string): boolean {
  return !/^[/\\]|^[a-zA-Z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/u.test(path)
}

function isEntry(entry: unknown): entry is ManifestEntry {
  const e = entry as Partial<ManifestEntry> | null
  return typeof e?.source === 'string' && typeof e.rendered === 'string' && typeof e.written === 'string'
}

/** The name of a run in the manifest: its root packages. */
export function runName(sources: Iterable<string>): string {
  return [...new Set(sources)].sort(compare).join(' ')
}

/** Whether a run has one of the root packages. */
export function isOf(run: string, sources: ReadonlySet<string>): boolean {
  return run.split(' ').some((source) => sources.has(source))
}

/** The files that come from the root packages of a run. */
export function filesOf(run: string, files: ManifestFiles): ManifestFiles {
  const sources = new Set(run.split(' '))
  return new Map([...files].filter(([, { source }]) => sources.has(source)))
}

/** The manifest's text: sorted, one line a file, the same for the same output. */
export function manifestText({ files, runs }: Manifest): string {
  const lines = [...files].sort(([a], [b]) => compare(a, b)).map(([path, entry]) => `    ${entryLine(path, entry)}`)
  const runLines = [...runs].sort(([a], [b]) => compare(a, b)).map((pair) => `    ${pair.map(quoted).join(': ')}`)
  const runPart = runLines.length === 0 ? '' : `  "runs": {\n${runLines.join(',\n')}\n  },\n`
  return `{\n  "about": "What witgen generated here; it removes what it no longer generates.",\n${runPart}  "files": {\n${lines.join(',\n')}\n  }\n}\n`
}

const quoted = (text: string): string => JSON.stringify(text)

/** What the manifest's text says of one file. */
export function entryLine(path: string, { source, rendered, written }: ManifestEntry): string {
  return `${quoted(path)}: ${JSON.stringify({ source, rendered, written })}`
}

/** Whether the manifest of an output folder is to the letter what would be written. */
export function isAsWritten(out: string, manifest: Manifest): boolean {
  return fileText(join(out, MANIFEST)) === manifestText(manifest)
}
