import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache } from './fetch.ts'
import { randomPackages, writeReferenceText } from './reference-tool.ts'

/** A set of packages that the reference tool made of random bytes. */
export interface RandomPackage {
  /** Tells it apart from the others: a number, and the flags. */
  readonly title: string
  /** The packages in binary form. */
  readonly binary: string
  /** The same as a WIT folder. */
  readonly text: string
}

const basic = ['--fixed-length-lists', '--world-include']
/** What may occur in the packages, in turns. */
const turns: readonly (readonly string[])[] = [
  basic,
  [...basic, '--implements'],
  [...basic, '--async', '--futures', '--streams', '--error-context'],
  [...basic, '--implements', '--canonical-names'],
]

/** Makes so many sets of packages, always the same for a seed. */
export function makeRandomPackages(seed: number, count: number): readonly RandomPackage[] {
  const folder = join(cache, 'random')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const random = generator(seed)
  const made: RandomPackage[] = []
  for (let tries = 0; made.length < count; tries++) {
    // About a quarter of the bytes give nothing.
    if (tries > 10 * count) throw new Error(`only ${made.length} of ${tries} runs gave packages`)
    const flags = turns[made.length % turns.length] ?? basic
    const wasm = randomPackages(randomBytes(random), flags)
    if (wasm === undefined) continue
    const name = String(made.length)
    const binary = join(folder, `${name}.wasm`)
    const text = join(folder, name)
    writeFileSync(binary, wasm)
    writeReferenceText(binary, text)
    made.push({ title: `package ${name} (${flags.join(' ')})`, binary, text })
  }
  return made
}

/** What wit-smith decides by. It reads "one more of these" from the lowest bit of a byte, which is therefore mostly set. */
function randomBytes(random: () => number): Uint8Array {
  return Uint8Array.from({ length: 4000 }, () => (Math.floor(random() * 128) << 1) | (random() < 0.8 ? 1 : 0))
}

/** Numbers from 0 to below 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
