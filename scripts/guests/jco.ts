import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { committed, root } from './paths.ts'
import type { Job, RunOptions } from './recipe.ts'

const folder = join(root, 'node_modules/@bytecodealliance/jco')

/** Runs jco, which is a development dependency, on the Node of this process. */
export function jco(job: Job, args: readonly string[], options?: RunOptions): Promise<string> {
  return job.run(process.execPath, [join(folder, 'dist/jco.js'), ...args], options)
}

/** The installed version of a package of `node_modules`. */
export function npmVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}

/**
 * Puts a world into a core module, which its compiler did not do. (In process: jco's command does not pass
 * on which world is meant.)
 *
 * @param core the core module's path
 * @param stringEncoding of the texts that the module exchanges
 * @param wit the folder of its package below that of the guests
 * @returns the module with the world
 */
export async function embedWorld(
  core: string,
  world: string,
  stringEncoding: 'utf8' | 'utf16',
  wit = 'wit',
): Promise<Uint8Array> {
  // It is large: loaded only where something is built.
  const { componentEmbed } = await import('@bytecodealliance/jco')
  const witPath = join(committed, wit)
  return componentEmbed({ binary: readFileSync(core), witPath, world, stringEncoding })
}
