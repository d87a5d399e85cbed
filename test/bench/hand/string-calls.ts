import type { Api } from '../api.ts'
import type { Core } from './core.ts'
import { invalid, isU32 } from './checks.ts'
import type { Guest } from './guest.ts'
import type { Strings } from './strings.ts'

type StringCalls = Pick<Api, 'echoString' | 'takeString' | 'keepString' | 'giveString' | 'callLog'>

export function stringCalls(guest: Guest, strings: Strings, core: Core): StringCalls {
  const { enter, enterChecked, run, leave, beginPostReturn, endPostReturn, failed, count, words, block } = guest
  const { lowerString, liftString } = strings
  const echoString = core.func<(ptr: number, n: number) => number>('echo-string')
  const echoStringPost = core.post('echo-string')
  const takeString = core.func<(ptr: number, n: number) => number>('take-string')
  const keepString = core.func<(ptr: number, n: number) => void>('keep-string')
  const giveString = core.func<() => number>('give-string')
  const giveStringPost = core.post('give-string')
  const callLog = core.func<(times: number, ptr: number, n: number) => number>('call-log')

  return {
    echoString(value) {
      enter()
      try {
        const ptr = lowerString('echo-string: value', value)
        run()
        const ret = block(echoString(ptr, count()), 8, 4)
        const result = liftString(words()[ret >>> 2] as number, words()[(ret >>> 2) + 1] as number)
        beginPostReturn()
        echoStringPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    takeString(value) {
      enter()
      try {
        const ptr = lowerString('take-string: value', value)
        run()
        const result = takeString(ptr, count())
        leave()
        return result >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
    keepString(value) {
      enter()
      try {
        const ptr = lowerString('keep-string: value', value)
        run()
        keepString(ptr, count())
        leave()
      } catch (error) {
        throw failed(error)
      }
    },
    giveString() {
      enterChecked()
      try {
        const ret = block(giveString(), 8, 4)
        const result = liftString(words()[ret >>> 2] as number, words()[(ret >>> 2) + 1] as number)
        beginPostReturn()
        giveStringPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    callLog(times, line) {
      if (!isU32(times)) invalid('call-log: times', 'u32', times)
      enter()
      try {
        const ptr = lowerString('call-log: line', line)
        run()
        const result = callLog(times, ptr, count())
        leave()
        return result >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
  }
}
