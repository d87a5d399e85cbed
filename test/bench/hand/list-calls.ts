import type { Api } from '../api.ts'
import type { Core } from './core.ts'
import { beginPostReturn, block, enter, enterChecked, failed, type Guest, IDLE, leave, RUNNING } from './guest.ts'
import {
  liftItems,
  liftPairs,
  liftPoints,
  liftStrings,
  lowerItems,
  lowerPairs,
  lowerPoints,
  lowerStrings,
} from './lists.ts'

type ItemCalls = Pick<Api, 'echoItems' | 'takeItems' | 'keepItems' | 'giveItems' | 'echoPoints'>
type StringListCalls = Pick<Api, 'echoStrings' | 'takeStrings' | 'keepStrings' | 'giveStrings' | 'echoPairs'>

/** Functions over lists of records. */
export function itemCalls(guest: Guest, core: Core): ItemCalls {
  const echoPoints = core.func<(ptr: number, n: number) => number>('echo-points')
  const echoPointsPost = core.post('echo-points')
  const echoItems = core.func<(ptr: number, n: number) => number>('echo-items')
  const echoItemsPost = core.post('echo-items')
  const takeItems = core.func<(ptr: number, n: number) => number>('take-items')
  const keepItems = core.func<(ptr: number, n: number) => void>('keep-items')
  const giveItems = core.func<() => number>('give-items')
  const giveItemsPost = core.post('give-items')

  return {
    echoPoints(value) {
      enter(guest)
      try {
        const ptr = lowerPoints(guest, 'echo-points: value', value)
        guest.state = RUNNING
        const ret = block(guest, echoPoints(ptr, guest.count), 8, 4)
        const result = liftPoints(guest, ret)
        beginPostReturn(guest)
        echoPointsPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoItems(value) {
      enter(guest)
      try {
        const ptr = lowerItems(guest, 'echo-items: value', value)
        guest.state = RUNNING
        const ret = block(guest, echoItems(ptr, guest.count), 8, 4)
        const result = liftItems(guest, ret)
        beginPostReturn(guest)
        echoItemsPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    takeItems(value) {
      enter(guest)
      try {
        const ptr = lowerItems(guest, 'take-items: value', value)
        guest.state = RUNNING
        const result = takeItems(ptr, guest.count)
        leave(guest)
        return result >>> 0
      } catch (error) {
        throw failed(guest, error)
      }
    },
    keepItems(value) {
      enter(guest)
      try {
        const ptr = lowerItems(guest, 'keep-items: value', value)
        guest.state = RUNNING
        keepItems(ptr, guest.count)
        leave(guest)
      } catch (error) {
        throw failed(guest, error)
      }
    },
    giveItems() {
      enterChecked(guest)
      try {
        const ret = block(guest, giveItems(), 8, 4)
        const result = liftItems(guest, ret)
        beginPostReturn(guest)
        giveItemsPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
  }
}

/** Functions over lists of strings, and of tuples with one. */
export function stringListCalls(guest: Guest, core: Core): StringListCalls {
  const echoStrings = core.func<(ptr: number, n: number) => number>('echo-strings')
  const echoStringsPost = core.post('echo-strings')
  const takeStrings = core.func<(ptr: number, n: number) => number>('take-strings')
  const keepStrings = core.func<(ptr: number, n: number) => void>('keep-strings')
  const giveStrings = core.func<() => number>('give-strings')
  const giveStringsPost = core.post('give-strings')
  const echoPairs = core.func<(ptr: number, n: number) => number>('echo-pairs')
  const echoPairsPost = core.post('echo-pairs')

  return {
    echoStrings(value) {
      enter(guest)
      try {
        const ptr = lowerStrings(guest, 'echo-strings: value', value)
        guest.state = RUNNING
        const ret = block(guest, echoStrings(ptr, guest.count), 8, 4)
        const result = liftStrings(guest, ret)
        beginPostReturn(guest)
        echoStringsPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    takeStrings(value) {
      enter(guest)
      try {
        const ptr = lowerStrings(guest, 'take-strings: value', value)
        guest.state = RUNNING
        const result = takeStrings(ptr, guest.count)
        leave(guest)
        return result >>> 0
      } catch (error) {
        throw failed(guest, error)
      }
    },
    keepStrings(value) {
      enter(guest)
      try {
        const ptr = lowerStrings(guest, 'keep-strings: value', value)
        guest.state = RUNNING
        keepStrings(ptr, guest.count)
        leave(guest)
      } catch (error) {
        throw failed(guest, error)
      }
    },
    giveStrings() {
      enterChecked(guest)
      try {
        const ret = block(guest, giveStrings(), 8, 4)
        const result = liftStrings(guest, ret)
        beginPostReturn(guest)
        giveStringsPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoPairs(value) {
      enter(guest)
      try {
        const ptr = lowerPairs(guest, 'echo-pairs: value', value)
        guest.state = RUNNING
        const ret = block(guest, echoPairs(ptr, guest.count), 8, 4)
        const result = liftPairs(guest, ret)
        beginPostReturn(guest)
        echoPairsPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
  }
}
