import { settingsOf } from './config/settings.ts'
import { unchangedFiles } from './fresh/unchanged-files.ts'
import type { GenerateOptions, GenerateResult } from './pipeline.ts'
import { witgenVersion } from './version.ts'

/**
 * The whole program: WIT or component → TypeScript files. Where nothing has changed since the last run, nothing is parsed and
 * nothing is loaded that could; otherwise the pipeline runs. Reads no configuration file and prints nothing; paths are
 * relative to the working folder.
 *
 * @throws DiagnosticError with everything that is wrong in the options or the input; then nothing has been written
 */
export async function generate(options: GenerateOptions = {}): Promise<GenerateResult> {
  const settings = settingsOf(options)
  // Run from its sources, the generator changes without its version.
  const unchanged = import.meta.url.endsWith('.ts') ? undefined : unchangedFiles(settings, witgenVersion())
  if (unchanged !== undefined)
    return { written: [], unchanged, removed: [], stale: [], missing: [], extra: [], typesOnly: [] }
  const pipeline = await import('./pipeline.ts')
  return pipeline.generate(options)
}
