/** What checks options, holds a component to a world, works out how to link it, gives seats, holds peers and hooks; a chunk of its own. */
type FitChunk = typeof import('./fit.ts')

let chunk: FitChunk | undefined

/**
 * What compares and prepares; instantiating is synchronous and cannot wait for it, but follows compiling, which loads it.
 *
 * @throws TypeError where nothing has been compiled yet
 */
export function loadedFit(): FitChunk {
  if (chunk === undefined) throw new TypeError('a component was made without compile()')
  return chunk
}

/** Loads it, once. */
export async function loadFit(): Promise<void> {
  chunk ??= await import('./fit.ts')
}
