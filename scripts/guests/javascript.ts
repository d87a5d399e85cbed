/**
 * The JavaScript guest: StarlingMonkey, by the componentize-js that jco brings. Its other backend, componentize-qjs 0.4.5, cannot do this world:
 * it has no integers of 64 bits (they are rounded to f64), stops results of u32 at 2³¹ − 1, and drops borrowed handles in
 * post-return, where no import may be called.
 */
import { join } from 'node:path'
import { npmVersion } from './jco.ts'
import { committed, root } from './paths.ts'
import type { Recipe } from './recipe.ts'

const component = 'javascript/toolbox.wasm'
const script = 'scripts/guests/componentize-js.ts'

export const javascript: Recipe = {
  name: 'javascript',
  language: 'javascript',
  inputs: ['test/guests/wit/*.wit', 'test/guests/javascript/*.js', script],
  components: [component],
  committed: false,
  async tools() {
    return { 'componentize-js': npmVersion('@bytecodealliance/componentize-js') }
  },
  async build(job) {
    // A process of its own: it is busy for long, and this one says so.
    const source = join(committed, 'javascript/toolbox.js')
    const wit = join(committed, 'wit/toolbox.wit')
    await job.run(process.execPath, [join(root, script), source, wit, 'toolbox', join(job.out, component)])
  },
}
