import type { Wasi } from './wasi/wasi.ts'

/** The WASI bridge, loaded when a guest is compiled that imports `wasi:*`. */
export interface WasiChunk {
  readonly Wasi: typeof Wasi
}

let chunk: WasiChunk | undefined

/** The bridge, where something has loaded it; linking is synchronous and cannot wait for it. */
export function loadedWasi(): WasiChunk | undefined {
  return chunk
}

/** Loads the bridge, once. */
export async function loadWasi(): Promise<void> {
  chunk ??= await import('./wasi/wasi.ts')
}
