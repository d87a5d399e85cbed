import type { Argv } from 'yargs'
import { callGuest, traceOption } from './call-guest.ts'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { grantsOf, withWasiOptions } from './wasi-options.ts'

/** Adds `witgen call`: calls one function of a component, arguments and result in WAVE. */
export function addCall(parser: Argv<object>, start: (command: (io: Io) => Promise<ExitCode>) => Promise<void>): void {
  parser.command(
    'call <guest> <call>',
    'Call one exported function of a component',
    (command) =>
      withWasiOptions(command)
        .positional('guest', { type: 'string', demandOption: true, describe: 'The component' })
        .positional('call', {
          type: 'string',
          demandOption: true,
          describe: "'[ns:pkg/iface[@version]#]func(args)', names in kebab-case, arguments in WAVE",
        })
        .option('trace', traceOption)
        .example([
          [`$0 call guest.wasm 'ns:pkg/math#add(1, 2)'`, ''],
          [`$0 call guest.wasm 'draw({x: 1, y: 2}, some("red"), [circle(3.5), square])'`, ''],
        ])
        .epilogue('Exit codes: 0 fine, 1 wrong input, a trap or an `err(…)`, which is printed, 2 wrong usage.'),
    (argv) => {
      const grants = grantsOf(argv)
      return start((io) => callGuest(io, argv, grants))
    },
  )
}
