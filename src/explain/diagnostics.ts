import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { components } from './components.ts'
import type { Explanation } from './explanation.ts'
import { generator } from './generator.ts'
import { scaffolds } from './scaffolds.ts'
import { witNames } from './wit-names.ts'
import { witSyntax } from './wit-syntax.ts'

/** What there is to say of each diagnostic. The compiler names a code that is missing. */
export const diagnosticExplanations: Readonly<Record<DiagnosticCode, Explanation>> = {
  ...witSyntax,
  ...witNames,
  ...components,
  ...generator,
  ...scaffolds,
}
