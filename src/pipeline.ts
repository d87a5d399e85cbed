import { join, relative } from 'node:path'
import type { Settings } from './config/settings.ts'
import { DiagnosticError, type Diagnostic } from './diagnostics/diagnostic.ts'
import { inputDigest } from './fresh/input-digest.ts'
import { runFingerprint } from './fresh/run-fingerprint.ts'
import { readInput } from './input/read-input.ts'
import { packageId } from './ir/index.ts'
import { LockFiles, type LockState } from './lock/lock-files.ts'
import { lockPath } from './lock/lock-path.ts'
import { plan, selectWorlds, type FileModel, type ImportExtension } from './plan/index.ts'
import { compareOutput, mergedModel, targetFiles, writeAtomic, writeOutput, type RenderedFile } from './render/index.ts'
import { witgenVersion } from './version.ts'

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
  /** The inputs whose package has no world, by its name: their types are all that there is. */
  readonly typesOnly: readonly { readonly input: string; readonly name: string }[]
}

type Files = Omit<GenerateResult, 'typesOnly'>

const EXTENSIONS = { js: '.js', ts: '.ts', none: '' } as const satisfies Record<string, ImportExtension>

/**
 * A run, whatever was generated before: WIT or component → IR → numbers of error cases, view model → TypeScript → files. Reads no configuration
 * file and prints nothing; paths are relative to the working folder.
 *
 * @param digest of the inputs before they are read
 * @throws DiagnosticError with everything that is wrong in the input; then nothing has been written
 */
export async function runPipeline(settings: Settings, digest: string | undefined): Promise<GenerateResult> {
  const locks = new LockFiles()
  const planned = settings.inputs.map((path) => planInput(path, locks, settings))
  const lockStates = locks.states()
  const results = [lockResult(lockStates), await renderInputs(planned, lockStates, settings, digest)]
  const all = (key: keyof Files): readonly string[] => results.flatMap((r) => r[key])
  return {
    written: all('written'),
    unchanged: all('unchanged'),
    removed: all('removed'),
    stale: all('stale'),
    missing: all('missing'),
    extra: all('extra'),
    typesOnly: planned.filter((p) => !p.hasWorld).map(({ input, source }) => ({ input, name: source })),
  }
}

interface PlannedInput {
  readonly input: string
  /** The root package, whose earlier files are replaced. */
  readonly source: string
  readonly hasWorld: boolean
  readonly models: readonly FileModel[]
}

function planInput(path: string, locks: LockFiles, options: Settings): PlannedInput {
  const { resolve, binary } = readInput(path, options)
  const worlds = selectWorlds(resolve, options.worlds)
  const { root } = resolve
  if (root.worlds.size === 0 && root.interfaces.size === 0) throw empty(packageId(root.name), path)
  const errorNumbers = locks.number(path, resolve)
  const extension = EXTENSIONS[options.importExtension]
  const models = plan(resolve, {
    worlds,
    extension,
    version: witgenVersion(),
    binary,
    errorNumbers,
    views: options.views,
  })
  return { input: path, source: packageId(root.name), hasWorld: worlds.length > 0, models }
}

/** Nothing to generate is hardly what was meant, and everything that was generated earlier would go. */
function empty(name: string, file: string): DiagnosticError {
  const message = `the package \`${name}\` has neither a world nor an interface: there is nothing to generate`
  const suggestion = 'add a world: `world my-world { export run: func(); }`'
  return new DiagnosticError([{ code: 'GEN0007', severity: 'error', message, span: undefined, file, suggestion }])
}

/**
 * All inputs are compared before anything is written, so that a refusal leaves the output as it was.
 *
 * @param digest of the inputs before they were read
 */
async function renderInputs(
  planned: readonly PlannedInput[],
  locks: readonly LockState[],
  options: Settings,
  digest: string | undefined,
): Promise<Files> {
  const files = renderedFiles(planned, options)
  const texts = new Map<string, string | undefined>(options.inputs.map((path) => [lockPath(path), undefined]))
  for (const { path, text } of locks) texts.set(path, text)
  const state = await compareOutput(options.out, planned[0]?.source ?? '', files, (own) => {
    // An input that changed while it was read leaves no fingerprint: nobody knows which state of it was generated.
    if (digest === undefined || digest !== inputDigest(options)) return undefined
    // Which input has no world is told each time, and only parsing finds it out.
    if (planned.some(({ hasWorld }) => !hasWorld)) return undefined
    return runFingerprint(witgenVersion(), digest, [...texts], own)
  })
  if (options.mode === 'write') {
    // Before the code that has the numbers: an interruption must not leave numbers that the next run gives to others.
    for (const lock of locks) if (lock.state !== 'unchanged') writeAtomic(lock.path, lock.text)
    writeOutput(options.out, state)
  }
  const shown = (paths: Iterable<string>): readonly string[] =>
    [...paths].map((p) => relative('.', join(options.out, p)).replaceAll('\\', '/'))
  return {
    written: shown(state.changed.keys()),
    unchanged: shown(state.unchanged),
    removed: shown(state.extra),
    stale: shown(state.stale),
    missing: shown(state.missing),
    extra: shown(state.extra),
  }
}

/** The files of all inputs; what two of them make alike is one file, what they make differently is refused. */
function renderedFiles(planned: readonly PlannedInput[], { target, out }: Settings): readonly RenderedFile[] {
  const made = new Map<string, { readonly model: FileModel; readonly source: string; readonly input: string }>()
  const clashes: Diagnostic[] = []
  for (const { input, source, models } of planned) {
    for (const model of models) {
      const { path } = model
      const other = made.get(path)
      const merged = other === undefined ? model : mergedModel(other.model, model)
      if (merged !== undefined) made.set(path, { source, input, ...other, model: merged })
      else if (other !== undefined) clashes.push(clash(`${path}.${target}`, other.input, input))
    }
  }
  if (clashes.length > 0) throw new DiagnosticError(clashes)
  return [...made.values()].flatMap(({ model, source }) =>
    targetFiles(model, target, out).map((file) => ({ ...file, source })),
  )
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

function lockResult(locks: readonly LockState[]): Files {
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
