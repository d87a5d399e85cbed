import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cache, committed } from './paths.ts'
import { MissingTool, type Job } from './recipe.ts'

const VERSION = '0.63.0'

/**
 * Writes the bindings of the world `toolbox` with wit-bindgen, which is compiled and installed below the cache where it is not
 * there yet (about four minutes); `WITGEN_WIT_BINDGEN` names a binary to be used instead.
 *
 * @param generator such as `c` or `go`
 * @param out the folder that it writes into
 * @param bin a folder of programs that it finds before all others
 */
export async function witBindgen(job: Job, generator: string, out: string, bin = ''): Promise<void> {
  const program = process.env['WITGEN_WIT_BINDGEN'] ?? (await install(job))
  await job.run(program, [generator, join(committed, 'wit'), '--world', 'toolbox', '--out-dir', out], {
    env: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
  })
}

async function install(job: Job): Promise<string> {
  const folder = join(cache, `wit-bindgen-${VERSION}`)
  const program = join(folder, 'bin', process.platform === 'win32' ? 'wit-bindgen.exe' : 'wit-bindgen')
  if (existsSync(program)) return program
  const crate = ['wit-bindgen-cli', '--version', VERSION, '--locked', '--no-default-features', '--features', 'c,go']
  try {
    await job.run('cargo', ['install', ...crate, '--root', folder])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new MissingTool('wit-bindgen', `cargo could not install it: ${reason}`)
  }
  return program
}
