/** The Python guest, by componentize-py: CPython itself is in it. */
import { join } from 'node:path'
import { committed } from './paths.ts'
import { pipInstall } from './pip.ts'
import type { Recipe } from './recipe.ts'

const tool = { name: 'componentize-py', version: '0.25.1' }

export const python: Recipe = {
  name: 'python',
  language: 'python',
  inputs: ['test/guests/wit/*.wit', 'test/guests/python/*.py'],
  components: ['python/toolbox.wasm'],
  committed: false,
  async tools() {
    return { [tool.name]: tool.version }
  },
  async build(job) {
    const bin = await pipInstall(job, tool)
    const world = ['--wit-path', join(committed, 'wit'), '--world', 'toolbox']
    const out = join(job.out, 'python/toolbox.wasm')
    // `--stub-wasi`: without imports of WASI. The module's folder is the one for `-p`.
    const args = ['componentize', 'app', '-p', join(committed, 'python'), '--stub-wasi', '--output', out]
    // The interpreter would leave its compiled modules beside the sources.
    await job.run(join(bin, 'componentize-py'), [...world, ...args], { env: { PYTHONDONTWRITEBYTECODE: '1' } })
  },
}
