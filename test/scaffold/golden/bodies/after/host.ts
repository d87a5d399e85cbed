import type { Api } from './generated/demo/bodies/api.js'
import type { BodiesImports } from './generated/bodies.js'

const api: Api = {
  // witgen: demo:bodies/api#size has no parameter `deep` any more, and still uses it
  /** WIT: `size: func(name: string) -> u64` */
  size(name: string): bigint {
    return deep ? name.length : 0
  },

  /** WIT: `find: func(c: bool, a: u64)` */
  find(
    c: boolean, // the first
    a: bigint, // the third
  ) {
    console.log(a + 1, c)
  },
}

export const imports: BodiesImports = { 'demo:bodies/api': api }
