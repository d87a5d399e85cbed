import { loadConfig } from '../config/load-config.ts'
import { mergeConfig } from '../config/merge.ts'
import type { Format } from '../diagnostics/format.ts'
import type { Io } from './io.ts'
import { reportGenerate } from './report-generate.ts'
import { UsageError } from './usage-error.ts'

// A type only: what generates is given by the caller.
export type Generate = (typeof import('../generate.ts'))['generate']
type GenerateOptions = NonNullable<Parameters<Generate>[0]>

/** What a run generates, once the configuration has been read. */
export interface Prepared {
  readonly options: GenerateOptions
  /** The file that holds the configuration; undefined where there is none. */
  readonly configFile: string | undefined
}

/** A command that has been read from the command line and can now run. */
export type ReadyCommand = (io: Io, generate: Generate) => Promise<number>

/** What the command line says; what it does not say is undefined. */
export interface GenerateArguments {
  readonly inputs: readonly string[] | undefined
  readonly world?: readonly string[] | undefined
  readonly out?: string | undefined
  readonly target?: 'ts' | 'js' | undefined
  readonly importExtension?: 'js' | 'ts' | 'none' | undefined
  readonly features?: readonly string[] | undefined
  readonly allFeatures?: boolean | undefined
  readonly check?: boolean | undefined
  readonly watch?: boolean | undefined
  readonly dryRun?: boolean | undefined
  readonly config?: string | undefined
  readonly format: Format
}

/**
 * `witgen generate`, ready to run.
 *
 * @throws UsageError for options that do not go together
 */
export function startGenerate(argv: GenerateArguments): ReadyCommand {
  const flags = {
    inputs: argv.inputs,
    worlds: argv.world,
    out: argv.out,
    target: argv.target,
    importExtension: argv.importExtension,
    features: argv.allFeatures === true ? ('all' as const) : argv.features,
  }
  if (flags.target === 'js' && flags.importExtension === 'ts') {
    throw new UsageError('--import-extension ts does not go with --target js, which makes no .ts files')
  }
  const mode = argv.check === true ? 'check' : argv.dryRun === true ? 'dry-run' : 'write'
  return async (io, generate) => {
    const prepare = async (): Promise<Prepared> => {
      const loaded = await loadConfig(argv.config)
      return { options: { ...mergeConfig(flags, loaded), mode }, configFile: loaded?.file }
    }
    if (argv.watch === true) {
      const { watchGenerate } = await import('./watch-generate.ts')
      return watchGenerate(prepare, argv.config, generate, argv.format, io)
    }
    const result = await generate((await prepare()).options)
    return reportGenerate(result, mode, argv.format, io)
  }
}
