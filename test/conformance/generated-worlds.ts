import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Input } from '../../src/input/read-input.ts'
import type { World } from '../../src/ir/index.ts'
import { plan } from '../../src/plan/index.ts'
import { renderTemplate } from '../../src/render/templates.ts'
import { cache } from './fetch.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const resolvePackage = createRequire(import.meta.url).resolve

/** The compilers that generated code has to pass, by version, with their executables. */
export const compilers: Readonly<Record<string, string>> = {
  '7': join(root, 'node_modules/typescript/bin/tsc'),
  '5.9': resolvePackage('typescript-5.9/bin/tsc'),
}

/** Code that no compiler may accept: a check that finds nothing in it finds nothing. */
const MISTAKE = "export const wrong: number = 'text'\n"

/** The code of many worlds, each in a folder of its own, which a compiler then checks at once. */
export class GeneratedWorlds {
  readonly #folder: string
  /** The code of each file, not formatted, by its path. */
  readonly texts: Map<string, string> = new Map()

  /** @param name a folder of the cache, inside of the repository so that `witgen/runtime` is found from it */
  constructor(name: string) {
    this.#folder = join(cache, 'generated', name)
    rmSync(this.#folder, { recursive: true, force: true })
    mkdirSync(this.#folder, { recursive: true })
  }

  /**
   * Generates the code of a world, without formatting it.
   *
   * @param folder where it goes: a path of its own
   * @throws DiagnosticError if no code can be generated for the world
   */
  add(folder: string, { resolve, binary }: Input, world: World): void {
    const options = { worlds: [world], extension: '.ts', version: '0.0.0', binary } as const
    for (const model of plan({ ...resolve, root: world.package }, options)) {
      const text = renderTemplate(model)
      this.write(`${folder}/${model.path}.ts`, text)
      this.texts.set(`${folder}/${model.path}`, text)
    }
  }

  write(path: string, text: string): void {
    const file = join(this.#folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  /**
   * What a compiler says about the code, with the strict flags of this repository: one line for each error, `path(line,column): …`.
   *
   * @throws Error if it also accepts what is wrong
   */
  typeErrors(compiler: string): readonly string[] {
    const tsc = compilers[compiler]
    if (tsc === undefined) throw new RangeError(`there is no compiler ${compiler}`)
    const config = { extends: join(root, 'tsconfig.json'), include: ['**/*.ts'], exclude: [] }
    writeFileSync(join(this.#folder, 'tsconfig.json'), JSON.stringify(config))
    const run = (...args: string[]): { readonly stdout: string } =>
      spawnSync(process.execPath, [tsc, ...args], { cwd: this.#folder, encoding: 'utf8', maxBuffer: 2 ** 28 })
    const found = run('--version').stdout.trim()
    if (!found.startsWith(`Version ${compiler}.`)) throw new Error(`expected TypeScript ${compiler}, found ${found}`)
    this.write('mistake.ts', MISTAKE)
    // Continuation lines are indented.
    const lines = run('-p', '.', '--pretty', 'false')
      .stdout.split('\n')
      .filter((line) => /^\S/u.test(line))
    const others = lines.filter((line) => !line.startsWith('mistake.ts('))
    if (others.length === lines.length) throw new Error(`TypeScript ${compiler} accepts a string for a number`)
    return others
  }
}
