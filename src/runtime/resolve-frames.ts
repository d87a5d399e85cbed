import { ComponentError } from '../component/component-error.ts'
import { WasmError } from './errors.ts'
import type { WasmFrame } from './frames.ts'
import { readSource, UNNAMED, type ByteSource } from './source.ts'

/** A call of a core function on the stack, with its place in the guest's source where the guest carries DWARF. */
export type SourceFrame = WasmFrame

/**
 * The frames of an error with files, lines and columns from a guest that is at hand as a source: `error.frames` has them where
 * what ran carried DWARF (versions 2 to 5) itself, this also where it was stripped of it. Without debug information, and in engines that print no offsets, the frames stay
 * as they are. Functions that the compiler has inlined have no frames of their own.
 *
 * @param source the component, or core module, that was instantiated, byte by byte; a policy makes no difference
 * @throws WasmError `InvalidModule` when the source cannot be read or is no component
 */
export async function resolveFrames(error: WasmError, source: ByteSource): Promise<readonly SourceFrame[]> {
  const { frames } = error
  if (frames.length === 0) return frames
  const [{ placeFramesIn }, { bytes, name }] = await Promise.all([import('../dwarf/index.ts'), readSource(source)])
  try {
    return placeFramesIn(frames, bytes).frames
  } catch (cause) {
    if (!(cause instanceof ComponentError)) throw cause
    throw new WasmError('InvalidModule', name ?? UNNAMED, undefined, cause.message, { cause })
  }
}
