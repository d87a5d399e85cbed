/** The generator as a library, for build scripts and config files; `generate` is what `witgen generate` calls. */
export { defineConfig, type WitgenConfig } from './config/config.ts'
export { DiagnosticError, type Diagnostic } from './diagnostics/diagnostic.ts'
export { generate, type GenerateOptions, type GenerateResult } from './generate.ts'
