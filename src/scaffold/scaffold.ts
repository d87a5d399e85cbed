import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { World } from '../ir/index.ts'
import { OutputLayout } from '../plan/layout.ts'
import { oversized } from '../plan/oversized.ts'
import { unsupported } from '../plan/unsupported.ts'
import { writeAtomic } from '../render/index.ts'
import { shownPath } from '../wit/read.ts'
import { unifiedDiff } from './diff.ts'
import { freshFile } from './fresh.ts'
import { GeneratedCode } from './generated-code.ts'
import { pruneImports } from './prune-imports.ts'
import { selectWorld, type SelectOptions } from './select-world.ts'
import { update } from './update.ts'
import { Workspace, type Change } from './workspace.ts'

export interface ScaffoldOptions extends SelectOptions {
  /** The file to write or update. */
  readonly out: string
  /** The folder that `witgen generate` writes to; the file imports its types from there. */
  readonly generated: string
  /** Of relative imports; undefined: as the file has it, else `js`. */
  readonly importExtension: 'js' | 'ts' | 'none' | undefined
  /** Whether interfaces of WASI get stubs as well. */
  readonly wasi: boolean
  readonly mode: 'write' | 'dry-run'
}

export interface ScaffoldResult {
  /** Files that were written, or would be, as they are shown, each with its difference as a unified diff. */
  readonly files: readonly { readonly path: string; readonly diff: string }[]
  /** Whether there was no file before. */
  readonly isNew: boolean
  readonly changes: readonly Change[]
  /** What was left alone, and why. */
  readonly notes: readonly Diagnostic[]
}

const EXTENSIONS = { js: '.js', ts: '.ts', none: '' } as const

/**
 * Writes the host's implementation of what a world imports, or brings an existing one up to date. All is decided before
 * anything is written; each file is replaced in one step.
 *
 * @throws DiagnosticError for wrong WIT, a file that does not parse, or one that is no scaffold; then nothing has been written
 */
export async function scaffold(options: ScaffoldOptions): Promise<ScaffoldResult> {
  const { resolve: packages, world } = selectWorld(options)
  for (const check of [oversized, unsupported]) {
    const problems = check([world])
    if (problems.length > 0) throw new DiagnosticError(problems)
  }
  const { importExtension: ext } = options
  const layout = new OutputLayout(packages, [world])
  const generated = new GeneratedCode(
    packages,
    world,
    layout,
    options.generated,
    ext === undefined ? ext : EXTENSIONS[ext],
  )
  const stat = statSync(options.out, { throwIfNoEntry: false })
  if (stat?.isDirectory() === true) throw new DiagnosticError([isFolder(options.out)])
  const isNew = stat === undefined
  const notes = missingCode(options.generated, world)
  const run = isNew ? create : refresh
  const result = await run(options, generated)
  if (options.mode === 'write') for (const { path, text } of result.files) write(path, text)
  return {
    files: result.files.map(({ path, before, text }) => ({
      path: shownPath(path),
      diff: unifiedDiff(before === undefined ? '/dev/null' : shownPath(path), shownPath(path), before ?? '', text),
    })),
    isNew,
    changes: result.changes,
    notes: [...result.notes, ...notes],
  }
}

interface Outcome {
  readonly files: readonly { readonly path: string; readonly before: string | undefined; readonly text: string }[]
  readonly changes: readonly Change[]
  readonly notes: readonly Diagnostic[]
}

async function create({ out, wasi }: ScaffoldOptions, generated: GeneratedCode): Promise<Outcome> {
  const path = resolve(out)
  const { host } = generated
  const wanted = wasi ? host : { ...host, interfaces: host.interfaces.filter(({ key }) => !isWasi(key)) }
  const text = await freshFile(path, wanted, generated)
  return { files: [{ path, before: undefined, text }], changes: [], notes: [] }
}

async function refresh({ out, wasi }: ScaffoldOptions, generated: GeneratedCode): Promise<Outcome> {
  const workspace = new Workspace(generated)
  await update(workspace.open(realpathSync(out)), workspace, wasi)
  const files = [...workspace.sources].map((source) => ({
    path: source.path,
    before: source.original,
    text: pruneImports(source, source.result, generated),
  }))
  for (const { path, text } of files) workspace.noteLost(path, text)
  return {
    files: files.filter(({ before, text }) => before !== text),
    changes: workspace.changes,
    notes: workspace.notes,
  }
}

const isWasi = (key: string): boolean => key.startsWith('wasi:')

/** Permissions stay, and links are followed: the file is the user's. */
function write(path: string, text: string): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  writeAtomic(stat === undefined ? path : realpathSync(path), text, stat === undefined ? undefined : stat.mode & 0o7777)
}

function isFolder(out: string): Diagnostic {
  return {
    code: 'GEN0206',
    severity: 'error',
    message: 'expected a file, got a folder',
    span: undefined,
    file: shownPath(out),
    suggestion: `name the file: --out ${join(out, 'host.ts').replaceAll('\\', '/')}`,
  }
}

/** The file imports from generated code: without it, nothing of it compiles. */
function missingCode(folder: string, world: World): readonly Diagnostic[] {
  const file = join(folder, `${world.name}.ts`)
  if (existsSync(file) || existsSync(join(folder, `${world.name}.d.ts`))) return []
  return [
    {
      code: 'GEN0207',
      severity: 'warning',
      message: 'the generated code that the file imports its types from is not there',
      span: undefined,
      file: shownPath(file),
      suggestion: 'run `witgen generate`, or name its folder with --generated',
    },
  ]
}
