import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Resolve, World } from '../../src/ir/index.ts'
import { plan } from '../../src/plan/index.ts'
import { renderTemplate } from '../../src/render/templates.ts'
import type { CompiledComponent, InstanceOptions } from '../../src/runtime/index.ts'
import { load, worldOf } from './wit.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A new folder for generated code, below an ignored one of the repository, so that `witgen/runtime` is found from it. */
export function temporaryFolder(name: string): string {
  mkdirSync(join(root, '.cache'), { recursive: true })
  return mkdtempSync(join(root, '.cache', `${name}-`))
}

/** A world that code has been generated for. */
export interface GeneratedWorld {
  readonly resolve: Resolve
  readonly world: World
  /** The file of the world's class. */
  readonly file: string
}

/** Generates the code of one world of a WIT text into a folder; it is not formatted. */
export function generateWorld(wit: string, worldName: string, folder: string, views = false): GeneratedWorld {
  const resolve = load(wit)
  const world = worldOf(resolve, worldName)
  for (const model of plan(resolve, { worlds: [world], extension: '.ts', version: '0.0.0', views })) {
    const path = join(folder, `${model.path}.ts`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, renderTemplate(model))
  }
  return { resolve, world, file: join(folder, `${worldName}.ts`) }
}

/** A generated world class, as far as tests of any world can know it. */
export interface WorldClass {
  compile(source: Uint8Array): Promise<CompiledComponent>
  instantiate(compiled: CompiledComponent, options: InstanceOptions & { imports: object }): WorldObject
}
export interface WorldObject {
  dispose(): void
}

/** Imports the class that a generated file exports under a name. */
export async function importWorld(file: string, className: string): Promise<WorldClass> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>
  const found = module[className]
  if (typeof found !== 'function') throw new Error(`${file} does not export ${className}`)
  return found as unknown as WorldClass
}

/** What TypeScript finds wrong in the code of a folder, with the flags of this repository; one line each. */
export async function typeErrors(folder: string): Promise<readonly string[]> {
  const config = { extends: join(root, 'tsconfig.json'), include: ['**/*.ts'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const child = spawn(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const status = await new Promise((resolve) => void child.on('close', resolve))
  const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean)
  // What is wrong outside of the folder is for the type check of the whole repository to say.
  const mine = lines.filter((line) => !line.startsWith('..') && !/^\s/.test(line))
  return status !== 0 && lines.length === 0 ? [`tsc ended with ${String(status)}`] : mine
}
