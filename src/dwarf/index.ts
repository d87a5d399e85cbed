import { coreModules } from './core-modules.ts'
import { readGuestModule } from './guest-module.ts'
import { hasLineTable } from './line-table.ts'
import { placeFrames, type Frame } from './place-frames.ts'
import type { Place } from './places.ts'

export { coreModules } from './core-modules.ts'
export { readGuestModule, type CoreFunction, type GuestModule } from './guest-module.ts'
export { hasLineTable } from './line-table.ts'
export { placeFrames } from './place-frames.ts'
export { functionPlaces, placesOf, type Place } from './places.ts'

/** Frames with the places that were found. */
export interface PlacedFrames<F> {
  readonly frames: readonly (F & Partial<Place>)[]
  /** Whether any of the core modules says where its code comes from. */
  readonly hasDebugInfo: boolean
}

/**
 * Adds to the frames of a stack where they are in the guest's source.
 *
 * @param bytes the component, or core module, that ran
 * @throws ComponentError when the bytes are neither
 */
export function placeFramesIn<F extends Frame>(frames: readonly F[], bytes: Uint8Array): PlacedFrames<F> {
  const modules = coreModules(bytes)
  return {
    frames: placeFrames(frames, modules.map(readGuestModule)),
    hasDebugInfo: modules.some(hasLineTable),
  }
}
