import type { WasiFace } from './face.ts'
import type { Datetime } from './filesystem/stat.ts'

/** `wasi:clocks/wall-clock`. */
export const wallClock: WasiFace = {
  now(): Datetime {
    const ms = Date.now()
    return { seconds: BigInt(Math.floor(ms / 1000)), nanoseconds: (ms % 1000) * 1_000_000 }
  },
  resolution: (): Datetime => ({ seconds: 0n, nanoseconds: 1_000_000 }),
}
