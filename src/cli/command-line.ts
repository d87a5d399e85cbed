import { existsSync } from 'node:fs'
import yargs, { type Argv } from 'yargs'
import { didYouMean } from '../diagnostics/suggest.ts'
import { addCall } from './call-command.ts'
import { addDebug } from './debug-command.ts'
import { ExitCode } from './exit-code.ts'
import { addExplain } from './explain-command.ts'
import { COMMANDS, isCommand, type CommandName } from './commands.ts'
import { addGenerate } from './generate-command.ts'
import { addInit } from './init-command.ts'
import { addInspect } from './inspect-command.ts'
import type { Io } from './io.ts'
import { addRun } from './run-command.ts'
import { addScaffold } from './scaffold-command.ts'
import type { Generate, ReadyCommand } from './start-generate.ts'
import { UsageError } from './usage-error.ts'
import { usageMessage } from './usage-message.ts'
import { addValidate } from './validate-command.ts'

type Start = (command: ReadyCommand) => Promise<void>

/** What tells yargs of each command. */
const ADD: Readonly<Record<CommandName, (parser: Argv<object>, start: Start) => void>> = {
  generate: addGenerate,
  inspect: addInspect,
  validate: addValidate,
  scaffold: addScaffold,
  init: addInit,
  call: addCall,
  debug: addDebug,
  explain: addExplain,
  run: addRun,
}

/**
 * Reads a command line with yargs and runs the command; what `--help` prints goes to stdout.
 *
 * @param args what follows the program's name
 * @returns the exit code, of `run` the guest's
 * @throws UsageError for what no command takes, and whatever the command throws
 */
export async function runCommandLine(args: readonly string[], io: Io, generate: Generate): Promise<number> {
  let exitCode: number = ExitCode.Fine
  const parser: Argv<object> = yargs()
    .scriptName('witgen')
    .locale('en')
    .usage(
      '$0 [generate] [inputs..]\n\nWrite TypeScript bindings for the worlds of a WIT package or component (the default command).',
    )
    .option('debug', { type: 'boolean', describe: 'Show stack traces' })
    .help()
    .alias('help', 'h')
    // main.ts answers `--version`; here it is only listed.
    .version(false)
    .option('version', { alias: 'v', type: 'boolean', describe: 'Show the version number' })
    .wrap(Math.min(io.stdout.columns ?? 80, 100))
    .strict()
    .parserConfiguration({ 'greedy-arrays': false, 'populate--': true, 'dot-notation': false })
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | null, error: Error | undefined) => {
      // yargs has errors of its own, named YError; others come from what the options are checked with.
      if (error !== undefined && error.name !== 'YError') throw error
      throw new UsageError(usageMessage(message ?? error?.message ?? 'wrong usage', flagsOf(parser), commandOf(args)))
    })
  const start: Start = async (command) => {
    exitCode = await command(io, generate)
  }
  for (const command of COMMANDS) ADD[command](parser, start)
  refuseUnknownCommand(args[0])
  // With a callback yargs hands over the help text instead of printing it.
  await parser.parseAsync([...args], {}, (_error, _argv, output) => {
    if (output !== '') io.stdout.write(`${output}\n`)
  })
  return exitCode
}

/** The inputs of the default command come first as well: a word that is nearly a command, and no file, is none of them. */
function refuseUnknownCommand(word: string | undefined): void {
  if (word === undefined || !/^[a-z]+$/i.test(word) || isCommand(word) || existsSync(word)) return
  const hint = didYouMean(word, COMMANDS)
  if (hint !== undefined) throw new UsageError(`unknown command \`${word}\`, ${hint}`)
}

const commandOf = (args: readonly string[]): CommandName | undefined => args.find((word) => isCommand(word))

/** The options of the command that was given. */
function flagsOf(parser: object): readonly string[] {
  const options: unknown = 'getOptions' in parser && typeof parser.getOptions === 'function' ? parser.getOptions() : {}
  const keys = typeof options === 'object' && options !== null && 'key' in options ? options.key : {}
  return Object.keys(keys as object).filter((key) => key.length > 1 && !/[A-Z]/.test(key))
}
