import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Package, Resolve } from '../ir/package.ts'
import type { SourceFile } from '../ir/span.ts'
import { packageId } from '../ir/names.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { loadWit, normalizeText, type WitInput, type WitOptions } from './load.ts'
import { Report } from './report.ts'

/** A resolved WIT folder or file, with the files that were read (paths as diagnostics show them, sorted). */
export interface WitRead {
  readonly resolve: Resolve
  readonly files: readonly SourceFile[]
}

export interface ReadOptions extends WitOptions {
  /** Gives the packages of a `.wasm` file in `deps/`, dependencies first; without it such a file is an error. A DiagnosticError of it is reported with the rest. */
  readonly decode?: (bytes: Uint8Array, path: string) => readonly Package[]
}

/**
 * Reads a WIT file, or a folder: its `*.wit` files are the root package, what is in `deps/` (folders and single files) the
 * packages that it may refer to. Paths in spans and diagnostics are relative to the working folder, with `/`.
 *
 * @throws DiagnosticError if something cannot be read, and whatever `loadWit` finds.
 */
export function readWit(path: string, options: ReadOptions = {}): WitRead {
  const report = new Report()
  const inputs = collect(path, report)
  const decoded = decodeDeps(join(path, 'deps'), options.decode, report)
  report.throwIfFailed()
  try {
    const resolve = loadWit(inputs, { ...options, packages: [...(options.packages ?? []), ...decoded] })
    return { resolve, files: inputs }
  } catch (error) {
    throw error instanceof DiagnosticError && kindOf(path) === 'file' && !path.endsWith('.wit') ? noWit(error) : error
  }
}

/** A file in another language is wrong in every line: the first mistake is enough, with what is likely behind it. */
function noWit({ diagnostics }: DiagnosticError): DiagnosticError {
  const help = 'files of WIT text are called `.wit`: is this one?'
  return new DiagnosticError(diagnostics.slice(0, 1).map((d) => ({ ...d, suggestion: d.suggestion ?? help })))
}

/** A path as it is shown: relative to the working folder, with `/`. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path)
  return (shown === '' ? '.' : shown).split(sep).join('/')
}

function collect(path: string, report: Report): WitInput[] {
  const kind = kindOf(path)
  if (kind === undefined) {
    report.error(
      'WIT0070',
      undefined,
      'there is no such file or folder',
      'give the path of a WIT folder or file',
      shownPath(path),
    )
    return []
  }
  if (kind !== 'folder') return binary.test(path) ? refuseBinary(path, report) : readFile(path, 'root', report)
  const root = readFolder(path, 'root', report)
  if (root.length === 0 && !report.failed) {
    report.error('WIT0071', undefined, 'the folder contains no `.wit` file', undefined, shownPath(path))
  }
  return [...root, ...readDeps(join(path, 'deps'), report)]
}

function readDeps(folder: string, report: Report): WitInput[] {
  if (kindOf(folder) !== 'folder') return []
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      if (kindOf(path) === 'folder') return readFolder(path, { dep: name }, report)
      if (name.endsWith('.wit')) return readFile(path, { dep: name }, report)
      return []
    })
}

const binary = /\.(?:wasm|wat)$/

function refuseBinary(path: string, report: Report): [] {
  const shown = shownPath(path)
  const isText = path.endsWith('.wat')
  const text = isText
    ? 'this is the text of a WebAssembly binary, neither WIT nor a binary'
    : 'this is not WIT text, and WIT packages in binary form are not read here'
  const way = isText
    ? `make the binary: \`wasm-tools parse ${shown} -o ${shown.replace(/t$/u, 'sm')}\``
    : `print its text: \`wasm-tools component wit ${shown}\``
  report.error('WIT0072', undefined, text, way, shown)
  return []
}

/** The packages of binary files; one that two files hold counts once. */
function decodeDeps(folder: string, decode: ReadOptions['decode'], report: Report): Package[] {
  if (kindOf(folder) !== 'folder') return []
  const packages = new Map<string, Package>()
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    if (!binary.test(name) || kindOf(path) !== 'file') continue
    if (decode === undefined || name.endsWith('.wat')) {
      refuseBinary(path, report)
      continue
    }
    try {
      for (const decoded of decode(readFileSync(path), shownPath(path))) {
        if (!packages.has(packageId(decoded.name))) packages.set(packageId(decoded.name), decoded)
      }
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error
      report.include(error)
    }
  }
  return [...packages.values()]
}

function readFolder(folder: string, role: WitInput['role'], report: Report): WitInput[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return name.endsWith('.wit') && kindOf(path) !== 'folder' ? readFile(path, role, report) : []
    })
}

function readFile(path: string, role: WitInput['role'], report: Report): WitInput[] {
  try {
    if (kindOf(path) === 'other') throw new Error('it is no ordinary file')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return [{ path: shownPath(path), text: normalizeText(text), role }]
  } catch (error) {
    const notText = error instanceof TypeError
    report.error(
      'WIT0070',
      undefined,
      notText ? 'the file is not UTF-8 text' : `the file cannot be read: ${reason(error)}`,
      undefined,
      shownPath(path),
    )
    return []
  }
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

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
