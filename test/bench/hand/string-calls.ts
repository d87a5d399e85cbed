import type { Api } from '../api.ts'
import type { Core } from './core.ts'
import { beginPostReturn, block, enter, enterChecked, failed, type Guest, IDLE, invalid, isU32 } from './guest.ts'
import { leave, RUNNING } from './guest.ts'
import { liftString, lowerString } from './strings.ts'

type StringCalls = Pick<Api, 'echoString' | 'takeString' | 'keepString' | 'giveString' | 'callLog'>

export function stringCalls(guest: Guest, core: Core): StringCalls {
  const echoString = core.func<(ptr: number, n: number) => number>('echo-string')
  const echoStringPost = core.post('echo-string')
  const takeString = core.func<(ptr: number, n: number) => number>('take-string')
  const keepString = core.func<(ptr: number, n: number) => void>('keep-string')
  const giveString = core.func<() => number>('give-string')
  const giveStringPost = core.post('give-string')
  const callLog = core.func<(times: number, ptr: number, n: number) => number>('call-log')

  return {
    echoString(value) {
      enter(guest)
      try {
        const ptr = lowerString(guest, 'echo-string: value', value)
        guest.state = RUNNING
        const ret = block(guest, echoString(ptr, guest.count), 8, 4)
        const result = liftString(guest, guest.U32[ret >>> 2] as number, guest.U32[(ret >>> 2) + 1] as number)
        beginPostReturn(guest)
        echoStringPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    takeString(value) {
      enter(guest)
      try {
        const ptr = lowerString(guest, 'take-string: value', value)
        guest.state = RUNNING
        const result = takeString(ptr, guest.count)
        leave(guest)
        return result >>> 0
      } catch (error) {
        throw failed(guest, error)
      }
    },
    keepString(value) {
      enter(guest)
      try {
        const ptr = lowerString(guest, 'keep-string: value', value)
        guest.state = RUNNING
        keepString(ptr, guest.count)
        leave(guest)
      } catch (error) {
        throw failed(guest, error)
      }
    },
    giveString() {
      enterChecked(guest)
      try {
        const ret = block(guest, giveString(), 8, 4)
        const result = liftString(guest, guest.U32[ret >>> 2] as number, guest.U32[(ret >>> 2) + 1] as number)
        beginPostReturn(guest)
        giveStringPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    callLog(times, line) {
      if (!isU32(times)) invalid('call-log: times', 'u32', times)
      enter(guest)
      try {
        const ptr = lowerString(guest, 'call-log: line', line)
        guest.state = RUNNING
        const result = callLog(times, ptr, guest.count)
        leave(guest)
        return result >>> 0
      } catch (error) {
        throw failed(guest, error)
      }
    },
  }
}
