import { statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../guests/build.ts'
import { explainer } from '../guests/explainer.ts'
import { recipes } from '../guests/index.ts'
import { committed } from '../guests/paths.ts'
import { predictor } from '../guests/predictor.ts'
import { MissingTool, type Recipe } from '../guests/recipe.ts'
import { rust } from '../guests/rust.ts'
import { skippedLanguages } from '../guests/skip.ts'

/** One stage of the pipeline: a guest of its own world. */
export interface Stage {
  readonly language: 'Rust' | 'Python' | 'JavaScript'
  readonly recipe: Recipe
  /** Path below the folder of guests. */
  readonly component: string
}

/** The component of a stage, or why there is none. */
export type Found =
  | { readonly kind: 'found'; readonly path: string; readonly bytes: number; readonly origin: string }
  /** `WITGEN_SKIP_GUESTS` names the language. */
  | { readonly kind: 'skipped' }
  /** `reason` says which tool is missing and how to get it, or why the build failed. */
  | { readonly kind: 'missing'; readonly reason: string }

/** The stages of the pipeline, by what they do. */
export const stages: Readonly<Record<'cleaner' | 'predictor' | 'explainer', Stage>> = {
  cleaner: { language: 'Rust', recipe: rust, component: 'rust/cleaner.wasm' },
  predictor: { language: 'Python', recipe: predictor, component: 'python/predictor.wasm' },
  explainer: { language: 'JavaScript', recipe: explainer, component: 'javascript/explainer.wasm' },
}

/**
 * Finds the component of a stage: in the repository, in the cache, or by building it, which also installs its toolchain. While
 * that takes long, standard error gets a line every few seconds.
 */
export async function findGuest({ recipe, component }: Stage): Promise<Found> {
  if (skippedLanguages(recipes).has(recipe.language)) return { kind: 'skipped' }
  if (recipe.committed) return found(join(committed, component), 'from the repository')
  const start = performance.now()
  try {
    const { folder, fresh } = await build(recipe)
    const seconds = ((performance.now() - start) / 1000).toFixed(0)
    return found(join(folder, component), fresh ? `built in ${seconds} s` : 'from the cache')
  } catch (error) {
    return { kind: 'missing', reason: reasonOf(error) }
  }
}

function found(path: string, origin: string): Found {
  return { kind: 'found', path, bytes: statSync(path).size, origin }
}

/** A remedy has a line of its own: it may be a command. */
function reasonOf(error: unknown): string {
  if (error instanceof MissingTool) return `missing: ${error.tool}\n${error.remedy}`
  return error instanceof Error ? error.message : String(error)
}
