import { readFileSync } from 'node:fs'
import { planComponent } from '../component/compile.ts'
import { ComponentError } from '../component/component-error.ts'
import type { LinkPlan } from '../component/link-plan.ts'
import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { shownPath } from '../wit/read.ts'
import { kindOf } from '../wit/wit-files.ts'

/**
 * Reads a component, to look at it.
 *
 * @throws DiagnosticError `CMP1010` for a file that cannot be read, else the codes of `ComponentError`
 */
export function readGuest(path: string): LinkPlan {
  const refused = (code: DiagnosticCode, message: string): DiagnosticError =>
    new DiagnosticError([
      { code, severity: 'error', message, span: undefined, file: shownPath(path), suggestion: undefined },
    ])
  let bytes: Uint8Array
  try {
    if (kindOf(path) === 'other') throw new Error('it is no ordinary file')
    bytes = readFileSync(path)
  } catch (error) {
    const code = error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)
    throw refused('CMP1010', code === 'ENOENT' ? 'there is no such file' : `the file cannot be read: ${code}`)
  }
  try {
    return planComponent(bytes)
  } catch (error) {
    if (error instanceof ComponentError) throw refused(error.code, error.message)
    throw error
  }
}
