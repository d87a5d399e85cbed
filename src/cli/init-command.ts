import pc from 'picocolors'
import type { Argv } from 'yargs'
import { ExitCode } from './exit-code.ts'
import { wantsColor, type Io } from './io.ts'

/** Adds `witgen init`: scripts, a configuration and `.gitattributes` for a project. */
export function addInit(parser: Argv<object>, start: (command: (io: Io) => Promise<ExitCode>) => Promise<void>): void {
  parser.command(
    'init',
    'Set a project up: scripts, a config file, .gitattributes',
    (command) =>
      command
        .option('dry-run', { type: 'boolean', describe: 'Write nothing; print what would be changed' })
        .epilogue('What is there already is left as it is. Exit codes: 0 fine, 1 wrong input, 2 wrong usage.'),
    (argv) =>
      start(async (io) => {
        const { init } = await import('../init/init.ts')
        const steps = await init('.', argv.dryRun === true)
        const colors = pc.createColors(wantsColor(io.stdout, io.env))
        const paint = { add: colors.green, create: colors.green, keep: colors.dim } as const
        for (const { kind, file, what, hint } of steps) {
          const text = what === '' ? file : `${file}  ${what}`
          io.stdout.write(`${paint[kind](kind.padEnd(6))}  ${text}\n${hint === undefined ? '' : `        ${hint}\n`}`)
        }
        const count = steps.filter((step) => step.kind !== 'keep').length
        const things = `${count} thing${count === 1 ? '' : 's'}`
        const done = count === 0 ? 'nothing to change' : `${things} ${argv.dryRun ? 'would be added' : 'added'}`
        io.stderr.write(`${done}\n`)
        return ExitCode.Fine
      }),
  )
}
