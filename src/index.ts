/** The generator as a library, for build scripts and config files; `generate` is what `witgen generate` calls. */
export { defineConfig, type WitgenConfig } from './config/config.ts'
export { DiagnosticError, type Diagnostic } from './diagnostics/diagnostic.ts'
export { generate } from './generate.ts'
export type { GenerateOptions, GenerateResult } from './pipeline.ts'
