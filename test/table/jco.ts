import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../scripts/guests/paths.ts'
import type { LoadedToolbox } from '../guests/instantiate-toolbox.ts'
import type { Compute } from '../guests/generated/test/toolbox/compute.ts'
import type { Counters } from '../guests/generated/test/toolbox/counters.ts'
import type { ToolboxGuest } from '../guests/toolbox-guests.ts'
import { ToolboxHost } from '../guests/toolbox-host.ts'

/** What `jco transpile --instantiation sync` writes. */
interface Transpiled {
  instantiate(
    getCoreModule: (path: string) => WebAssembly.Module,
    imports: object,
  ): { readonly compute: Compute; readonly counters?: Counters }
}

/** Translates a toolbox by jco; what it gives makes instances. */
export async function transpileToolbox({ world }: ToolboxGuest, path: string): Promise<() => LoadedToolbox> {
  // It is large, and not every run of a test needs it.
  const { transpile } = await import('@bytecodealliance/jco')
  const { files } = await transpile(readFileSync(path), {
    name: 'toolbox',
    instantiation: 'sync',
    noTypescript: true,
    base64Cutoff: 0,
  })
  const modules = new Map<string, WebAssembly.Module>()
  for (const [name, bytes] of Object.entries(files)) {
    if (name.endsWith('.wasm')) modules.set(name, new WebAssembly.Module(Uint8Array.from(bytes)))
  }
  const { instantiate } = await importModule(files['toolbox.js'])
  return () => {
    const host = new ToolboxHost()
    const getCoreModule = (name: string): WebAssembly.Module => {
      const module = modules.get(name)
      if (module === undefined) throw new Error(`jco wrote no ${name}`)
      return module
    }
    const { compute, counters } = instantiate(getCoreModule, host.imports(world))
    return { compute, counters, host, dispose: () => undefined }
  }
}

async function importModule(code: Uint8Array | undefined): Promise<Transpiled> {
  if (code === undefined) throw new Error('jco wrote no toolbox.js')
  const cache = join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'jco-'))
  try {
    const file = join(folder, 'toolbox.mjs')
    writeFileSync(file, code)
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Transpiled
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
