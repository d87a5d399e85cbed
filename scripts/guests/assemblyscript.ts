/** The AssemblyScript guest: its Canonical ABI is written by hand, so no bindings are generated. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { embedWorld, jco, npmVersion } from './jco.ts'
import { root } from './paths.ts'
import type { Recipe } from './recipe.ts'

const folder = 'test/guests/assemblyscript'
const component = 'assemblyscript/toolbox.wasm'

export const assemblyscript: Recipe = {
  name: 'assemblyscript',
  language: 'assemblyscript',
  inputs: ['test/guests/wit/*.wit', `${folder}/*.{ts,mjs}`],
  components: [component],
  committed: true,
  async tools() {
    return { assemblyscript: npmVersion('assemblyscript'), jco: npmVersion('@bytecodealliance/jco') }
  },
  async build(job) {
    const core = join(job.work, 'core.wasm')
    const embedded = join(job.work, 'embedded.wasm')
    const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js')
    const names = ['--use', `abort=${folder}/abi/trap`, '--transform', `./${folder}/names.mjs`]
    const options = ['-O3', '--runtime', 'incremental', ...names, '--outFile', core]
    await job.run(process.execPath, [compiler, `${folder}/exports.ts`, ...options])
    writeFileSync(embedded, await embedWorld(core, 'toolbox-lite', 'utf16'))
    await jco(job, ['new', embedded, '-o', join(job.out, component)])
  },
}
