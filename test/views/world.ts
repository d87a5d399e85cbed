import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ArgumentBlock, CompiledComponent, NumberList, NumberType, RecordList } from 'witgen/runtime'
import { generateWorld, importWorld, type WorldClass, type WorldObject } from '../helpers/echo-guest-world.ts'
import { componentOf } from '../helpers/wat.ts'
import { VIEWS_WAT, VIEWS_WIT } from './guest.ts'

export interface Parcel {
  id: number
  weight: number
  label: string
  tags: Uint16Array
  note?: string | undefined
  constructor: boolean
}
type Numbers = (list: unknown, use?: unknown) => never

/** The ordinary functions of the guest. */
export interface Api extends Record<`${NumberType}s`, Numbers> {
  parcels(list: readonly Parcel[]): Parcel[]
  freed(): number
  allocations(): number
  dot(a: unknown, b: unknown): number
  mode(mode: number): void
}
/** Those with views. */
export interface Views {
  f64s<R>(list: unknown, use: (view: NumberList<'f64'>) => R): R
  u8s<R>(list: unknown, use: (view: NumberList<'u8'>) => R): R
  parcels<R>(list: readonly Parcel[], use: (view: RecordList<Parcel>) => R): R
  spoiled<R>(list: readonly Parcel[], use: (view: RecordList<Parcel>) => R): R
  attempt<R>(list: unknown, fail: boolean, use: (view: NumberList<'u32'>) => R): R
  at<R>(ptr: number, len: number, use: (view: NumberList<'f64'>) => R): R
  parcelsAt<R>(ptr: number, len: number, use: (view: RecordList<Parcel>) => R): R
  sum(list: unknown, times: number): number
  dot(a: unknown, b: unknown): number
  reserve<K extends NumberType>(type: K, n: number): ArgumentBlock<K>
  grown<R>(list: unknown, use: (view: NumberList<'f64'>) => R): R
}

/** An instance of the guest with both. */
export interface Guest {
  readonly world: WorldObject
  readonly api: Api
  readonly views: Views
}

/** Generates the code, and gives a function that makes new instances. */
export async function viewsGuest(folder: string): Promise<(options?: object) => Guest> {
  const { file } = generateWorld(VIEWS_WIT, 'w', folder, true)
  const World: WorldClass = await importWorld(file, 'W')
  const compiled: CompiledComponent = await World.compile(await componentOf(VIEWS_WAT, VIEWS_WIT))
  const url = pathToFileURL(join(folder, 'test/t/api.views.ts')).href
  const { viewsOfApi } = (await import(/* @vite-ignore */ url)) as { viewsOfApi: (exports: object) => Views }
  return (options = {}) => {
    const imports = { 'test:t/host': { ping() {} } }
    const world = World.instantiate(compiled, { imports, name: 'guest', ...options })
    const { api } = world as unknown as { readonly api: Api }
    return { world, api, views: viewsOfApi(api) }
  }
}
