import type { WasiFace } from './face.ts'
import { Pollable } from './pollable.ts'

/** `wasi:clocks/monotonic-clock`, in nanoseconds since the host began. */
export const monotonicClock: WasiFace = {
  now,
  resolution: (): bigint => 1000n,
  subscribeInstant: (when: bigint): Pollable => at(Number(when) / 1e6),
  subscribeDuration: (duration: bigint): Pollable => at(performance.now() + Number(duration) / 1e6),
}

function now(): bigint {
  return BigInt(Math.round(performance.now() * 1e6))
}

function at(deadline: number): Pollable {
  return new Pollable({ isReady: () => performance.now() >= deadline, deadline })
}
