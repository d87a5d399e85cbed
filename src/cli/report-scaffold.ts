import pc from 'picocolors'
import type { Format } from '../diagnostics/format.ts'
import { renderDiagnostics } from '../diagnostics/render.ts'
import type { ScaffoldResult } from '../scaffold/scaffold.ts'
import { ExitCode } from './exit-code.ts'
import { wantsColor, type Io } from './io.ts'

/**
 * Prints what `scaffold` did, or would do. The diff of `--dry-run` is data and goes to stdout, as diagnostics do for machines;
 * all else is messages.
 */
export function reportScaffold(
  { files, isNew, changes, notes }: ScaffoldResult,
  out: string,
  mode: 'write' | 'dry-run',
  format: Format,
  io: Io,
): ExitCode {
  const output = format === 'pretty' ? io.stderr : io.stdout
  if (mode === 'dry-run' && format !== 'json') {
    const colors = pc.createColors(wantsColor(io.stdout, io.env))
    for (const { diff } of files) io.stdout.write(coloured(diff, colors))
  }
  if (format === 'json' || notes.length > 0) {
    output.write(renderDiagnostics(notes, { format, color: format === 'pretty' && wantsColor(output, io.env) }))
    if (format === 'pretty') io.stderr.write('\n')
  }
  for (const { kind, what, from } of changes) {
    io.stderr.write(`${kind.padEnd(7)}  ${from === undefined ? '' : `${from} → `}${what}\n`)
  }
  const paths = files.map(({ path }) => path).join(', ')
  const verb = isNew ? 'written' : 'updated'
  if (files.length === 0) io.stderr.write(`${out.replaceAll('\\', '/')} is up to date\n`)
  else io.stderr.write(`${paths} ${mode === 'dry-run' ? `would be ${verb}` : verb}\n`)
  return ExitCode.Fine
}

function coloured(diff: string, colors: ReturnType<typeof pc.createColors>): string {
  const paint = (line: string): string => {
    if (/^(?:---|\+\+\+) /u.test(line)) return colors.bold(line)
    if (line.startsWith('@@')) return colors.cyan(line)
    return line.startsWith('+') ? colors.green(line) : line.startsWith('-') ? colors.red(line) : line
  }
  return diff.split('\n').map(paint).join('\n')
}
