import {
  coreModules,
  functionPlaces,
  placeFramesIn,
  placesOf,
  readGuestModule,
  type GuestModule,
} from '../../src/dwarf/index.ts'
import { corpus } from './corpus.ts'
import { mutateBytes } from './mutate.ts'
import type { Random } from './random.ts'
import type { Target } from './target.ts'

interface Section {
  readonly id: number
  /** Of custom sections. */
  readonly name: string
  /** Behind the name. */
  readonly content: Uint8Array
}

/** Longer than reading any of these takes, in milliseconds, on a machine that is busy with other things. */
const LIMIT_MS = 2000

const cores = corpus(['test/guests/debug'], '.wasm')
  .flatMap(coreModules)
  .filter((bytes) => sectionsOf(bytes).some(isOfDebugger))
const contents = cores.flatMap((bytes) =>
  sectionsOf(bytes)
    .filter(isOfDebugger)
    .map(({ content }) => content),
)

/** What is found in the modules as they are. */
const unchanged: ReadonlySet<string> = new Set(
  cores.map(readGuestModule).map((module) => JSON.stringify([...placesOf(module, offsetsIn(module))])),
)

/** Core modules with debug information that is wrong: places are found or not, and nothing is thrown, in a short time. */
export const dwarfTarget: Target = {
  name: 'dwarf',
  extension: 'wasm',
  corpus: cores,
  mutate(random, seed) {
    const sections = sectionsOf(seed)
    const chosen = random.pick(sections.filter((one) => isOfDebugger(one) && isReadHere(random, one)))
    return moduleOf(sections.map((one) => (one === chosen ? mutated(random, one) : one)))
  },
  check(input) {
    const begun = performance.now()
    if (!WebAssembly.validate(Uint8Array.from(input))) return false
    const module = readGuestModule(input)
    const places = placesOf(module, offsetsIn(module))
    functionPlaces(module)
    const frames = module.functions.map(({ index, start }) => ({ functionIndex: index, offset: start }))
    if (placeFramesIn(frames, input).frames.length !== frames.length) throw new Error('frames were lost')
    for (const { file, line = 1, column = 1 } of places.values()) {
      const isRight = typeof file === 'string' && [line, column].every((n) => Number.isSafeInteger(n) && n > 0)
      if (!isRight) throw new Error(`a place at ${file}:${line}:${column}`)
    }
    const took = performance.now() - begun
    if (took > LIMIT_MS) throw new Error(`it took ${Math.round(took)} ms`)
    return places.size > 0 && !unchanged.has(JSON.stringify([...places]))
  },
}

function offsetsIn({ functions }: GuestModule): readonly number[] {
  return functions.flatMap(({ start, end }) => [start, (start + end) >> 1, end - 1])
}

/** Nearly always one that is read, or that is read from. */
function isReadHere(random: Random, { name }: Section): boolean {
  return /^\.debug_(?:line|str|line_str)$/u.test(name) || random.below(10) === 0
}

function mutated(random: Random, section: Section): Section {
  return { ...section, content: mutateBytes(random, section.content, contents) }
}

function isOfDebugger({ name }: Section): boolean {
  return name.startsWith('.debug_') || name === 'name'
}

function sectionsOf(bytes: Uint8Array): readonly Section[] {
  const sections: Section[] = []
  let pos = 8
  const u32 = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[pos++] ?? 0
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  while (pos < bytes.length) {
    const id = bytes[pos++] ?? 0
    const end = u32() + pos
    const length = id === 0 ? u32() : 0
    const name = new TextDecoder().decode(bytes.subarray(pos, pos + length))
    sections.push({ id, name, content: bytes.subarray(pos + length, end) })
    pos = end
  }
  return sections
}

function moduleOf(sections: readonly Section[]): Uint8Array {
  const out: number[] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  for (const { id, name, content } of sections) {
    const text = new TextEncoder().encode(name)
    const head = id === 0 ? [...leb(text.length), ...text] : []
    out.push(id, ...leb(head.length + content.length), ...head, ...content)
  }
  return Uint8Array.from(out)
}

function leb(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 0x80, ...leb(Math.floor(value / 128))]
}
