import { CodeMap } from '../../component/rewrite/code-map.ts'
import { readShape } from '../../component/rewrite/module-shape.ts'
import { functionNames, isNameSection } from '../../component/rewrite/name-section.ts'
import { rewriteModule } from '../../component/rewrite/rewrite.ts'
import { Cursor } from '../../component/rewrite/cursor.ts'
import { placeFramesBy, type WasmError } from '../errors.ts'
import type { WasmFrame } from '../frames.ts'
import { withLines } from '../source-lines.ts'
import type { CoreCode } from './core-code.ts'
import type { PolicyNeeds } from './needs.ts'

/**
 * Lets the frames of an error say where the guest was in its own code, not in that which a policy has made of it. That is
 * worked out when they are asked for, by writing the code once more.
 *
 * @param cores the core modules as they came; without them frames lose their offsets
 */
export function traceFrames(error: WasmError, { needs }: CoreCode, cores: readonly Uint8Array[] | undefined): void {
  if (needs !== undefined) placeFramesBy(error, (frames) => withLines(originalFrames(frames, needs, cores), cores))
}

function originalFrames(
  frames: readonly WasmFrame[],
  needs: PolicyNeeds,
  cores: readonly Uint8Array[] = [],
): readonly WasmFrame[] {
  const indices = new Set(frames.map(({ functionIndex = -1 }) => functionIndex))
  const modules = frames.length === 0 ? [] : cores.flatMap((core, module) => mapOf(core, needs, module, indices) ?? [])
  return frames.flatMap((frame) => {
    const { functionIndex: index, offset, functionName, ...rest } = frame
    if (index === undefined || offset === undefined) return [frame]
    const name = functionName === undefined ? {} : { functionName }
    const found = modules.filter(({ map }) => map.has(index, offset))
    const named = found.length === 1 ? found : found.filter(({ names }) => names().get(index) === functionName)
    const [only] = named
    // Where it cannot be told which module it is, no offset is better than a wrong one.
    if (only === undefined || named.length > 1) return [{ ...rest, functionIndex: index, ...name }]
    // What was added is no code of the guest.
    if (index >= only.map.firstAdded) return []
    const before = only.map.before(index, offset)
    return [{ ...rest, functionIndex: index, ...name, ...(before === undefined ? {} : { offset: before }) }]
  })
}

interface MappedModule {
  readonly map: CodeMap
  readonly names: () => ReadonlyMap<number, string>
}

/** Undefined for bytes that have been changed since they were compiled. */
function mapOf(
  core: Uint8Array,
  needs: PolicyNeeds,
  module: number,
  indices: ReadonlySet<number>,
): MappedModule | undefined {
  if (!WebAssembly.validate(core as BufferSource)) return undefined
  const map = new CodeMap(indices)
  rewriteModule(core, { ...needs, module }, map)
  return { map, names: () => namesOf(core) }
}

function namesOf(core: Uint8Array): ReadonlyMap<number, string> {
  for (const { id, start, end } of readShape(core).sections) {
    const c = new Cursor(core, start, end)
    if (id === 0 && isNameSection(c)) return functionNames(c)
  }
  return new Map()
}
