/** The second stage of the demo, in Python. */
import { buildPython, python } from './python.ts'
import type { Recipe } from './recipe.ts'

const folder = 'test/guests/predictor'
const component = 'python/predictor.wasm'

export const predictor: Recipe = {
  name: 'predictor',
  language: 'python',
  inputs: ['wit/*.wit', `${folder}/app.py`, `${folder}/model.json`],
  components: [component],
  committed: false,
  tools: python.tools,
  build: (job) => buildPython(job, folder, 'wit', 'predictor', component),
}
