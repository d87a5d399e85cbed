/** The third stage of the demo, in JavaScript. */
import { buildJavaScript, componentizeJs, javascript } from './javascript.ts'
import type { Recipe } from './recipe.ts'

const source = 'test/guests/explainer/explainer.js'
const component = 'javascript/explainer.wasm'

export const explainer: Recipe = {
  name: 'explainer',
  language: 'javascript',
  inputs: ['wit/*.wit', source, componentizeJs],
  components: [component],
  committed: false,
  tools: javascript.tools,
  build: (job) => buildJavaScript(job, source, 'wit', 'explainer', component),
}
