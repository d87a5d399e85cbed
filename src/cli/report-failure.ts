import { DiagnosticError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { FORMATS, type Format } from '../diagnostics/format.ts'
import { systemDiagnostic } from '../diagnostics/system-error.ts'
import { ExitCode } from './exit-code.ts'
import { wantsColor, type Io } from './io.ts'
import { UsageError } from './usage-error.ts'

/**
 * Prints why a command failed: diagnostics in the format asked for, wrong usage as one line and a hint.
 *
 * @param error whatever was thrown
 * @param args the command line: it may be what is wrong, so `--format` and `--debug` are looked for directly
 */
export async function reportFailure(error: unknown, args: readonly string[], io: Io): Promise<ExitCode> {
  const stack = args.includes('--debug') && error instanceof Error ? `${error.stack}\n` : ''
  if (isUsageError(error)) {
    io.stderr.write(`witgen: ${error.message.replaceAll(/\s*\n\s*/g, ' ')}\nSee \`witgen --help\`.\n${stack}`)
    return ExitCode.WrongUsage
  }
  // Loaded here because the code frame needs a parser's worth of modules.
  const { renderDiagnostics } = await import('../diagnostics/render.ts')
  const diagnostics = error instanceof DiagnosticError ? error.diagnostics : [unexpected(error)]
  const format = formatOf(args)
  const output = format === 'pretty' ? io.stderr : io.stdout
  output.write(renderDiagnostics(diagnostics, { format, color: format === 'pretty' && wantsColor(output, io.env) }))
  io.stderr.write(stack)
  return ExitCode.WrongInput
}

/** yargs throws errors of its own that it names YError. */
function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError || (error instanceof Error && error.name === 'YError')
}

function formatOf(args: readonly string[]): Format {
  const index = args.findIndex((arg) => arg === '--format' || arg.startsWith('--format='))
  const value = args[index]?.split('=')[1] ?? args[index + 1]
  return (index < 0 ? undefined : FORMATS.find((format) => format === value)) ?? 'pretty'
}

/** A file that cannot be read or written is the user's business; anything else is a mistake in witgen. */
function unexpected(error: unknown): Diagnostic {
  const diagnostic = systemDiagnostic(error)
  if (diagnostic !== undefined) return diagnostic
  return {
    code: 'GEN0912',
    severity: 'error',
    message: `internal error: ${error instanceof Error ? error.message : String(error)}`,
    span: undefined,
    file: undefined,
    suggestion: 'this is a mistake in witgen, please report it with the output of the same command and --debug',
  }
}
