import type { Api } from './generated/demo/bodies/api.js'
import type { BodiesImports } from './generated/bodies.js'

const api: Api = {
  /** WIT: `size: func(name: string, deep: bool) -> u32` */
  size(name: string, deep: boolean): number {
    return deep ? name.length : 0
  },

  /** WIT: `find: func(a: u32, b: string, c: bool)` */
  find(
    a: number, // the first
    b: string, // the second
    c: boolean, // the third
  ) {
    console.log(a + 1, c)
  },
}

export const imports: BodiesImports = { 'demo:bodies/api': api }
