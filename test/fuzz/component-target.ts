import { compile, isWasmError } from 'witgen/runtime'
import { planComponent } from '../../src/component/compile.ts'
import { ComponentError } from '../../src/component/component-error.ts'
import { readWitOfComponent } from '../../src/component/wit-package.ts'
import { WitGraph } from '../../src/component/wit-graph.ts'
import { isComponent } from '../../src/component/preamble.ts'
import { corpus } from './corpus.ts'
import { mutateBytes } from './mutate.ts'
import type { Target } from './target.ts'

const files = corpus(['test/component/fixtures', 'test/guests', 'test/bench'], '.wasm').filter(isComponent)

/** Whether `read` succeeds; anything but a refusal with a code and an offset is thrown on. */
function reads(read: () => unknown, size: number): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error
    if (!(error.offset >= 0 && error.offset <= size))
      throw new Error(`at byte ${error.offset} of ${size}`, { cause: error })
    return false
  }
}

/** Components: refused with `CMP####`, or decoded; compiling gives `WasmError` or a component. Nothing of them is run. */
export const componentTarget: Target = {
  name: 'component',
  extension: 'wasm',
  corpus: files,
  mutate: (random, seed) => mutateBytes(random, seed, files),
  async check(input) {
    const isPlanned = reads(() => planComponent(input), input.length)
    reads(() => readWitOfComponent(input, new WitGraph()), input.length)
    try {
      await compile(Uint8Array.from(input))
    } catch (error) {
      if (!isWasmError(error)) throw error
      return isPlanned
    }
    if (!isPlanned) throw new Error('compiled, though it cannot be decoded')
    return true
  },
}
