/**
 * The JavaScript guest: StarlingMonkey, by the componentize-js that jco brings. Its other backend, componentize-qjs 0.4.5, cannot do this world:
 * it has no integers of 64 bits (they are rounded to f64), stops results of u32 at 2³¹ − 1, and drops borrowed handles in
 * post-return, where no import may be called.
 */
import { join } from 'node:path'
import { npmVersion } from './jco.ts'
import { root } from './paths.ts'
import type { Job, Recipe } from './recipe.ts'

const component = 'javascript/toolbox.wasm'

/** The script that makes a component of JavaScript: one of the inputs. */
export const componentizeJs = 'scripts/guests/componentize-js.ts'

export const javascript: Recipe = {
  name: 'javascript',
  language: 'javascript',
  inputs: ['test/guests/wit/*.wit', 'test/guests/javascript/*.js', componentizeJs],
  components: [component],
  committed: false,
  async tools() {
    return { 'componentize-js': npmVersion('@bytecodealliance/componentize-js') }
  },
  build: (job) => buildJavaScript(job, 'test/guests/javascript/toolbox.js', 'test/guests/wit', 'toolbox', component),
}

/**
 * Makes a component of a module.
 *
 * @param source below the repository's root
 * @param wit the folder of the world's package, below the repository's root
 * @param component path below the folder of guests
 */
export async function buildJavaScript(
  job: Job,
  source: string,
  wit: string,
  world: string,
  component: string,
): Promise<void> {
  // A process of its own: it is busy for long, and this one says so.
  const args = [join(root, source), join(root, wit), world, join(job.out, component)]
  await job.run(process.execPath, [join(root, componentizeJs), ...args])
}
