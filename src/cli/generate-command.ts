import type { Argv } from 'yargs'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { names, once } from './options.ts'

// Types only: the pipeline itself is loaded when the command runs.
type Pipeline = typeof import('../pipeline.ts')

export type Generate = Pipeline['generate']
type GenerateOptions = Parameters<Generate>[0]

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
          default: [],
          defaultDescription: 'all worlds of the root package',
          describe: 'A world to generate; may be repeated',
          coerce: names('--world'),
        })
        .option('out', {
          type: 'string',
          requiresArg: true,
          default: './generated',
          describe: 'The folder that the files go to',
          coerce: once('--out'),
        })
        .option('import-extension', {
          choices: ['js', 'ts', 'none'] as const,
          requiresArg: true,
          default: 'js' as const,
          describe: 'The extension in relative imports; ts for running the sources with Node',
          coerce: once<'js' | 'ts' | 'none'>('--import-extension'),
        })
        .option('features', {
          type: 'string',
          array: true,
          requiresArg: true,
          default: [],
          defaultDescription: 'none',
          describe: 'What to include of that which is @unstable; may be repeated',
          coerce: names('--features'),
        })
        .option('all-features', { type: 'boolean', describe: 'Include all that is @unstable' })
        .option('check', { type: 'boolean', describe: 'Write nothing; exit with 3 when a file is out of date' })
        .option('dry-run', { type: 'boolean', describe: 'Write nothing; print what would be written' })
        .option('format', {
          choices: ['pretty', 'json', 'github'] as const,
          requiresArg: true,
          default: 'pretty' as const,
          describe: 'How diagnostics are printed',
          coerce: once<'pretty' | 'json' | 'github'>('--format'),
        })
        .conflicts('check', 'dry-run')
        .epilogue('Exit codes: 0 fine, 1 wrong input, 2 wrong usage, 3 out of date (--check).'),
    (argv) => {
      // What stands behind `--` is an input, however it looks.
      const dashed: unknown = argv['--']
      const inputs = [...(argv.inputs ?? []), ...(Array.isArray(dashed) ? dashed.map(String) : [])]
      const options: GenerateOptions = {
        inputs: inputs.length > 0 ? inputs : ['./wit'],
        worlds: argv.world,
        out: argv.out,
        importExtension: argv.importExtension,
        features: argv.allFeatures ? 'all' : new Set(argv.features),
        mode: argv.check ? 'check' : argv.dryRun ? 'dry-run' : 'write',
      }
      return start(async (io, generate) => {
        const result = await generate(options)
        const { reportGenerate } = await import('./report-generate.ts')
        return reportGenerate(result, options.mode, argv.format, io)
      })
    },
  )
}
