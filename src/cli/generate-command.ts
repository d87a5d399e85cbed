import type { Argv } from 'yargs'
import { ALL_FEATURES, FEATURES, FORMAT, IMPORT_EXTENSIONS, INPUTS, inputsOf, names, once, TARGETS } from './options.ts'
import { startGenerate, type ReadyCommand } from './start-generate.ts'

/** Adds `witgen generate`, which is also what `witgen` alone does. */
export function addGenerate(parser: Argv<object>, start: (command: ReadyCommand) => Promise<void>): void {
  parser.command(
    ['generate [inputs..]', '$0'],
    'Write TypeScript bindings for the worlds of a WIT package or component',
    (command) =>
      command
        .positional('inputs', INPUTS)
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
          choices: TARGETS,
          requiresArg: true,
          defaultDescription: 'ts',
          describe: 'What to write; js for JavaScript with declarations and maps into the WIT',
          coerce: once<'ts' | 'js'>('--target'),
        })
        .option('import-extension', {
          choices: IMPORT_EXTENSIONS,
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
      return start(startGenerate({ ...argv, inputs: inputsOf(argv) }))
    },
  )
}
