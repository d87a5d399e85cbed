import { planComponent } from '../../src/component/compile.ts'
import { isComponent } from '../../src/component/preamble.ts'
import { rewriteModule, UnknownInstruction, type RewriteOptions } from '../../src/component/rewrite/rewrite.ts'
import { corpus } from './corpus.ts'
import { mutateBytes } from './mutate.ts'
import type { Target } from './target.ts'

const ALL: RewriteOptions = {
  module: 0,
  maxMemoryPages: 5000,
  maxTableElements: 100_000,
  memories: true,
  budget: true,
  noWaiting: true,
  depth: true,
}
const CHOICES: readonly RewriteOptions[] = [
  ALL,
  { ...ALL, depth: false },
  { ...ALL, budget: false },
  { ...ALL, budget: false, depth: false, memories: false, maxMemoryPages: undefined },
]

const files = corpus(['test/component/fixtures', 'test/guests', 'test/bench', 'test/property'], '.wasm')
const cores = files.flatMap((bytes) => (isComponent(bytes) ? planComponent(bytes).modules : [bytes]))

/** Core modules: what the engine takes, it takes with checks in it too, with the same imports and exports. */
export const rewriteTarget: Target = {
  name: 'rewrite',
  extension: 'wasm',
  corpus: cores,
  mutate: (random, seed) => mutateBytes(random, seed, cores),
  check(input) {
    const bytes = Uint8Array.from(input)
    if (!WebAssembly.validate(bytes)) return false
    const before = surface(bytes)
    for (const options of CHOICES) {
      try {
        const after = surface(rewriteModule(bytes, options).bytes)
        if (after !== before) throw new Error(`it has other imports or exports:\n${before}\n${after}`)
      } catch (error) {
        // What is not known is refused before anything runs; that is what the policy promises.
        if (!(error instanceof UnknownInstruction)) throw error
      }
    }
    return true
  },
}

/** Imports but for the guard's, and exports. */
function surface(bytes: Uint8Array<ArrayBuffer>): string {
  const module = new WebAssembly.Module(bytes)
  const imports = WebAssembly.Module.imports(module).filter((item) => item.module !== 'witgen:guard')
  return JSON.stringify([imports, WebAssembly.Module.exports(module)])
}
