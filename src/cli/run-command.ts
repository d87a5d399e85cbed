import type { Argv } from 'yargs'
import type { Io } from './io.ts'
import { grantsOf, withWasiOptions } from './wasi-options.ts'

/** Adds `witgen run`: runs a program of the command line. */
export function addRun(parser: Argv<object>, start: (command: (io: Io) => Promise<number>) => Promise<void>): void {
  parser.command(
    'run <guest>',
    'Run a component that is a program',
    (command) =>
      withWasiOptions(command.positional('guest', { type: 'string', demandOption: true, describe: 'The component' }))
        .example([
          [`$0 run tool.wasm -- --verbose`, ''],
          [`$0 run tool.wasm --dir ./samples::/data --dir ./out::/out:rw --clocks`, ''],
        ])
        .epilogue('Nothing is granted by default. Exit codes: the program’s own; 1 for a trap, 2 for wrong usage.'),
    (argv) => {
      const grants = grantsOf(argv)
      const rest: unknown = argv['--']
      const args = Array.isArray(rest) ? rest.map(String) : []
      return start(async (io) => {
        const { runGuest } = await import('../run/run-guest.ts')
        return runGuest(argv.guest, args, grants, (text) => io.stderr.write(`witgen: ${text}\n`))
      })
    },
  )
}
