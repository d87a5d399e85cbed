import type { Api } from '../api.ts'
import type { Core } from './core.ts'
import { beginPostReturn, block, enter, enterChecked, failed, type Guest, IDLE, invalid, isU32 } from './guest.ts'
import { leave, RUNNING } from './guest.ts'
import { liftBytes, liftF64s, lowerBytes, lowerF64s } from './numbers.ts'

type NumberCalls = Pick<Api, 'echoBytes' | 'giveBytes' | 'echoF64s' | 'sumF64s'>

export function numberCalls(guest: Guest, core: Core): NumberCalls {
  const echoBytes = core.func<(ptr: number, n: number) => number>('echo-bytes')
  const echoBytesPost = core.post('echo-bytes')
  const echoF64s = core.func<(ptr: number, n: number) => number>('echo-f64s')
  const echoF64sPost = core.post('echo-f64s')
  const giveBytes = core.func<(length: number) => number>('give-bytes')
  const giveBytesPost = core.post('give-bytes')
  const sumF64s = core.func<(ptr: number, n: number) => number>('sum-f64s')

  return {
    echoBytes(value) {
      enter(guest)
      try {
        const ptr = lowerBytes(guest, 'echo-bytes: value', value)
        guest.state = RUNNING
        const ret = block(guest, echoBytes(ptr, guest.count), 8, 4)
        const result = liftBytes(guest, ret)
        beginPostReturn(guest)
        echoBytesPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    giveBytes(length) {
      if (!isU32(length)) invalid('give-bytes: length', 'u32', length)
      enterChecked(guest)
      try {
        const ret = block(guest, giveBytes(length), 8, 4)
        const result = liftBytes(guest, ret)
        beginPostReturn(guest)
        giveBytesPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoF64s(value) {
      enter(guest)
      try {
        const ptr = lowerF64s(guest, 'echo-f64s: value', value)
        guest.state = RUNNING
        const ret = block(guest, echoF64s(ptr, guest.count), 8, 4)
        const result = liftF64s(guest, ret)
        beginPostReturn(guest)
        echoF64sPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    sumF64s(value) {
      enter(guest)
      try {
        const ptr = lowerF64s(guest, 'sum-f64s: value', value)
        guest.state = RUNNING
        const result = sumF64s(ptr, guest.count)
        leave(guest)
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
  }
}
