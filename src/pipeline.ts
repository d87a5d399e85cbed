import { readFileSync } from 'node:fs'
import { relative, join } from 'node:path'
import { readInput } from './input/read-input.ts'
import { packageId } from './ir/index.ts'
import { LockFiles, type LockState } from './lock/lock-files.ts'
import { plan, selectWorlds, type FileModel, type ImportExtension } from './plan/index.ts'
import { compareOutput, renderTemplate, writeAtomic, writeOutput } from './render/index.ts'

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
  const results = [lockResult(lockStates)]
  for (const input of planned) results.push(await renderInput(input, lockStates, options))
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
  return { source: packageId(resolve.root.name), models }
}

async function renderInput(
  { source, models }: PlannedInput,
  locks: readonly LockState[],
  options: GenerateOptions,
): Promise<GenerateResult> {
  const files = models.map((model) => ({ path: `${model.path}.ts`, text: renderTemplate(model) }))
  const state = await compareOutput(options.out, source, files)
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
