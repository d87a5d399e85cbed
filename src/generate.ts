import { settingsOf, type SettingsInput } from './config/settings.ts'
import { asDiagnosticError } from './diagnostics/system-error.ts'
import { inputDigest } from './fresh/input-digest.ts'
import { unchangedFiles } from './fresh/unchanged-files.ts'
import type { GenerateResult } from './pipeline.ts'
import { witgenVersion } from './version.ts'

export type { GenerateResult } from './pipeline.ts'

/** What to generate, as in a configuration file, and what to do with it; everything may be left out. */
export interface GenerateOptions extends SettingsInput {}

/**
 * The whole program: WIT or component → TypeScript files. Where nothing has changed since the last run, nothing is parsed and
 * nothing is loaded that could; otherwise the pipeline runs. Reads no configuration file and prints nothing; paths are
 * relative to the working folder.
 *
 * @throws DiagnosticError with everything that is wrong in the options or the input, and then nothing has been written; or with
 * what the system refused to read or write (`GEN0911`)
 */
export async function generate(options: GenerateOptions = {}): Promise<GenerateResult> {
  const settings = settingsOf(options)
  try {
    const digest = inputDigest(settings)
    // Run from its sources, the generator changes without its version.
    const unchanged = import.meta.url.endsWith('.ts') ? undefined : unchangedFiles(settings, witgenVersion(), digest)
    if (unchanged !== undefined)
      return { written: [], unchanged, removed: [], stale: [], missing: [], extra: [], typesOnly: [] }
    const { runPipeline } = await import('./pipeline.ts')
    return await runPipeline(settings, digest)
  } catch (error) {
    throw asDiagnosticError(error)
  }
}
