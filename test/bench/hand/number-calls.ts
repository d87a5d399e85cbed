import type { Api } from '../api.ts'
import type { Core } from './core.ts'
import { invalid, isU32 } from './checks.ts'
import type { Guest } from './guest.ts'
import type { Numbers } from './numbers.ts'

type NumberCalls = Pick<Api, 'echoBytes' | 'giveBytes' | 'echoF64s' | 'sumF64s'>

export function numberCalls(guest: Guest, numbers: Numbers, core: Core): NumberCalls {
  const { enter, enterChecked, run, leave, beginPostReturn, endPostReturn, failed, count, block } = guest
  const { lowerBytes, liftBytes, lowerF64s, liftF64s } = numbers
  const echoBytes = core.func<(ptr: number, n: number) => number>('echo-bytes')
  const echoBytesPost = core.post('echo-bytes')
  const echoF64s = core.func<(ptr: number, n: number) => number>('echo-f64s')
  const echoF64sPost = core.post('echo-f64s')
  const giveBytes = core.func<(length: number) => number>('give-bytes')
  const giveBytesPost = core.post('give-bytes')
  const sumF64s = core.func<(ptr: number, n: number) => number>('sum-f64s')

  return {
    echoBytes(value) {
      enter()
      try {
        const ptr = lowerBytes('echo-bytes: value', value)
        run()
        const ret = block(echoBytes(ptr, count()), 8, 4)
        const result = liftBytes(ret)
        beginPostReturn()
        echoBytesPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    giveBytes(length) {
      if (!isU32(length)) invalid('give-bytes: length', 'u32', length)
      enterChecked()
      try {
        const ret = block(giveBytes(length), 8, 4)
        const result = liftBytes(ret)
        beginPostReturn()
        giveBytesPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    echoF64s(value) {
      enter()
      try {
        const ptr = lowerF64s('echo-f64s: value', value)
        run()
        const ret = block(echoF64s(ptr, count()), 8, 4)
        const result = liftF64s(ret)
        beginPostReturn()
        echoF64sPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    sumF64s(value) {
      enter()
      try {
        const ptr = lowerF64s('sum-f64s: value', value)
        run()
        const result = sumF64s(ptr, count())
        leave()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
  }
}
