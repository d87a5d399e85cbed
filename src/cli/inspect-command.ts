import type { Argv } from 'yargs'
import { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { ALL_FEATURES, FEATURES, featuresOf } from './options.ts'

/** Adds `witgen inspect`: what is in a WIT folder or component, on stdout. */
export function addInspect(
  parser: Argv<object>,
  start: (command: (io: Io) => Promise<ExitCode>) => Promise<void>,
): void {
  parser.command(
    'inspect <input>',
    'Show what is in a WIT package or component',
    (command) =>
      command
        .positional('input', { type: 'string', demandOption: true, describe: 'A WIT folder or file, or a component' })
        .option('json', {
          type: 'boolean',
          describe: 'Print the resolved packages as `wasm-tools component wit --json` does',
        })
        .option('wit', { type: 'boolean', describe: 'Print WIT text' })
        .option('features', FEATURES)
        .option('all-features', ALL_FEATURES)
        .conflicts('json', 'wit')
        .epilogue('Exit codes: 0 fine, 1 wrong input, 2 wrong usage.'),
    (argv) =>
      start(async (io) => {
        const { inspect } = await import('../inspect/inspect.ts')
        const format = argv.json ? 'json' : argv.wit ? 'wit' : 'summary'
        const features = featuresOf(argv)
        io.stdout.write(inspect(argv.input, format, { features }))
        return ExitCode.Fine
      }),
  )
}
