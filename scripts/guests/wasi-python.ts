/** The Python guest that tries what WASI gives it: a reactor, whose functions the host calls. */
import { join } from 'node:path'
import { committed } from './paths.ts'
import { pipInstall } from './pip.ts'
import { componentizePy } from './python.ts'
import type { Recipe } from './recipe.ts'

const folder = join(committed, 'wasi-python')
const component = 'wasi-python/probe.wasm'

export const wasiPython: Recipe = {
  name: 'wasi-python',
  language: 'python',
  inputs: ['test/guests/wasi-python/wit/*.wit', 'test/guests/wasi-python/*.py'],
  components: [component],
  committed: false,
  async tools() {
    return { [componentizePy.name]: componentizePy.version }
  },
  async build(job) {
    const bin = await pipInstall(job, componentizePy)
    const world = ['--wit-path', join(folder, 'wit'), '--world', 'probe']
    const args = ['componentize', 'app', '-p', folder, '--output', join(job.out, component)]
    // The interpreter would leave its compiled modules beside the sources.
    await job.run(join(bin, 'componentize-py'), [...world, ...args], { env: { PYTHONDONTWRITEBYTECODE: '1' } })
  },
}
