import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown, type Plugin } from 'rolldown'
import { generate } from '../../src/generate.ts'
import { wasiFolder } from './generate.ts'

/** Sizes of code as a bundler gives it to users, minified, in bytes. */
export interface Sizes {
  /** What a world with one function loads at once, all of it in one file: the runtime with its loader; gzipped. */
  readonly closureGzip: number
  /** The parts that are loaded on demand, each with what it alone needs, gzipped; by their module. */
  readonly onDemandGzip: Readonly<Record<string, number>>
  /** The generated code of that world, without the runtime. */
  readonly addOnly: number
  /** The generated code of wasi:cli/command; undefined where its WIT cannot be fetched. */
  readonly wasi: number | undefined
}

const runtime = fileURLToPath(new URL('../../src/runtime/', import.meta.url))
const alias = { 'witgen/runtime/v1': join(runtime, 'v1.ts'), 'witgen/runtime': join(runtime, 'index.ts') }

/** Measures what the code of this moment comes to. */
export async function runSizes(): Promise<Sizes> {
  const folder = mkdtempSync(join(tmpdir(), 'witgen-size-'))
  try {
    const wit = join(folder, 'add.wit')
    writeFileSync(wit, 'package a:add; world add { export add: func(a: u32, b: u32) -> u32; }')
    const options = { importExtension: 'ts', views: false } as const
    await generate({ inputs: [wit], out: join(folder, 'add'), ...options })
    const wasi = wasiFolder()
    if (wasi !== undefined)
      await generate({ inputs: [wasi], worlds: ['command'], out: join(folder, 'wasi'), ...options })
    const parts = new Set<string>()
    const closure = await bundled(join(folder, 'add/add.ts'), [leaveOut(parts)], false)
    const onDemand: Record<string, number> = {}
    for (const part of [...parts].sort()) {
      const code = await bundled(part, [leaveOut(new Set())], false)
      onDemand[part.slice(runtime.length - 'runtime/'.length)] = gzipSync(code).length
    }
    return {
      closureGzip: gzipSync(closure).length,
      onDemandGzip: onDemand,
      addOnly: await ownSize(join(folder, 'add')),
      wasi: wasi === undefined ? undefined : await ownSize(join(folder, 'wasi')),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** All code of a folder in one file, without the runtime. */
async function ownSize(folder: string): Promise<number> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const all = join(folder, 'all.mts')
  writeFileSync(all, files.map((file, i) => `export * as m${i} from './${file.replaceAll('\\', '/')}'\n`).join(''))
  return Buffer.byteLength(await bundled(all, [], true))
}

async function bundled(input: string, plugins: Plugin[], withoutRuntime: boolean): Promise<string> {
  const external = withoutRuntime ? /^witgen\// : /^@bytecodealliance\//
  const bundle = await rolldown({ input, platform: 'neutral', external, plugins, resolve: { alias } })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  const [chunk, ...others] = output
  if (others.length > 0) throw new Error(`one file was expected, not ${output.length}`)
  return chunk.code
}

/** Leaves out what is loaded with `import()`, and notes it. */
function leaveOut(parts: Set<string>): Plugin {
  return {
    name: 'leave-out',
    async resolveDynamicImport(specifier, importer) {
      if (typeof specifier !== 'string') return null
      const resolved = await this.resolve(specifier, importer)
      if (resolved?.id.startsWith(runtime.replace(/runtime.$/u, '')) === true) parts.add(resolved.id)
      return { id: specifier, external: true }
    },
  }
}

/** The sizes, one a line, beside what they should be. */
export function sizeTable({ closureGzip, onDemandGzip, addOnly, wasi }: Sizes): string[] {
  const kib = (n: number): string => `${(n / 1024).toFixed(1)} KiB`
  return [
    `runtime with loader, minified and gzipped: ${kib(closureGzip)} (at most 14)`,
    ...Object.entries(onDemandGzip).map(([part, size]) => `  on demand: ${part} with all it needs ${kib(size)}`),
    `generated code of a world with one function, minified: ${kib(addOnly)} (at most 2)`,
    `generated code of wasi:cli/command, minified: ${wasi === undefined ? 'not measured, its WIT comes through cargo' : `${kib(wasi)} (at most 60)`}`,
  ]
}
