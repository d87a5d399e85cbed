import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Built } from './build.ts'
import { hashOfSources } from './hash.ts'
import { committed } from './paths.ts'
import type { Recipe, Tools } from './recipe.ts'

/** What the committed components of a recipe were built from. */
export interface Origin {
  /** `hashOfSources` of the recipe. */
  readonly sources: string
  readonly tools: Tools
}

/** Copies the components of a build below a folder. */
export function copyComponents(recipe: Recipe, built: Built, out: string): void {
  for (const path of recipe.components) {
    mkdirSync(join(out, path, '..'), { recursive: true })
    cpSync(join(built.folder, path), join(out, path))
  }
}

/** Puts the components of a build into the repository, and writes down what they were built from. */
export function commitComponents(recipe: Recipe, built: Built): void {
  copyComponents(recipe, built, committed)
  const origin: Origin = { sources: hashOfSources(recipe), tools: built.tools }
  mkdirSync(join(committed, 'built'), { recursive: true })
  writeFileSync(originFile(recipe), `${JSON.stringify(origin, null, 2)}\n`)
}

/** What the committed components were built from. */
export function originOf(recipe: Recipe): Origin {
  return JSON.parse(readFileSync(originFile(recipe), 'utf8')) as Origin
}

function originFile({ name }: Recipe): string {
  return join(committed, 'built', `${name}.json`)
}
