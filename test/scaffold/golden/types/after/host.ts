import type { Api, Entry, Severity } from './generated/demo/types/api.js'
import type { TypesImports } from './generated/types.js'

const items = [{ name: 'a' }]

export const api: Api = {
  /** WIT: `write: func(level: severity, text: string)` */
  write(level: Severity, text: string): void {
    console.log(level === 'high' ? text.toUpperCase() : text)
  },

  /** WIT: `find: func(name: string) -> option<entry>` */
  find(name: string): Entry | undefined {
    return items[0]
  },

  /** WIT: `first: func() -> entry` */
  first(): Entry {
    return { name: 'a' }
  },
}

export const imports: TypesImports = { 'demo:types/api': api }
