import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'
import type { Recipe, Tools } from './recipe.ts'

/**
 * The hash of a guest's sources: paths and contents of all that its recipe's patterns name.
 *
 * @throws Error when a pattern names nothing
 */
export function hashOfSources({ name, inputs }: Recipe): string {
  const hash = createHash('sha256')
  for (const path of filesOf(name, inputs)) hash.update(`${path}\0`).update(digest(path)).update('\n')
  return hash.digest('hex')
}

/** The key of a build: its sources, its tools, and the recipe itself. */
export function hashOfBuild(recipe: Recipe, tools: Tools): string {
  const scripts = filesOf(recipe.name, ['scripts/guests/*.ts']).filter((path) => isPartOf(path, recipe))
  const parts = [hashOfSources(recipe), Object.entries(tools).sort(), recipe.components, scripts.map(digest)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

/** The scripts that say how a guest is built: its recipe's, and those that put components together. */
function isPartOf(path: string, { name, language }: Recipe): boolean {
  return [name, language, 'jco', 'pip'].some((script) => path === `scripts/guests/${script}.ts`)
}

function filesOf(name: string, patterns: readonly string[]): readonly string[] {
  const found = patterns.map((pattern) => {
    const files = globSync(pattern, { cwd: root })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => statSync(join(root, path)).isFile())
    if (files.length === 0) throw new Error(`the recipe of ${name} names sources that are not there: ${pattern}`)
    return files
  })
  return [...new Set(found.flat())].sort()
}

function digest(path: string): string {
  return createHash('sha256')
    .update(readFileSync(join(root, path)))
    .digest('hex')
}
