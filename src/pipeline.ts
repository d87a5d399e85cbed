import { readFileSync } from 'node:fs'
import { relative, join } from 'node:path'
import { readInput, type Input } from './input/read-input.ts'
import { packageId } from './ir/index.ts'
import { plan, selectWorlds, type ImportExtension } from './plan/index.ts'
import { compareOutput, renderTemplate, writeOutput } from './render/index.ts'

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
 * The whole program: WIT or component → IR → view model → TypeScript → files.
 *
 * @throws DiagnosticError with everything that is wrong in the input; then nothing has been written
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const results: GenerateResult[] = []
  for (const input of options.inputs) {
    results.push(await generateInput(readInput(input, options), options))
  }
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

async function generateInput({ resolve, binary }: Input, options: GenerateOptions): Promise<GenerateResult> {
  const worlds = selectWorlds(resolve, options.worlds)
  const extension = EXTENSIONS[options.importExtension]
  const models = plan(resolve, { worlds, extension, version: witgenVersion(), binary })
  const files = models.map((model) => ({ path: `${model.path}.ts`, text: renderTemplate(model) }))
  const state = await compareOutput(options.out, packageId(resolve.root.name), files)
  if (options.mode === 'write') writeOutput(options.out, state)
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

/** The version in the package's own manifest. */
export function witgenVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0'
}
