import pc from 'picocolors'
import type { Argv } from 'yargs'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { FORMATS, type Format } from '../diagnostics/format.ts'
import { ExitCode } from './exit-code.ts'
import { wantsColor, type Io } from './io.ts'
import { once } from './options.ts'

/** Adds `witgen explain`: what a code means, an example that gives it, and how to mend it. */
export function addExplain(
  parser: Argv<object>,
  start: (command: (io: Io) => Promise<ExitCode>) => Promise<void>,
): void {
  parser.command(
    'explain [code]',
    'Explain the code of a diagnostic, or an error of the runtime',
    (command) =>
      command
        .positional('code', {
          type: 'string',
          describe: 'WIT0031, CMP1002 …, or an error of the runtime: AbiViolation, 14; none lists all',
        })
        .option('format', {
          choices: FORMATS.filter((format) => format !== 'github'),
          requiresArg: true,
          default: 'pretty' as const,
          describe: 'How it is printed',
          coerce: once<Format>('--format'),
        })
        .example([
          ['$0 explain WIT0031', ''],
          ['$0 explain AbiViolation', ''],
        ])
        .epilogue('Exit codes: 0 fine, 1 an unknown code, 2 wrong usage.'),
    (argv) =>
      start(async (io) => {
        const [{ explainedCodes, findCode, nearestCode }, { explainText, listText }] = await Promise.all([
          import('../explain/find.ts'),
          import('../explain/explain-text.ts'),
        ])
        const found = argv.code === undefined ? explainedCodes : findCode(argv.code)
        if (found === undefined) throw unknownCode(argv.code ?? '', nearestCode(argv.code ?? ''))
        if (argv.format === 'json') {
          io.stdout.write(`${JSON.stringify(found, jsonValue, 2)}\n`)
          return ExitCode.Fine
        }
        const { bold: strong, dim: faint } = pc.createColors(wantsColor(io.stdout, io.env))
        io.stdout.write('code' in found ? explainText(found, { strong, faint }) : listText(found, { strong, faint }))
        return ExitCode.Fine
      }),
  )
}

function unknownCode(text: string, near: string | undefined): DiagnosticError {
  const suggestion = near === undefined ? '`witgen explain` lists all codes' : `did you mean \`${near}\`?`
  const message = `there is no code \`${text}\``
  return new DiagnosticError([
    { code: 'GEN0913', severity: 'error', message, span: undefined, file: undefined, suggestion },
  ])
}

/** JSON has no undefined: what is not there is null. */
function jsonValue(_key: string, value: unknown): unknown {
  return value === undefined ? null : value
}
