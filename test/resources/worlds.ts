import { readFileSync } from 'node:fs'
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco'
import type { CompiledComponent } from '../../src/runtime/index.ts'
import { generateWorld, importWorld, type WorldClass } from '../helpers/echo-guest-world.ts'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** A world of this folder: its generated class, and its guest. */
export interface Built {
  readonly WorldClass: WorldClass
  readonly compiled: CompiledComponent
}

/**
 * Generates the world of `NAME.wit` and builds its guest, `NAME.wat`.
 *
 * @param folder where the code goes
 */
export async function build(name: string, world: string, className: string, folder: string): Promise<Built> {
  const wit = read(`${name}.wit`)
  const { file } = generateWorld(wit, world, folder)
  const core = await parse(read(`${name}.wat`))
  const embedded = await componentEmbed({ binary: core, witSource: wit, world, stringEncoding: 'utf8' })
  const WorldClass = await importWorld(file, className)
  const compiled = await WorldClass.compile(await componentNew(embedded, []))
  return { WorldClass, compiled }
}

/** What a call throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
