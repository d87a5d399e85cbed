import type { Kv } from './generated/demo/plugins/kv.js'

const makeKv = (values: Map<string, string>): Kv => ({
  get: (key) => values.get(key),
  set: (key: string, value: string) => {
    values.set(key, value ?? '')
  },
})

export default makeKv
