/** The Python guest, by componentize-py: CPython itself is in it. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { committed } from './paths.ts'
import { pipInstall } from './pip.ts'
import type { Recipe } from './recipe.ts'

const component = 'python/toolbox.wasm'

const tool = { name: 'componentize-py', version: '0.25.1' }

export const python: Recipe = {
  name: 'python',
  language: 'python',
  inputs: ['test/guests/wit/*.wit', 'test/guests/python/*.py'],
  components: [component],
  committed: false,
  async tools() {
    return { [tool.name]: tool.version }
  },
  async build(job) {
    const bin = await pipInstall(job, tool)
    const world = ['--wit-path', join(committed, 'wit'), '--world', 'toolbox']
    // A copy: the interpreter leaves compiled modules beside the sources.
    const sources = join(job.work, 'sources')
    rmSync(sources, { recursive: true, force: true })
    cpSync(join(committed, 'python'), sources, { recursive: true })
    // Without imports of WASI: they trap.
    const args = ['componentize', 'app', '--python-path', sources, '--stub-wasi']
    await job.run(join(bin, 'componentize-py'), [...world, ...args, '--output', join(job.out, component)])
  },
}
