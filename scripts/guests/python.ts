/** The Python guest, by componentize-py: CPython itself is in it. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'
import { pipInstall } from './pip.ts'
import type { Job, Recipe } from './recipe.ts'

const component = 'python/toolbox.wasm'

/** Makes components of Python. */
export const componentizePy = { name: 'componentize-py', version: '0.25.1' } as const

export const python: Recipe = {
  name: 'python',
  language: 'python',
  inputs: ['test/guests/wit/*.wit', 'test/guests/python/*.py'],
  components: [component],
  committed: false,
  async tools() {
    return { [componentizePy.name]: componentizePy.version }
  },
  build: (job) => buildPython(job, 'test/guests/python', 'test/guests/wit', 'toolbox', component),
}

/**
 * Makes a component of a folder with a module `app`.
 *
 * @param folder of the sources, below the repository's root; whatever files lie there can be read while `app` is imported
 * @param wit the folder of the world's package, below the repository's root
 * @param component path below the folder of guests
 */
export async function buildPython(
  job: Job,
  folder: string,
  wit: string,
  world: string,
  component: string,
): Promise<void> {
  const bin = await pipInstall(job, componentizePy)
  // A copy: the interpreter leaves compiled modules beside the sources.
  const sources = join(job.work, 'sources')
  rmSync(sources, { recursive: true, force: true })
  cpSync(join(root, folder), sources, { recursive: true })
  // Without imports of WASI: they trap.
  const args = ['componentize', 'app', '--python-path', sources, '--stub-wasi']
  const output = ['--output', join(job.out, component)]
  await job.run(join(bin, 'componentize-py'), ['--wit-path', join(root, wit), '--world', world, ...args, ...output])
}
