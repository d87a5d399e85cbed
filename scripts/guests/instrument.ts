/** A guest in JavaScript whose results are looked at in place. */
import { buildJavaScript, componentizeJs, javascript } from './javascript.ts'
import type { Recipe } from './recipe.ts'

const source = 'test/guests/instrument/instrument.js'
const wit = 'test/golden/views/wit'
const component = 'javascript/instrument.wasm'

export const instrument: Recipe = {
  name: 'instrument',
  language: 'javascript',
  inputs: [`${wit}/*.wit`, source, componentizeJs],
  components: [component],
  committed: false,
  tools: javascript.tools,
  build: (job) => buildJavaScript(job, source, wit, 'instrument', component),
}
