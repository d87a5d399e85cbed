import type { Format } from '../diagnostics/format.ts'
import { diagnosticToJson, renderDiagnostics } from '../diagnostics/render.ts'
import type { ValidateResult } from '../validate/validate.ts'
import { ExitCode } from './exit-code.ts'
import { wantsColor, type Io } from './io.ts'

/**
 * Prints how a guest compares with a world. Differences and notes are data and go to stdout; the verdict is a message.
 *
 * @returns the exit code: not compatible when there are differences
 */
export function reportValidate(result: ValidateResult, format: Format, io: Io): ExitCode {
  const { guest, world, differences, notes } = result
  const fits = differences.length === 0
  const all = [...differences, ...notes]
  if (format === 'json') {
    io.stdout.write(`${JSON.stringify({ guest, world, fits, diagnostics: all.map(diagnosticToJson) }, null, 2)}\n`)
  } else {
    io.stdout.write(renderDiagnostics(all, { format, color: format === 'pretty' && wantsColor(io.stdout, io.env) }))
  }
  const count = `${differences.length} difference${differences.length === 1 ? '' : 's'}`
  io.stderr.write(`${guest} ${fits ? 'fits' : 'does not fit'} the world ${world}${fits ? '' : `: ${count}`}\n`)
  return fits ? ExitCode.Fine : ExitCode.NotCompatible
}
