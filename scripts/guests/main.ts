/**
 * `npm run guests`: builds the guests of all languages from source, where something of them changed.
 *
 *     -- --only rust,c     some of them, by recipe or by language
 *     -- --out DIR         elsewhere: all components below DIR (otherwise the small ones into test/guests, the others stay in the cache)
 *     -- --not-committed   those that do not lie in the repository: what `npm test` needs
 *     -- --quiet           nothing about what is up to date
 *     -- --bindings        first writes the committed bindings of wit-bindgen anew
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bindings, build } from './build.ts'
import { commitComponents, copyComponents } from './committed.ts'
import { recipes } from './index.ts'
import { say } from './progress.ts'
import type { Recipe } from './recipe.ts'
import { namesIn, skippedLanguages } from './skip.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string' },
    'not-committed': { type: 'boolean', default: false },
    bindings: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
})

/** The recipes that are asked for. */
function chosen(): readonly Recipe[] {
  if (values['not-committed']) return recipes.filter((recipe) => !recipe.committed)
  if (values.only === undefined) return recipes
  const names = namesIn(values.only)
  const unknown = names.filter((name) => !recipes.some((recipe) => recipe.name === name || recipe.language === name))
  if (unknown.length > 0)
    throw new Error(`no guest is called ${unknown.join(', ')}: ${recipes.map((r) => r.name).join(', ')}`)
  return recipes.filter(({ name, language }) => names.includes(name) || names.includes(language))
}

async function make(recipe: Recipe): Promise<void> {
  if (values.bindings) await bindings(recipe)
  const built = await build(recipe)
  if (!built.fresh && !values.quiet) say(`${recipe.name}: nothing changed`)
  if (values.out !== undefined) copyComponents(recipe, built, resolve(values.out))
  else if (recipe.committed) commitComponents(recipe, built)
  else if (!values.quiet) for (const path of recipe.components) say(`${recipe.name}: ${join(built.folder, path)}`)
}

const failed: string[] = []
const skipped = skippedLanguages(recipes)
for (const recipe of chosen()) {
  if (skipped.has(recipe.language)) {
    say(`${recipe.name}: skipped, WITGEN_SKIP_GUESTS names ${recipe.language}`)
    continue
  }
  try {
    await make(recipe)
  } catch (error) {
    failed.push(recipe.name)
    say(`${recipe.name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
if (failed.length > 0) {
  say(`not built: ${failed.join(', ')}`)
  process.exitCode = 1
}
