import { generate } from '../generate.ts'
import type { Io } from './io.ts'
import { plainGenerate } from './plain-generate.ts'
import { reportFailure } from './report-failure.ts'
import { startGenerate, type Generate } from './start-generate.ts'

/** What the commands do; what takes time to load, they load themselves. */
export interface Commands {
  readonly generate: Generate
}

/**
 * Runs one command line and prints to `io`: data to stdout, messages to stderr.
 *
 * @param args what follows the program's name
 * @returns the exit code, of `run` the guest's; never rejects
 */
export async function run(args: readonly string[], io: Io, commands: Commands = { generate }): Promise<number> {
  try {
    const plain = plainGenerate(args)
    if (plain !== undefined) return await startGenerate(plain)(io, commands.generate)
    const { runCommandLine } = await import('./command-line.ts')
    return await runCommandLine(args, io, commands.generate)
  } catch (error) {
    // What follows `--` belongs to the guest.
    return reportFailure(error, args.includes('--') ? args.slice(0, args.indexOf('--')) : args, io)
  }
}
