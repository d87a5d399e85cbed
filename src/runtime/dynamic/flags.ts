import { flagsSize } from '../../abi/layout.ts'
import { camelCase } from '../../ir/index.ts'
import { isObject } from '../abi/checks.ts'
import { loadU16, loadU32, loadU8 } from '../abi/load.ts'
import { field, type Path } from '../abi/path.ts'
import { refuseThenable } from '../abi/promises.ts'
import { invalid } from '../abi/refusal.ts'
import { storeU16, storeU32, storeU8 } from '../abi/store.ts'
import { refuseKey } from '../abi/flags.ts'
import { i32, type CodecRules } from './codec.ts'
import { memberReader } from './members.ts'

const WORDS = {
  1: { load: loadU8, store: storeU8 },
  2: { load: loadU16, store: storeU16 },
  4: { load: loadU32, store: storeU32 },
} as const

/** An object of booleans; bits beyond the flags are ignored. Spec: `load_flags`, `pack_flags_into_int`. */
export const flagsRules: Pick<CodecRules, 'flags'> = {
  flags({ flags }, _codecs, wit) {
    const keys = flags.map((f) => camelCase(f.name))
    const known = new Set(keys)
    const readers = keys.map(memberReader)
    const expected = `one of the flags ${keys.join(', ')}`
    const size = flagsSize(keys.length)
    const word = WORDS[size]
    const lift = (bits: number): unknown => Object.fromEntries(keys.map((key, i) => [key, (bits & (1 << i)) !== 0]))
    const lower = (path: Path, value: unknown): number => {
      if (!isObject(value)) return invalid(path, wit, value)
      for (const key in value) if (!known.has(key)) refuseKey(path, value, key, expected)
      const values = readers.map((read) => read(value))
      let bits = 0
      for (const [i, key] of keys.entries()) {
        const flag = values[i] === undefined ? false : values[i]
        if (typeof flag !== 'boolean') invalid(field(path, key), 'bool', flag)
        if (flag) bits |= 1 << i
      }
      if (bits === 0) refuseThenable(path, wit, value)
      return bits
    }
    return {
      flat: ['i32'],
      size,
      align: size,
      load: (cx, ptr) => lift(word.load(cx, ptr)),
      liftFlat: (_cx, values, at) => lift(i32(values, at)),
      store: (cx, path, ptr, value) => word.store(cx, ptr, lower(path, value)),
      lowerFlat: (_cx, path, value, out) => void out.push(lower(path, value)),
    }
  },
}
