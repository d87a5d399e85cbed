import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NumberList, RecordList } from '../../src/runtime/index.ts'
import type { Api, Host, Item } from './api.ts'
import { instantiate as instantiateByHand } from './hand/index.ts'
import { host } from './host.ts'
import { rawApi } from './raw.ts'
import { share, type Sharing } from './sharing.ts'
import { type Watch, watched } from './watch.ts'

/** Bindings that are measured. `jco-1.10` is jco's last version before its async machinery. */
export type PeerName = 'raw' | 'hand' | 'witgen' | 'jco' | 'jco-1.10'

/** Where a peer's process finds what it measures: absolute paths. */
export interface PeerFiles {
  /** The guest, and a second one that differs, each as component and as core module. */
  readonly guests: readonly { readonly component: string; readonly core: string }[]
  /** The generated module of the world. */
  readonly witgen: string
  /** The generated module with the views of its results. */
  readonly views: string
  /** The folder of jco's output. */
  readonly jco: string
  readonly jco110: string
}

/** Makes an instance of the guest of that number; `raw` offers a part of the functions. jco has only the first guest. */
export type Instantiate = (guest: number) => Partial<Api>

/**
 * Loads the bindings and compiles the guest, once.
 *
 * @param watch who watches the instances; witgen's only
 */
export async function loadPeer(name: PeerName, files: PeerFiles, watch: Watch = 'off'): Promise<Instantiate> {
  switch (name) {
    case 'raw':
      return loadCore(files, (module) => rawApi(module))
    case 'hand':
      return loadCore(files, (module) => instantiateByHand(module, host))
    case 'witgen':
      return loadWitgen(files, watch)
    case 'jco':
      return loadJco(files.jco)
    case 'jco-1.10':
      return loadJco(files.jco110)
    default:
      return name satisfies never
  }
}

function loadCore({ guests }: PeerFiles, instantiate: (module: WebAssembly.Module) => Partial<Api>): Instantiate {
  const modules = guests.map(({ core }) => new WebAssembly.Module(readFileSync(core)))
  return (guest) => instantiate(at(modules, guest))
}

function at<T>(guests: readonly T[], guest: number): T {
  const found = guests[guest]
  if (found === undefined) throw new RangeError(`there is no guest ${guest}`)
  return found
}

/** What the benchmark uses of a generated world class. */
interface BenchWorld {
  compile(source: string): Promise<unknown>
  instantiate(compiled: unknown, options: { imports: Record<string, Host> }): { readonly api: Api }
}

/** What the benchmark uses of the generated views. */
interface BenchViews {
  giveBytes<R>(length: number, use: (view: NumberList<'u8'>) => R): R
  giveItems<R>(use: (view: RecordList<Item>) => R): R
}

async function loadWitgen({ witgen, views, guests }: PeerFiles, watch: Watch): Promise<Instantiate> {
  const { Bench } = (await import(pathToFileURL(witgen).href)) as { Bench: BenchWorld }
  const compiled = await Promise.all(guests.map(({ component }) => Bench.compile(component)))
  const { viewsOfApi } = (await import(pathToFileURL(views).href)) as { viewsOfApi: (api: Api) => BenchViews }
  const imports = { 'witgen:bench/host': host }
  return (guest) => {
    const { api } = watched(watch, (options) => Bench.instantiate(at(compiled, guest), { imports, ...options }))
    return share(api, () => witgenSharing(viewsOfApi(api)))
  }
}

function witgenSharing(views: BenchViews): Sharing {
  return {
    firstByte: (length) => views.giveBytes(length, (view) => view.at(0)),
    itemX: (index) => views.giveItems((items) => items.at(index).x),
    sumOfX: () =>
      views.giveItems((items) => {
        let sum = 0
        for (let i = 0, { length } = items; i < length; i++) sum += items.at(i).x
        return sum
      }),
  }
}

type JcoInstantiate = (
  getCoreModule: (path: string) => WebAssembly.Module,
  imports: Record<string, Host>,
) => { readonly api: Api }

async function loadJco(folder: string): Promise<Instantiate> {
  const { instantiate } = (await import(pathToFileURL(join(folder, 'guest.js')).href)) as {
    instantiate: JcoInstantiate
  }
  const modules = new Map<string, WebAssembly.Module>()
  const getCoreModule = (path: string): WebAssembly.Module => {
    let module = modules.get(path)
    if (module === undefined) modules.set(path, (module = new WebAssembly.Module(readFileSync(join(folder, path)))))
    return module
  }
  return () => instantiate(getCoreModule, { 'witgen:bench/host': host }).api
}
