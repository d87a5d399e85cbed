import { readFileSync } from 'node:fs'
import { relative, join } from 'node:path'
import { DiagnosticError, type Diagnostic } from './diagnostics/diagnostic.ts'
import { readInput } from './input/read-input.ts'
import { packageId } from './ir/index.ts'
import { LockFiles, type LockState } from './lock/lock-files.ts'
import { plan, selectWorlds, type FileModel, type ImportExtension } from './plan/index.ts'
import { compareOutput, renderTemplate, writeAtomic, writeOutput, type RenderedFile } from './render/index.ts'

export interface GenerateOptions {
  /** WIT folders or files, components, WIT packages in binary form; each is a root package of its own. */
  readonly inputs: readonly string[]
  /** The worlds to generate; none for all of the root package. */
  readonly worlds: readonly string[]
  /** The output folder. */
  readonly out: string
  readonly importExtension: 'js' | 'ts' | 'none'
  /** The `@unstable` features to include. */
  readonly features: ReadonlySet<string> | 'all'
  /** `check` and `dry-run` write nothing. */
  readonly mode: 'write' | 'check' | 'dry-run'
}

/** What was done, or would be done: paths relative to the working folder. */
export interface GenerateResult {
  readonly written: readonly string[]
  readonly unchanged: readonly string[]
  readonly removed: readonly string[]
  /** There, but with other content than it should have. */
  readonly stale: readonly string[]
  readonly missing: readonly string[]
  /** Generated earlier, no longer part of the output. */
  readonly extra: readonly string[]
}

const EXTENSIONS = { js: '.js', ts: '.ts', none: '' } as const satisfies Record<string, ImportExtension>

/**
 * The whole program: WIT or component → IR → numbers of error cases, view model → TypeScript → files.
 *
 * @throws DiagnosticError with everything that is wrong in the input; then nothing has been written
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const locks = new LockFiles()
  const planned = options.inputs.map((path) => planInput(path, locks, options))
  const lockStates = locks.states()
  const results = [lockResult(lockStates), await renderInputs(planned, lockStates, options)]
  const all = (key: keyof GenerateResult): readonly string[] => results.flatMap((r) => r[key])
  return {
    written: all('written'),
    unchanged: all('unchanged'),
    removed: all('removed'),
    stale: all('stale'),
    missing: all('missing'),
    extra: all('extra'),
  }
}

interface PlannedInput {
  readonly input: string
  /** The root package, whose earlier files are replaced. */
  readonly source: string
  readonly models: readonly FileModel[]
}

function planInput(path: string, locks: LockFiles, options: GenerateOptions): PlannedInput {
  const { resolve, binary } = readInput(path, options)
  const worlds = selectWorlds(resolve, options.worlds)
  const errorNumbers = locks.number(path, resolve)
  const extension = EXTENSIONS[options.importExtension]
  const models = plan(resolve, { worlds, extension, version: witgenVersion(), binary, errorNumbers })
  return { input: path, source: packageId(resolve.root.name), models }
}

/** All inputs are compared before anything is written, so that a refusal leaves the output as it was. */
async function renderInputs(
  planned: readonly PlannedInput[],
  locks: readonly LockState[],
  options: GenerateOptions,
): Promise<GenerateResult> {
  const files = renderedFiles(planned)
  const state = await compareOutput(options.out, planned[0]?.source ?? '', files)
  if (options.mode === 'write') {
    // Before the code that has the numbers: an interruption must not leave numbers that the next run gives to others.
    for (const lock of locks) if (lock.state !== 'unchanged') writeAtomic(lock.path, lock.text)
    writeOutput(options.out, state)
  }
  const shown = (paths: Iterable<string>): readonly string[] =>
    [...paths].map((p) => relative('.', join(options.out, p)).replaceAll('\\', '/'))
  const missing = new Set(state.missing)
  return {
    written: shown(state.changed.keys()),
    unchanged: shown(state.unchanged),
    removed: shown(state.extra),
    stale: shown([...state.changed.keys()].filter((p) => !missing.has(p))),
    missing: shown(missing),
    extra: shown(state.extra),
  }
}

/** The files of all inputs; what two of them make alike is one file, what they make differently is refused. */
function renderedFiles(planned: readonly PlannedInput[]): readonly RenderedFile[] {
  const files = new Map<string, RenderedFile & { readonly input: string }>()
  const clashes: Diagnostic[] = []
  for (const { input, source, models } of planned) {
    for (const model of models) {
      const file = { path: `${model.path}.ts`, text: renderTemplate(model), source, input }
      const other = files.get(file.path)
      if (other === undefined) files.set(file.path, file)
      else if (other.text !== file.text) clashes.push(clash(file.path, other.input, input))
    }
  }
  if (clashes.length > 0) throw new DiagnosticError(clashes)
  return [...files.values()]
}

function clash(path: string, one: string, other: string): Diagnostic {
  return {
    code: 'GEN0006',
    severity: 'error',
    message: `${one} and ${other} both make ${path}, differently`,
    span: undefined,
    file: other,
    suggestion: 'generate them into folders of their own with --out',
  }
}

function lockResult(locks: readonly LockState[]): GenerateResult {
  const paths = (...states: readonly LockState['state'][]): readonly string[] =>
    locks.filter((lock) => states.includes(lock.state)).map((lock) => lock.path.replaceAll('\\', '/'))
  return {
    written: paths('stale', 'missing'),
    unchanged: paths('unchanged'),
    removed: [],
    stale: paths('stale'),
    missing: paths('missing'),
    extra: [],
  }
}

/** The version in the package's own manifest. */
export function witgenVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0'
}
