import type { Span } from '../ir/span.ts'
import type { DiagnosticCode } from './codes.ts'

/** One thing that is wrong with the input. */
export interface Diagnostic {
  /** `WIT####`, `CMP####`, `CFG####` or `GEN####`. */
  readonly code: DiagnosticCode
  readonly severity: 'error' | 'warning' | 'note'
  /** What is wrong and what was expected, one line. */
  readonly message: string
  /** Where; undefined when the whole input is meant (then `file` says which). */
  readonly span: Span | undefined
  /** The file when there is no span. */
  readonly file: string | undefined
  /** How to mend it, one line. */
  readonly suggestion: string | undefined
}

/** Thrown by a stage that cannot go on: one or more diagnostics, in source order. */
export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError'
  /** What is wrong, in source order; at least one. */
  readonly diagnostics: readonly Diagnostic[]
  /** `options.cause` is what was thrown, where that was something else. */
  constructor(diagnostics: readonly Diagnostic[], options?: { readonly cause?: unknown }) {
    super(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'), options)
    this.diagnostics = diagnostics
  }
}
