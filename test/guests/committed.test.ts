// Committed components are what their sources say: `npm run guests` writes both, and what they were built from.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { originOf } from '../../scripts/guests/committed.ts'
import { hashOfSources } from '../../scripts/guests/hash.ts'
import { recipes } from '../../scripts/guests/index.ts'
import { committed } from '../../scripts/guests/paths.ts'

const KIB = 1024

describe.each(recipes.filter((recipe) => recipe.committed))('the committed guests of $name', (recipe) => {
  test('were built from the sources that are here', () => {
    const hint = `run \`npm run guests -- --only ${recipe.name}\` and commit what it writes`
    expect(originOf(recipe).sources, hint).toBe(hashOfSources(recipe))
  })

  test('are there, and small', () => {
    for (const path of recipe.components) expect(statSync(join(committed, path)).size, path).toBeLessThan(160 * KIB)
  })
})

test('guests that are not committed do not lie in the repository', () => {
  const large = recipes.filter((recipe) => !recipe.committed).flatMap((recipe) => recipe.components)
  expect(large.filter((path) => existsSync(join(committed, path)))).toEqual([])
})

test('recipes have names and components of their own', () => {
  const all = recipes.flatMap(({ name, components }) => [name, ...components])
  expect(new Set(all).size).toBe(all.length)
})
