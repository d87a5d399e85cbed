import type { DynamicChunk } from './dynamic/linker.ts'

let chunk: DynamicChunk | undefined

/** The dynamic codec, where something has loaded it; linking is synchronous and cannot wait for it. */
export function loadedDynamic(): DynamicChunk | undefined {
  return chunk
}

/** Loads the dynamic codec, once. */
export async function loadDynamic(): Promise<void> {
  chunk ??= await import('./dynamic/index.ts')
}
