/**
 * `node componentize-js.ts SOURCE WIT WORLD OUT`: what `jco componentize --disable all` does, with the WIT of a folder as one text.
 * jco's command hands over the folder, which componentize-js cannot read where preview2-shim is newer than 0.26.0
 * ("os error 44").
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { readWit } from '../../src/wit/read.ts'
import { resolveToWit } from '../../src/wit/to-wit.ts'

/** What componentize-js does; its own types lack the WIT as text. */
interface ComponentizeJs {
  componentize(source: string, options: Options): Promise<{ readonly component: Uint8Array }>
}

interface Options {
  readonly sourceName: string
  readonly witWorld: string
  readonly worldName: string
  readonly disableFeatures: readonly string[]
}

/** All that would import something of WASI. */
const FEATURES = ['stdio', 'random', 'clocks', 'http', 'fetch-event']

const [source, wit, world, out] = process.argv.slice(2)
if (source === undefined || wit === undefined || world === undefined || out === undefined) {
  throw new Error('usage: componentize-js.ts SOURCE WIT WORLD OUT')
}
const brought: string = '@bytecodealliance/componentize-js' // by jco
const { componentize } = (await import(brought)) as ComponentizeJs
const { component } = await componentize(readFileSync(source, 'utf8'), {
  sourceName: basename(source),
  witWorld: resolveToWit(readWit(wit).resolve),
  worldName: world,
  disableFeatures: FEATURES,
})
writeFileSync(out, component)
