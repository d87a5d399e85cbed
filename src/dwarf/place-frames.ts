import type { CoreFunction, GuestModule } from './guest-module.ts'
import { placesOf, type Place } from './places.ts'

/** What is known of a frame before. */
export interface Frame {
  readonly functionIndex?: number
  readonly functionName?: string
  readonly offset?: number
}

/**
 * Adds to frames of a stack where they are in the guest's source. A frame belongs to the core module that has its function, of
 * its name, around its offset; where several have, it stays as it is.
 */
export function placeFrames<F extends Frame>(
  frames: readonly F[],
  modules: readonly GuestModule[],
): readonly (F & Partial<Place>)[] {
  const owners = frames.map((frame) => {
    const candidates = modules.filter((module) => isIn(frame, module))
    return candidates.length === 1 ? candidates[0] : undefined
  })
  const places = new Map<GuestModule, ReadonlyMap<number, Place>>()
  for (const module of new Set(owners)) {
    if (module === undefined) continue
    const offsets = frames.flatMap(({ offset }, i) => (owners[i] === module && offset !== undefined ? [offset] : []))
    places.set(module, placesOf(module, offsets))
  }
  return frames.map((frame, i) => {
    const owner = owners[i]
    const place = owner && places.get(owner)?.get(frame.offset ?? -1)
    return place === undefined ? frame : { ...frame, ...place }
  })
}

function isIn({ functionIndex, functionName, offset }: Frame, { functions }: GuestModule): boolean {
  if (functionIndex === undefined || offset === undefined) return false
  const first = functions[0]?.index ?? 0
  const func: CoreFunction | undefined = functions[functionIndex - first]
  if (func === undefined || offset < func.start || offset >= func.end) return false
  // Without a name section engines call a function by its export, or not at all.
  return func.name === undefined || functionName === undefined || func.name === functionName
}
