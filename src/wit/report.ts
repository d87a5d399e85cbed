import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import type { Span } from '../ir/span.ts'
import type { WitCode } from '../diagnostics/codes.ts'

/** Thrown to leave a construct that cannot be understood; what is wrong has been reported already. */
export class Abandon extends Error {
  override readonly name = 'Abandon'
}

/** Collects what is wrong, so that one run can name every mistake. */
export class Report {
  readonly #diagnostics: Diagnostic[] = []
  readonly #seen: Set<string> = new Set()

  /** Adds an error; a second one of the same code at the same place is dropped. */
  error(code: WitCode, span: Span | undefined, message: string, suggestion?: string, file?: string): void {
    const key = `${code} ${span?.file.path ?? file ?? ''} ${span?.start ?? ''} ${span === undefined ? message : ''}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#diagnostics.push({ code, severity: 'error', message, span, file, suggestion })
  }

  /** Adds what another stage has found. */
  include(error: DiagnosticError): void {
    this.#diagnostics.push(...error.diagnostics)
  }

  get failed(): boolean {
    return this.#diagnostics.length > 0
  }

  /** Throws everything that was reported, ordered by file and place. */
  throwIfFailed(): void {
    if (!this.failed) return
    const path = (d: Diagnostic): string => d.span?.file.path ?? d.file ?? ''
    const sorted = this.#diagnostics.toSorted((a, b) => {
      const [x, y] = [path(a), path(b)]
      if (x !== y) return x < y ? -1 : 1
      return (a.span?.start ?? 0) - (b.span?.start ?? 0)
    })
    throw new DiagnosticError(sorted)
  }
}
