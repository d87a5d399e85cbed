import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { Package, Resolve } from '../ir/package.ts'
import type { SourceFile } from '../ir/span.ts'
import { packageId } from '../ir/names.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { loadWit, type WitInput, type WitOptions } from './load.ts'
import { normalizeText } from './normalize-text.ts'
import { Report } from './report.ts'
import { BINARY, kindOf, type WitFile, witFiles } from './wit-files.ts'

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
  const files = kindOf(path) === 'folder' ? witFiles(path) : []
  const inputs = collect(path, files, report)
  const decoded = decodeDeps(files, options.decode, report)
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

function collect(path: string, files: readonly WitFile[], report: Report): WitInput[] {
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
  if (kind !== 'folder') return BINARY.test(path) ? refuseBinary(path, report) : readFile(path, 'root', report)
  const root = files.filter((file) => file.role === 'root').flatMap((file) => readFile(file.path, 'root', report))
  if (root.length === 0 && !report.failed) {
    report.error('WIT0071', undefined, 'the folder contains no `.wit` file', undefined, shownPath(path))
  }
  const deps = files.filter(({ role, binary }) => role !== 'root' && !binary)
  return [...root, ...deps.flatMap((file) => readFile(file.path, file.role, report))]
}

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
function decodeDeps(files: readonly WitFile[], decode: ReadOptions['decode'], report: Report): Package[] {
  const packages = new Map<string, Package>()
  for (const { path, binary } of files) {
    if (!binary) continue
    if (decode === undefined || path.endsWith('.wat')) {
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

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
