/** The generator as a library, for build scripts; what `witgen generate` calls. */
export { DiagnosticError, type Diagnostic } from './diagnostics/diagnostic.ts'
export { generate, type GenerateOptions, type GenerateResult } from './pipeline.ts'
