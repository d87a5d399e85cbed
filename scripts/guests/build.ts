import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hashOfBuild } from './hash.ts'
import { withLock } from './lock.ts'
import { cache } from './paths.ts'
import { say } from './progress.ts'
import type { Job, Recipe, Tools } from './recipe.ts'
import { run } from './run.ts'

/** What a build came to. */
export interface Built {
  /** The folder that the recipe's components lie below. */
  readonly folder: string
  readonly tools: Tools
  /** Whether it had to be built. */
  readonly fresh: boolean
}

/**
 * Builds the guests of a recipe, or takes them from the cache where sources, tools and recipe are as they were. Only one
 * process builds the same guests at a time, others wait for it.
 *
 * @throws MissingTool naming the tool and how to get it, Error when a build fails
 */
export async function build(recipe: Recipe): Promise<Built> {
  const tools = await recipe.tools()
  const all = join(cache, 'built', recipe.name)
  const folder = join(all, hashOfBuild(recipe, tools))
  const done = (): boolean => recipe.components.every((path) => existsSync(join(folder, path)))
  if (done()) return { folder, tools, fresh: false }
  mkdirSync(all, { recursive: true })
  return withLock(all, async () => {
    if (done()) return { folder, tools, fresh: false }
    await buildInto(recipe, all, folder)
    return { folder, tools, fresh: true }
  })
}

/** Writes the committed bindings of a recipe anew, where it has some. */
export async function bindings(recipe: Recipe): Promise<void> {
  if (recipe.bindings === undefined) return
  say(`${recipe.name}: writing the bindings`)
  await recipe.bindings(jobOf(recipe, join(cache, 'built', recipe.name, 'new')))
}

async function buildInto(recipe: Recipe, all: string, folder: string): Promise<void> {
  const start = performance.now()
  const out = join(all, 'new')
  say(`${recipe.name}: building`)
  rmSync(out, { recursive: true, force: true })
  await recipe.build(jobOf(recipe, out))
  for (const path of recipe.components) {
    const size = statSync(join(out, path), { throwIfNoEntry: false })?.size
    if (size === undefined) throw new Error(`the recipe of ${recipe.name} built no ${path}`)
    say(`${recipe.name}: ${path}, ${Math.ceil(size / 1024)} KiB`)
  }
  // Older builds are of no more use.
  for (const name of readdirSync(all)) if (name !== 'new') rmSync(join(all, name), { recursive: true, force: true })
  renameSync(out, folder)
  say(`${recipe.name}: built in ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

function jobOf({ name, components }: Recipe, out: string): Job {
  const work = join(cache, 'work', name)
  for (const folder of [work, ...components.map((path) => join(out, path, '..'))])
    mkdirSync(folder, { recursive: true })
  return { out, work, run: (command, args, options) => run(name, command, args, options) }
}
