import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lilconfig, type Loader } from 'lilconfig'
import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { WitgenConfig } from './config.ts'
import { configProblems } from './problems.ts'

/** A configuration that was found. */
export interface LoadedConfig {
  /** Its paths are relative to `folder`. */
  readonly config: WitgenConfig
  /** The file that holds it, and its folder; absolute. */
  readonly file: string
  readonly folder: string
}

/** The files that may hold a configuration; in a folder with several, the first one counts. */
export const CONFIG_FILES: readonly string[] = [
  'witgen.config.ts',
  'witgen.config.js',
  'witgen.config.mjs',
  'witgen.config.json',
  'package.json',
]

const LOADERS: Readonly<Record<string, Loader>> = {
  '.json': (_path, content) => JSON.parse(content.replace(/^\ufeff/u, '')) as unknown,
  '.js': importJavaScript,
  '.mjs': importJavaScript,
  '.ts': async (path) => (await import('./import-typescript.ts')).importTypeScript(path),
}

/**
 * Finds and reads the configuration: the file named, else the first of `CONFIG_FILES` in the folder or those around it, up
 * to the one that has a package.json.
 *
 * @param file relative to `folder`
 * @param folder where to begin; the working folder by default
 * @returns undefined where there is none
 * @throws DiagnosticError with `CFG0001` for a file that is not there, `CFG0002` for one that cannot be loaded, and
 * everything that `configProblems` finds
 */
export async function loadConfig(file?: string, folder = '.'): Promise<LoadedConfig | undefined> {
  const start = resolve(folder)
  let current = file === undefined ? '' : resolve(start, file)
  const searchPlaces = [...CONFIG_FILES]
  // The loader that fails does not say in its error which file it was.
  const noting = (load: Loader): Loader => {
    return (path, content) => {
      current = path
      return load(path, content) as unknown
    }
  }
  const loaders = Object.fromEntries(Object.entries(LOADERS).map(([extension, load]) => [extension, noting(load)]))
  if (file !== undefined) checkNamed(current, file)
  const stopDir = projectFolder(start)
  const options = { searchPlaces, loaders, stopDir, cache: false, ignoreEmptySearchPlaces: false }
  const searcher = lilconfig('witgen', options)
  let found
  try {
    found = file === undefined ? await searcher.search(start) : await searcher.load(current)
  } catch (error) {
    throw new DiagnosticError(await loadFailures(current, error))
  }
  if (found === null) return undefined
  const config: unknown = found.config
  const problems = configProblems(config)
  if (problems.length > 0) {
    const { problemSpan } = await import('./locate.ts')
    const source = sourceFile(found.filepath)
    const within = basename(found.filepath) === 'package.json' ? ['witgen'] : []
    const diagnostics = problems.map(async (problem): Promise<Diagnostic> => {
      const { code, message, suggestion } = problem
      const span = await problemSpan(source, within, problem)
      return { code, severity: 'error', message, suggestion, span, file: source.path }
    })
    throw new DiagnosticError(await Promise.all(diagnostics))
  }
  return { config: config as WitgenConfig, file: found.filepath, folder: dirname(found.filepath) }
}

/** The nearest folder with a package.json: a configuration beyond it belongs to another project. */
function projectFolder(start: string): string {
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at
    if (dirname(at) === at) return start
  }
}

function checkNamed(path: string, shown: string): void {
  const extension = /\.[^.]+$/u.exec(basename(path))?.[0] ?? ''
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true
  if (isFile && extension in LOADERS) return
  const message = isFile
    ? `a configuration ends in ${Object.keys(LOADERS).join(', ')}`
    : 'there is no such configuration file'
  throw new DiagnosticError([failure('CFG0001', message, shown)])
}

/** Node remembers modules by their URL, and a file that is watched changes. */
async function importJavaScript(path: string): Promise<unknown> {
  const url = `${pathToFileURL(path).href}?at=${statSync(path).mtimeMs}`
  const module = (await import(/* @vite-ignore */ url)) as { readonly default?: unknown }
  return module.default
}

/** Why a file could not be loaded: its mistakes in grammar, else what it threw. */
async function loadFailures(path: string, error: unknown): Promise<readonly Diagnostic[]> {
  const { syntaxProblems } = await import('./locate.ts')
  const source = sourceFile(path)
  const problems = await syntaxProblems(source)
  if (problems.length === 0) {
    const message = error instanceof Error ? error.message : String(error)
    return [failure('CFG0002', `the configuration cannot be loaded: ${message.split('\n')[0] ?? ''}`, source.path)]
  }
  return problems.map(({ message, span }) => ({ ...failure('CFG0002', message, source.path), span }))
}

function failure(code: DiagnosticCode, message: string, file: string): Diagnostic {
  return { code, severity: 'error', message, span: undefined, file, suggestion: undefined }
}

function sourceFile(path: string): { readonly path: string; readonly text: string } {
  const shown = relative('.', path).replaceAll('\\', '/')
  const text = existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : ''
  return { path: shown, text: text.replace(/^\ufeff/u, '') }
}
