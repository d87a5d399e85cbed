import type { Kv } from './generated/demo/plugins/kv.js'

const makeKv = (values: Map<string, string>): Kv => ({
  get: (key) => values.get(key),
  set: (key: string, value: string | undefined) => {
    values.set(key, value ?? '')
  },

  /** WIT: `keys: func() -> list<string>` */
  keys(): readonly string[] {
    throw new Error('not implemented: demo:plugins/kv#keys')
  },
})

export default makeKv
