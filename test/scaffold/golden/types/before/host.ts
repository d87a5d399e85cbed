import type { Api, Item, Level, Options } from './generated/demo/types/api.js'
import type { TypesImports } from './generated/types.js'

const items = [{ name: 'a' }]

export const api: Api = {
  /** WIT: `write: func(level: level, text: string)` */
  write(level: Level, text: string): void {
    console.log(level === 'high' ? text.toUpperCase() : text)
  },

  /** WIT: `find: func(options: options) -> option<item>` */
  find(_options: Options): Item | undefined {
    return items[0]
  },

  /** WIT: `first: func() -> item` */
  first(): Item {
    return { name: 'a' }
  },
}

export const imports: TypesImports = { 'demo:types/api': api }
