import type { createColors } from 'picocolors'
import type { Format } from '../diagnostics/format.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { ExitCode } from './exit-code.ts'
import type { Generate } from './start-generate.ts'
import { wantsColor, type Io } from './io.ts'

type GenerateResult = Awaited<ReturnType<Generate>>

/** What `--check` found about a file, in the order in which it is printed. */
const findings = {
  stale: { code: 'GEN0901', message: 'the file is stale: it is not what would be generated now' },
  missing: { code: 'GEN0902', message: 'the file is missing: it would be generated now' },
  extra: { code: 'GEN0903', message: 'the file is extra: it would not be generated any more' },
} as const

/**
 * Prints what `generate` did, or would do. The list of files is data and goes to stdout; the summary is a message.
 *
 * @returns the exit code: out of date when `--check` found something
 */
export async function reportGenerate(
  result: GenerateResult,
  mode: 'write' | 'check' | 'dry-run',
  format: Format,
  io: Io,
): Promise<ExitCode> {
  if (mode === 'check') return reportCheck(result, format, io)
  if (format === 'json') await printDiagnostics([], format, io)
  else if (mode === 'dry-run') {
    const colors = await colorsFor(io)
    for (const file of result.written) io.stdout.write(`${colors.green('write')}   ${file}\n`)
    for (const file of result.removed) io.stdout.write(`${colors.red('remove')}  ${file}\n`)
  }
  for (const { input, name } of result.typesOnly) {
    io.stderr.write(`${input}: ${name} has no world, so only its types are generated\n`)
  }
  // Each by name: what is gone may have been in use.
  if (mode === 'write') for (const file of result.removed) io.stderr.write(`removed  ${file}\n`)
  io.stderr.write(`${summary(result, mode === 'dry-run')}\n`)
  return ExitCode.Fine
}

async function reportCheck(result: GenerateResult, format: Format, io: Io): Promise<ExitCode> {
  const kinds = ['stale', 'missing', 'extra'] as const
  const count = kinds.reduce((sum, kind) => sum + result[kind].length, 0)
  if (format === 'pretty') {
    if (count === 0) return ExitCode.Fine
    const colors = await colorsFor(io)
    for (const kind of kinds) {
      for (const file of result[kind]) io.stdout.write(`${colors.yellow(kind.padEnd(7))}  ${file}\n`)
    }
  } else {
    const diagnostics = kinds.flatMap((kind) => result[kind].map((file) => outOfDate(kind, file)))
    await printDiagnostics(diagnostics, format, io)
  }
  if (count === 0) return ExitCode.Fine
  io.stderr.write(`${plural(count, 'file')} out of date; run the same command without --check\n`)
  return ExitCode.OutOfDate
}

// What prints diagnostics and colours takes longer to load than to say that nothing has changed.
async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: Exclude<Format, 'pretty'>,
  io: Io,
): Promise<void> {
  const { renderDiagnostics } = await import('../diagnostics/render.ts')
  io.stdout.write(renderDiagnostics(diagnostics, { format, color: false }))
}

async function colorsFor(io: Io): Promise<ReturnType<typeof createColors>> {
  const { default: colors } = await import('picocolors')
  return colors.createColors(wantsColor(io.stdout, io.env))
}

function outOfDate(kind: keyof typeof findings, file: string): Diagnostic {
  return { ...findings[kind], severity: 'error', span: undefined, file, suggestion: 'run `witgen generate`' }
}

/** `2 files written, 1 removed, 5 unchanged`. */
function summary({ written, removed, unchanged }: GenerateResult, dryRun: boolean): string {
  const parts = [`${plural(written.length, 'file')} ${dryRun ? 'would be written' : 'written'}`]
  if (removed.length > 0) parts.push(`${removed.length} removed`)
  if (unchanged.length > 0) parts.push(`${unchanged.length} unchanged`)
  return parts.join(', ')
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
