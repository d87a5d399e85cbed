import type { Argv } from 'yargs'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { ALL_FEATURES, FEATURES, FORMAT, names, once } from './options.ts'
import { UsageError } from './usage-error.ts'

// Types only: the pipeline itself is loaded when the command runs.
type Pipeline = typeof import('../generate.ts')

export type Generate = Pipeline['generate']
type GenerateOptions = NonNullable<Parameters<Generate>[0]>

/** What a run generates, once the configuration has been read. */
export interface Prepared {
  readonly options: GenerateOptions
  /** The file that holds the configuration; undefined where there is none. */
  readonly configFile: string | undefined
}

/** A command that has been read from the command line and can now run. */
export type ReadyCommand = (io: Io, generate: Generate) => Promise<ExitCode>

/** Adds `witgen generate`, which is also what `witgen` alone does. */
export function addGenerate(parser: Argv<object>, start: (command: ReadyCommand) => Promise<void>): void {
  parser.command(
    ['generate [inputs..]', '$0'],
    'Write TypeScript bindings for the worlds of a WIT package or component',
    (command) =>
      command
        .positional('inputs', {
          type: 'string',
          array: true,
          defaultDescription: './wit',
          describe: 'WIT folders or files, or components (.wasm)',
        })
        .option('world', {
          type: 'string',
          array: true,
          requiresArg: true,
          defaultDescription: 'all worlds of the root package',
          describe: 'A world to generate; may be repeated',
          coerce: names('--world'),
        })
        .option('out', {
          type: 'string',
          requiresArg: true,
          defaultDescription: './generated',
          describe: 'The folder that the files go to',
          coerce: once('--out'),
        })
        .option('target', {
          choices: ['ts', 'js'] as const,
          requiresArg: true,
          defaultDescription: 'ts',
          describe: 'What to write; js for JavaScript with declarations and maps into the WIT',
          coerce: once<'ts' | 'js'>('--target'),
        })
        .option('import-extension', {
          choices: ['js', 'ts', 'none'] as const,
          requiresArg: true,
          defaultDescription: 'js',
          describe: 'The extension in relative imports; ts for running the sources with Node',
          coerce: once<'js' | 'ts' | 'none'>('--import-extension'),
        })
        .option('features', FEATURES)
        .option('all-features', ALL_FEATURES)
        .option('check', { type: 'boolean', describe: 'Write nothing; exit with 3 when a file is out of date' })
        .option('watch', { type: 'boolean', describe: 'Go on, and generate again when the WIT or the config changes' })
        .option('dry-run', { type: 'boolean', describe: 'Write nothing; print what would be written' })
        .option('config', {
          type: 'string',
          requiresArg: true,
          defaultDescription: 'witgen.config.{ts,js,mjs,json} or package.json#witgen',
          describe: 'The config file; what it says counts where the command line says nothing',
          coerce: once('--config'),
        })
        .option('format', FORMAT)
        .conflicts('check', ['dry-run', 'watch'])
        .conflicts('watch', 'dry-run')
        .epilogue('Exit codes: 0 fine, 1 wrong input, 2 wrong usage, 3 out of date (--check).'),
    (argv) => {
      // What stands behind `--` is an input, however it looks.
      const dashed: unknown = argv['--']
      const inputs = [...(argv.inputs ?? []), ...(Array.isArray(dashed) ? dashed.map(String) : [])]
      const flags = {
        inputs: inputs.length > 0 ? inputs : undefined,
        worlds: argv.world,
        out: argv.out,
        target: argv.target,
        importExtension: argv.importExtension,
        features: argv.allFeatures ? ('all' as const) : argv.features,
      }
      if (flags.target === 'js' && flags.importExtension === 'ts') {
        throw new UsageError('--import-extension ts does not go with --target js, which makes no .ts files')
      }
      const mode = argv.check ? 'check' : argv.dryRun ? 'dry-run' : 'write'
      return start(async (io, generate) => {
        const [{ loadConfig }, { mergeConfig }] = await Promise.all([
          import('../config/load-config.ts'),
          import('../config/merge.ts'),
        ])
        const prepare = async (): Promise<Prepared> => {
          const loaded = await loadConfig(argv.config)
          return { options: { ...mergeConfig(flags, loaded), mode }, configFile: loaded?.file }
        }
        if (argv.watch === true) {
          const { watchGenerate } = await import('./watch-generate.ts')
          return watchGenerate(prepare, argv.config, generate, argv.format, io)
        }
        const result = await generate((await prepare()).options)
        const { reportGenerate } = await import('./report-generate.ts')
        return reportGenerate(result, mode, argv.format, io)
      })
    },
  )
}
