import { join } from 'node:path'
import type { ArgumentsCamelCase, Argv } from 'yargs'
import { callGuest, traceOption, type GuestCall } from './call-guest.ts'
import { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { UsageError } from './usage-error.ts'
import { grantsOf, wasiArguments, withWasiOptions, type WasiValues } from './wasi-options.ts'

/** Adds `witgen debug`: calls one function of a component where a debugger can attach. */
export function addDebug(parser: Argv<object>, start: (command: (io: Io) => Promise<ExitCode>) => Promise<void>): void {
  parser.command(
    'debug <guest> <call>',
    'Call one exported function under a debugger',
    (command) =>
      withWasiOptions(command)
        .positional('guest', { type: 'string', demandOption: true, describe: 'The component' })
        .positional('call', { type: 'string', demandOption: true, describe: 'The call, as for `witgen call`' })
        .option('inspect-brk', {
          type: 'boolean',
          default: false,
          describe: 'Wait for a debugger, and stop before the guest’s function is called',
        })
        .option('inspect-port', {
          type: 'number',
          default: 9229,
          describe: 'Where the debugger attaches, on 127.0.0.1; 0 is any free port',
          coerce: port,
        })
        .option('trace', traceOption)
        .option('vscode', {
          type: 'boolean',
          default: false,
          describe: 'Write a launch entry for this call to .vscode/launch.json, and call nothing',
        })
        .example([
          [`$0 debug guest.wasm 'ns:pkg/math#add(1, 2)' --inspect-brk`, ''],
          [`$0 debug guest.wasm 'ns:pkg/math#add(1, 2)' --trace`, ''],
        ])
        .epilogue('Exit codes: those of `witgen call`.'),
    (argv) => {
      const grants = grantsOf(argv)
      return start(async (io) => {
        if (argv.vscode) return writeEntry(io, argv)
        if (!argv['inspect-brk']) return callGuest(io, argv, grants)
        const [debug, { functionList }] = await Promise.all([
          import('../debug/inspector.ts'),
          import('../debug/function-list.ts'),
        ])
        return callGuest(io, argv, grants, ({ modules }) => {
          debug.leaveInterruptsToSystem()
          io.stderr.write(functionList(modules))
          if (!debug.isDebugged()) {
            io.stderr.write(debug.howToAttach(debug.openInspector(argv['inspect-port'])))
            debug.waitForDebugger()
          }
          debug.pause()
        })
      })
    },
  )
}

async function writeEntry(io: Io, argv: ArgumentsCamelCase<WasiValues & GuestCall>): Promise<ExitCode> {
  const [{ readCall }, { launchEntry }, { writeLaunchEntry }] = await Promise.all([
    import('../call/call.ts'),
    import('../debug/launch-entry.ts'),
    import('../debug/launch-file.ts'),
  ])
  readCall(argv.guest, argv.call) // an entry for a call that cannot be made helps nobody
  const options = [...wasiArguments(argv), ...(argv.trace ? ['--trace'] : [])]
  const entry = launchEntry(process.cwd(), argv.guest, argv.call, options)
  const path = join('.vscode', 'launch.json')
  const change = await writeLaunchEntry(path, entry)
  io.stderr.write(`${path}: ${change} "${entry.name}"; start it in VS Code with F5\n`)
  io.stdout.write(`${JSON.stringify(entry, null, 2)}\n`)
  return ExitCode.Fine
}

function port(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 65_536) return value
  throw new UsageError('--inspect-port takes one number from 0 to 65535')
}
