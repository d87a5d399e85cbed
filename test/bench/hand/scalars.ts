import type { Api, Color } from '../api.ts'
import type { Core } from './core.ts'
import { invalid, isObject, isU32, isU64 } from './checks.ts'
import type { Guest } from './guest.ts'

const COLORS: readonly Color[] = ['red', 'green', 'blue']

type Scalars = Pick<Api, 'noop' | 'add' | 'add64' | 'echoFlags' | 'echoColor' | 'callPing' | 'callAttempt'>

/** Functions whose parameters and results are core values. */
export function scalars(guest: Guest, core: Core): Scalars {
  const { enter, enterChecked, run, leave, failed, badDiscriminant } = guest
  const noop = core.func<() => void>('noop')
  const add = core.func<(a: number, b: number) => number>('add')
  const add64 = core.func<(a: bigint, b: bigint) => bigint>('add64')
  const echoFlags = core.func<(bits: number) => number>('echo-flags')
  const echoColor = core.func<(color: number) => number>('echo-color')
  const callPing = core.func<(times: number) => number>('call-ping')
  const callAttempt = core.func<(times: number, outcome: number) => number>('call-attempt')

  return {
    noop() {
      enterChecked()
      try {
        noop()
        leave()
      } catch (error) {
        throw failed(error)
      }
    },
    add(a, b) {
      if (!isU32(a)) invalid('add: a', 'u32', a)
      if (!isU32(b)) invalid('add: b', 'u32', b)
      enterChecked()
      try {
        const sum = add(a, b)
        leave()
        return sum >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
    add64(a, b) {
      if (!isU64(a)) invalid('add64: a', 'u64', a)
      if (!isU64(b)) invalid('add64: b', 'u64', b)
      enterChecked()
      try {
        const sum = add64(a, b)
        leave()
        return BigInt.asUintN(64, sum)
      } catch (error) {
        throw failed(error)
      }
    },
    echoFlags(value) {
      enter()
      try {
        if (!isObject(value)) invalid('echo-flags: value', 'perms', value)
        for (const key in value as object) {
          switch (key) {
            case 'read':
            case 'write':
            case 'exec':
            case 'share':
            case 'admin':
              break
            default:
              invalid('echo-flags: value', 'only flags of perms', key)
          }
        }
        const { read, write, exec, share, admin } = value
        const bits =
          flag('read', read) |
          (flag('write', write) << 1) |
          (flag('exec', exec) << 2) |
          (flag('share', share) << 3) |
          (flag('admin', admin) << 4)
        run()
        const result = echoFlags(bits)
        leave()
        return {
          read: (result & 1) !== 0,
          write: (result & 2) !== 0,
          exec: (result & 4) !== 0,
          share: (result & 8) !== 0,
          admin: (result & 16) !== 0,
        }
      } catch (error) {
        throw failed(error)
      }
    },
    echoColor(value) {
      let index: number
      switch (value) {
        case 'red':
          index = 0
          break
        case 'green':
          index = 1
          break
        case 'blue':
          index = 2
          break
        default:
          return invalid('echo-color: value', 'red, green or blue', value)
      }
      enterChecked()
      try {
        const color = COLORS[echoColor(index) >>> 0] ?? badDiscriminant()
        leave()
        return color
      } catch (error) {
        throw failed(error)
      }
    },
    callPing(times) {
      if (!isU32(times)) invalid('call-ping: times', 'u32', times)
      enterChecked()
      try {
        const value = callPing(times)
        leave()
        return value >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
    callAttempt(times, outcome) {
      if (!isU32(times)) invalid('call-attempt: times', 'u32', times)
      if (!isU32(outcome)) invalid('call-attempt: outcome', 'u32', outcome)
      enterChecked()
      try {
        const failures = callAttempt(times, outcome)
        leave()
        return failures >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
  }
}

/** Missing is false. */
function flag(name: string, value: unknown): number {
  if (value === true) return 1
  return value === false || value === undefined ? 0 : invalid(`echo-flags: value.${name}`, 'bool', value)
}
