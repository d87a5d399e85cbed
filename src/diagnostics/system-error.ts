import { DiagnosticError, type Diagnostic } from './diagnostic.ts'

/** What to say of an error of the operating system; undefined for any other. */
export function systemDiagnostic(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error && 'syscall' in error)) return undefined
  const { message } = error
  return { code: 'GEN0911', severity: 'error', message, span: undefined, file: undefined, suggestion: undefined }
}

/** The error as a DiagnosticError where it is one of the operating system, else as it is. */
export function asDiagnosticError(error: unknown): unknown {
  const diagnostic = systemDiagnostic(error)
  return diagnostic === undefined ? error : new DiagnosticError([diagnostic], { cause: error })
}
