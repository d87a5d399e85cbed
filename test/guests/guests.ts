import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../../scripts/guests/build.ts'
import { recipes } from '../../scripts/guests/index.ts'
import { committed } from '../../scripts/guests/paths.ts'
import type { Recipe } from '../../scripts/guests/recipe.ts'
import { skippedLanguages } from '../../scripts/guests/skip.ts'

/** A build of a guest. */
export interface GuestFile {
  /** For the titles of tests. */
  readonly title: string
  readonly path: string
}

/** So long a test that may have to build a guest can take, in milliseconds: its toolchain may have to be fetched. */
export const BUILD_TIMEOUT = 900_000

/**
 * The builds of a committed guest that the end-to-end tests run with: the committed one and, where `WITGEN_GUESTS` names a
 * folder that `npm run guests -- --out DIR` has filled, the one built there.
 *
 * @param component path below the folder of guests, such as `rust/pipeline.wasm`
 */
export function guestFiles(component: string): readonly GuestFile[] {
  const rebuilt = process.env['WITGEN_GUESTS']
  return [
    { title: component, path: join(committed, component) },
    ...(rebuilt ? [{ title: `${component}, rebuilt`, path: join(rebuilt, component) }] : []),
  ]
}

const paths = new Map<string, Promise<string>>()

/**
 * The path of a guest of any language: from the folder that `WITGEN_GUESTS` names where it is there, the committed one where it
 * is committed, otherwise built now, or by an earlier run where nothing changed since. A test that calls this needs
 * `BUILD_TIMEOUT`.
 *
 * @param component path below the folder of guests, such as `go/toolbox.wasm`
 * @throws MissingTool when a tool is missing, naming it and how to get it; Error when the build fails
 */
export function guestPath(component: string): Promise<string> {
  let path = paths.get(component)
  if (path === undefined) {
    path = find(component)
    paths.set(component, path)
  }
  return path
}

/** Whether a component lies in the repository. */
export function isCommitted(component: string): boolean {
  return recipeOf(component).committed
}

function recipeOf(component: string): Recipe {
  const recipe = recipes.find(({ components }) => components.includes(component))
  if (recipe === undefined) throw new Error(`no recipe in scripts/guests/index.ts builds ${component}`)
  return recipe
}

async function find(component: string): Promise<string> {
  const rebuilt = join(process.env['WITGEN_GUESTS'] ?? '', component)
  if (process.env['WITGEN_GUESTS'] && existsSync(rebuilt)) return rebuilt
  const recipe = recipeOf(component)
  if (recipe.committed) return join(committed, component)
  try {
    return join((await build(recipe)).folder, component)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const { language } = recipe
    throw new Error(
      `The guest ${component} could not be built (WITGEN_SKIP_GUESTS=${language} leaves ${language} out): ${reason}`,
      { cause: error },
    )
  }
}

const skipped = skippedLanguages(recipes)

/** Whether `WITGEN_SKIP_GUESTS` names a language: its guests are not tested, and the end of `npm test` says so. */
export function isSkipped(language: string): boolean {
  return skipped.has(language)
}
