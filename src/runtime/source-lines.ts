import { customSections } from '../component/custom-sections.ts'
import { placeFramesBy, WasmError } from './errors.ts'
import type { WasmFrame } from './frames.ts'

let dwarf: typeof import('../dwarf/index.ts') | undefined
/** The core modules that carry a table of source lines: those of components that are alive. */
const lined = new WeakSet<Uint8Array>()

/**
 * Loads what reads tables of source lines, where a core module carries one: frames are asked for synchronously.
 *
 * @param cores as the engine has accepted them just now
 */
export async function loadLines(cores: readonly Uint8Array[]): Promise<void> {
  const found = cores.filter((core) => customSections(core, '.debug_line').some(({ name }) => name === '.debug_line'))
  for (const core of found) lined.add(core)
  if (dwarf === undefined && found.length > 0) dwarf = await import('../dwarf/index.ts')
}

function hasLines(core: Uint8Array): boolean {
  return lined.has(core)
}

/**
 * The frames with files, lines and columns, where the guest carries DWARF for their code.
 *
 * @param cores the core modules that ran, as they came
 */
export function withLines(frames: readonly WasmFrame[], cores: readonly Uint8Array[] = []): readonly WasmFrame[] {
  if (dwarf === undefined || frames.length === 0 || !cores.some(hasLines)) return frames
  try {
    // All of them: a frame belongs to the only one that has such a function there.
    return dwarf.placeFrames(frames, cores.map(dwarf.readGuestModule))
  } catch {
    // The bytes have been changed since they were compiled.
    return frames
  }
}

/** What lets the errors of an instance tell of lines; undefined where it has none. */
export function lineTeller(cores: readonly Uint8Array[] = []): ((error: unknown) => void) | undefined {
  if (dwarf === undefined || !cores.some(hasLines)) return undefined
  return (error) => {
    if (error instanceof WasmError) placeFramesBy(error, (frames) => withLines(frames, cores))
  }
}
