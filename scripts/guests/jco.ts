import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'
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
