import { HostTrap } from '../abi/host-trap.ts'
import type { WasiFace } from './face.ts'

/** The most bytes that `crypto.getRandomValues` gives at once. */
const BLOCK = 65_536

/** The most that a guest gets at once: the bytes are held twice before it has them. */
const MOST = 1n << 26n

function bytes(length: bigint): Uint8Array {
  if (length > MOST) {
    throw new HostTrap('AbiViolation', `${length} random bytes were asked for, at most ${MOST} are given at once`)
  }
  const all = new Uint8Array(Number(length))
  for (let at = 0; at < all.length; at += BLOCK) crypto.getRandomValues(all.subarray(at, at + BLOCK))
  return all
}

function u64(): bigint {
  return new DataView(bytes(8n).buffer).getBigUint64(0)
}

/** `wasi:random/random`. */
export const random: WasiFace = { getRandomBytes: bytes, getRandomU64: u64 }

/** `wasi:random/insecure`: as good as the other, it costs nothing more. */
export const insecure: WasiFace = { getInsecureRandomBytes: bytes, getInsecureRandomU64: u64 }

/** `wasi:random/insecure-seed`. */
export const insecureSeed: WasiFace = { insecureSeed: (): [bigint, bigint] => [u64(), u64()] }
