import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import type { WitgenConfig } from './config.ts'
import { configProblems, problemDiagnostic } from './problems.ts'

/** What to do with what is generated: `check` and `dry-run` write nothing. */
export type Mode = 'write' | 'check' | 'dry-run'

/** A configuration with nothing left out. */
export interface Settings {
  readonly inputs: readonly string[]
  readonly worlds: readonly string[]
  readonly out: string
  readonly target: 'ts' | 'js'
  readonly importExtension: 'js' | 'ts' | 'none'
  readonly views: boolean
  readonly features: ReadonlySet<string> | 'all'
  readonly mode: Mode
}

/** The options of `generate` as callers give them. */
export interface SettingsInput extends Omit<WitgenConfig, 'features'> {
  readonly features?: readonly string[] | ReadonlySet<string> | 'all' | undefined
  readonly mode?: Mode | undefined
}

/**
 * Fills in what was left out.
 *
 * @throws DiagnosticError with `CFG####` for options that do not exist or have another type
 */
export function settingsOf(options: SettingsInput): Settings {
  const problems = configProblems(options, true)
  if (problems.length > 0) throw new DiagnosticError(problems.map(problemDiagnostic))
  const { features = [] } = options
  return {
    inputs: options.inputs ?? ['./wit'],
    worlds: options.worlds ?? [],
    out: options.out ?? './generated',
    target: options.target ?? 'ts',
    importExtension: options.importExtension ?? 'js',
    views: options.views ?? false,
    features: features === 'all' ? 'all' : new Set(features),
    mode: options.mode ?? 'write',
  }
}
