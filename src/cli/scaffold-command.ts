import type { Argv } from 'yargs'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { ALL_FEATURES, FEATURES, featuresOf, FORMAT, INPUTS, inputsOf, once } from './options.ts'
import { UsageError } from './usage-error.ts'

/** Adds `witgen scaffold`: the host's implementation of what a world imports, written once and kept in step with the WIT. */
export function addScaffold(
  parser: Argv<object>,
  start: (command: (io: Io) => Promise<ExitCode>) => Promise<void>,
): void {
  parser.command(
    'scaffold [inputs..]',
    "Write, later update, the host's implementation of what a world imports",
    (command) =>
      command
        .positional('inputs', INPUTS)
        .option('world', {
          type: 'string',
          requiresArg: true,
          defaultDescription: 'the only one',
          describe: 'The world',
          coerce: once('--world'),
        })
        .option('out', {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          describe: 'The TypeScript file to write; one that is there is updated',
          coerce: fileName,
        })
        .option('generated', {
          type: 'string',
          requiresArg: true,
          default: './generated',
          describe: 'The folder of the generated code, from which the file imports its types',
          coerce: once('--generated'),
        })
        .option('import-extension', {
          choices: ['js', 'ts', 'none'] as const,
          requiresArg: true,
          defaultDescription: 'as in the file, else js',
          describe: 'The extension in relative imports; ts for running the sources with Node',
          coerce: once<'js' | 'ts' | 'none'>('--import-extension'),
        })
        .option('wasi', { type: 'boolean', describe: 'Implement the interfaces of WASI (wasi:*) as well' })
        .option('features', FEATURES)
        .option('all-features', ALL_FEATURES)
        .option('dry-run', { type: 'boolean', describe: 'Write nothing; print what would change as a diff' })
        .option('format', FORMAT)
        .example([
          ['$0 scaffold --world pipeline --out src/host.ts --generated src/generated', ''],
          ['$0 scaffold --world pipeline --out src/host.ts --dry-run', ''],
        ])
        .epilogue(
          'What is new in the WIT is added as a stub that throws, what is gone is marked with a comment, signatures are ' +
            'brought up to date; all other code stays as it is.\n\nExit codes: 0 fine, 1 wrong input, 2 wrong usage.',
        ),
    (argv) =>
      start(async (io) => {
        const { scaffold } = await import('../scaffold/scaffold.ts')
        const { reportScaffold } = await import('./report-scaffold.ts')
        const mode = argv.dryRun ? 'dry-run' : 'write'
        const result = await scaffold({
          inputs: inputsOf(argv) ?? ['./wit'],
          world: argv.world,
          out: argv.out,
          generated: argv.generated,
          importExtension: argv.importExtension,
          wasi: argv.wasi === true,
          features: featuresOf(argv),
          mode,
        })
        return reportScaffold(result, argv.out, mode, argv.format, io)
      }),
  )
}

function fileName(value: string | readonly string[]): string {
  const name = once('--out')(value)
  if (/(?<!\.d)\.(?:ts|mts|tsx)$/u.test(name)) return name
  throw new UsageError(`--out needs a TypeScript file (.ts, .mts, .tsx), got ${name}`)
}
