import { reallocate, refresh } from '../abi/memory.ts'
import { resourceDrop, type AnyResource } from '../abi/resources.ts'
import type { Context } from '../context.ts'
import type { CoreFunction } from '../descriptor.ts'
import type { RelayStep } from '../link-program.ts'

const PAGE = 65536

/**
 * A memory for values on their way from the host to the host: where a component exports a function that it imports, no core
 * module has one. Blocks follow each other and are all gone with the next post-return.
 */
class ScratchMemory {
  readonly #cx: Context
  readonly #memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 0 })
  #end = 0

  constructor(cx: Context) {
    this.#cx = cx
    cx.memory = this.#memory
    cx.realloc = (old, oldSize, align, size) => this.#realloc(old, oldSize, align, size)
  }

  clear(): void {
    this.#end = 0
  }

  #realloc(old: number, oldSize: number, align: number, size: number): number {
    if (size <= oldSize) return old
    const start = Math.ceil(this.#end / align) * align
    this.#end = start + size
    const missing = this.#end - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE))
    if (missing > 0) refresh(this.#cx)
    this.#cx.U8.copyWithin(start, old, old + oldSize)
    return start
  }
}

/**
 * The core functions behind imported functions that a component exports as they are: what is lowered for the component is
 * lifted for the host again. As if of a core instance, by name; `post-return` ends each call that takes memory.
 *
 * @param lowered gives the core function that calls the host
 */
export function relayExports(
  step: RelayStep,
  cx: Context,
  lowered: (func: RelayStep['functions'][number]) => CoreFunction,
): Record<string, CoreFunction> {
  const scratch = new ScratchMemory(cx)
  const exports: Record<string, CoreFunction> = Object.create(null) as Record<string, CoreFunction>
  for (const func of step.functions) {
    const { name, result } = func
    const call = lowered(func) as (...args: unknown[]) => unknown
    exports[name] = ((...args: unknown[]): unknown => {
      const area = result === undefined ? [] : [reallocate(cx, 0, 0, result.align, result.size)]
      const given = call(...args, ...area)
      for (const [type, index] of cx.handles.borrows()) resourceDrop(cx, type as AnyResource, index)
      return result === undefined ? given : area[0]
    }) as CoreFunction
  }
  exports['post-return'] = () => scratch.clear()
  return exports
}
