import type { Argv } from 'yargs'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { ALL_FEATURES, FEATURES, featuresOf, FORMAT, once } from './options.ts'

/** Adds `witgen validate`: does a guest fit a world. */
export function addValidate(
  parser: Argv<object>,
  start: (command: (io: Io) => Promise<ExitCode>) => Promise<void>,
): void {
  parser.command(
    'validate <guest>',
    'Check whether a component fits a world',
    (command) =>
      command
        .positional('guest', { type: 'string', demandOption: true, describe: 'The component' })
        .option('wit', {
          type: 'string',
          requiresArg: true,
          default: './wit',
          describe: 'The WIT folder or file that has the world',
          coerce: once('--wit'),
        })
        .option('world', {
          type: 'string',
          requiresArg: true,
          defaultDescription: 'the only one',
          describe: 'The world',
          coerce: once('--world'),
        })
        .option('features', FEATURES)
        .option('all-features', ALL_FEATURES)
        .option('format', { ...FORMAT, describe: 'How differences and diagnostics are printed' })
        .epilogue('Exit codes: 0 it fits, 1 wrong input, 2 wrong usage, 3 it does not fit.'),
    (argv) =>
      start(async (io) => {
        const { validate } = await import('../validate/validate.ts')
        const { reportValidate } = await import('./report-validate.ts')
        const { guest, wit, world } = argv
        const features = featuresOf(argv)
        return reportValidate(validate({ guest, wit, world, features }), argv.format, io)
      }),
  )
}
