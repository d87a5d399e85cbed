import type { Api } from '../api.ts'
import type { Core } from './core.ts'
import type { Guest } from './guest.ts'
import type { Lists } from './lists.ts'

type ItemCalls = Pick<Api, 'echoItems' | 'takeItems' | 'keepItems' | 'giveItems' | 'echoPoints'>
type StringListCalls = Pick<Api, 'echoStrings' | 'takeStrings' | 'keepStrings' | 'giveStrings' | 'echoPairs'>

/** Functions over lists of records. */
export function itemCalls(guest: Guest, lists: Lists, core: Core): ItemCalls {
  const { enter, enterChecked, run, leave, beginPostReturn, endPostReturn, failed, count, block } = guest
  const { lowerItems, liftItems, lowerPoints, liftPoints } = lists
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
      enter()
      try {
        const ptr = lowerPoints('echo-points: value', value)
        run()
        const ret = block(echoPoints(ptr, count()), 8, 4)
        const result = liftPoints(ret)
        beginPostReturn()
        echoPointsPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    echoItems(value) {
      enter()
      try {
        const ptr = lowerItems('echo-items: value', value)
        run()
        const ret = block(echoItems(ptr, count()), 8, 4)
        const result = liftItems(ret)
        beginPostReturn()
        echoItemsPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    takeItems(value) {
      enter()
      try {
        const ptr = lowerItems('take-items: value', value)
        run()
        const result = takeItems(ptr, count())
        leave()
        return result >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
    keepItems(value) {
      enter()
      try {
        const ptr = lowerItems('keep-items: value', value)
        run()
        keepItems(ptr, count())
        leave()
      } catch (error) {
        throw failed(error)
      }
    },
    giveItems() {
      enterChecked()
      try {
        const ret = block(giveItems(), 8, 4)
        const result = liftItems(ret)
        beginPostReturn()
        giveItemsPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
  }
}

/** Functions over lists of strings, and of tuples with one. */
export function stringListCalls(guest: Guest, lists: Lists, core: Core): StringListCalls {
  const { enter, enterChecked, run, leave, beginPostReturn, endPostReturn, failed, count, block } = guest
  const { lowerStrings, liftStrings, lowerPairs, liftPairs } = lists
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
      enter()
      try {
        const ptr = lowerStrings('echo-strings: value', value)
        run()
        const ret = block(echoStrings(ptr, count()), 8, 4)
        const result = liftStrings(ret)
        beginPostReturn()
        echoStringsPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    takeStrings(value) {
      enter()
      try {
        const ptr = lowerStrings('take-strings: value', value)
        run()
        const result = takeStrings(ptr, count())
        leave()
        return result >>> 0
      } catch (error) {
        throw failed(error)
      }
    },
    keepStrings(value) {
      enter()
      try {
        const ptr = lowerStrings('keep-strings: value', value)
        run()
        keepStrings(ptr, count())
        leave()
      } catch (error) {
        throw failed(error)
      }
    },
    giveStrings() {
      enterChecked()
      try {
        const ret = block(giveStrings(), 8, 4)
        const result = liftStrings(ret)
        beginPostReturn()
        giveStringsPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    echoPairs(value) {
      enter()
      try {
        const ptr = lowerPairs('echo-pairs: value', value)
        run()
        const ret = block(echoPairs(ptr, count()), 8, 4)
        const result = liftPairs(ret)
        beginPostReturn()
        echoPairsPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
  }
}
