import { dirname, join } from 'node:path'
import { CONFIG_FILES } from '../config/load-config.ts'
import type { Format } from '../diagnostics/format.ts'
import { Rounds } from '../watch/rounds.ts'
import { FileWatcher } from '../watch/watch-files.ts'
import { ExitCode } from './exit-code.ts'
import type { Generate, Prepared } from './start-generate.ts'
import { interruptWith } from './interrupt.ts'
import type { Io } from './io.ts'
import { reportFailure } from './report-failure.ts'
import { reportGenerate } from './report-generate.ts'

/**
 * `generate --watch`: generates, then again on each change of the WIT or the configuration, until Ctrl-C. What is wrong is
 * printed, and the earlier output stays until it is mended.
 *
 * @param prepare reads the configuration anew
 * @param namedConfig what `--config` says
 */
export async function watchGenerate(
  prepare: () => Promise<Prepared>,
  namedConfig: string | undefined,
  generate: Generate,
  format: Format,
  io: Io,
): Promise<ExitCode> {
  const say = (text: string): unknown => io.stderr.write(`${text}\n`)
  let inputs: readonly string[] = []
  let used: string | undefined
  let isFirst = true
  const watcher = new FileWatcher(
    (path) => rounds.request(path),
    (error) => say(`not everything can be watched: ${String(error)}`),
  )
  const rounds = new Rounds(async (changed) => {
    if (!isFirst) say(`changed: ${changed.join(', ')}`)
    try {
      const { options, configFile } = await prepare()
      inputs = options.inputs ?? ['./wit']
      used = configFile
      await watcher.watch({ inputs, configFiles: configFiles(namedConfig, used) })
      await reportGenerate(await generate(options), 'write', format, io)
    } catch (error) {
      await reportFailure(error, format === 'pretty' ? [] : ['--format', format], io)
      // Where the configuration is what is broken, nothing may be watched yet.
      await watcher.watch({ inputs, configFiles: configFiles(namedConfig, used) })
    }
    if (isFirst) say(`watching ${inputs.join(', ')} and the configuration; Ctrl-C ends`)
    isFirst = false
  })
  const ended = new Promise<void>((resolve) => interruptWith(resolve))
  rounds.request('start')
  await ended
  await rounds.stop()
  await watcher.close()
  return ExitCode.Fine
}

/** The one in use, and those that would be used if they were there. */
function configFiles(named: string | undefined, used: string | undefined): readonly string[] {
  if (named !== undefined) return [named]
  const folders = ['.', ...(used === undefined ? [] : [dirname(used)])]
  return folders.flatMap((folder) => CONFIG_FILES.map((file) => join(folder, file)))
}
