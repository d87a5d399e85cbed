import type { Api, Shape } from '../api.ts'
import type { Core } from './core.ts'
import { invalid, isObject, isU32, ReturnedError } from './checks.ts'
import type { Guest } from './guest.ts'
import type { Strings } from './strings.ts'

const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)
function f64Bits(value: number): bigint {
  float[0] = value
  return bits[0] as bigint
}

type Compounds = Pick<Api, 'echoOption' | 'echoResult' | 'echoPoint' | 'echoShape' | 'echoItem' | 'echoTuple'>

/** Functions over one record, variant, option, result or tuple; each comes back through memory. */
export function compounds(guest: Guest, strings: Strings, core: Core): Compounds {
  const {
    enter,
    enterChecked,
    run,
    leave,
    beginPostReturn,
    endPostReturn,
    failed,
    badDiscriminant,
    count,
    bytes,
    words,
    doubles,
    block,
  } = guest
  const { lowerString, liftString } = strings
  const echoOption = core.func<(some: number, value: number) => number>('echo-option')
  const echoResult = core.func<(err: number, value: number, n: number) => number>('echo-result')
  const echoResultPost = core.post('echo-result')
  const echoPoint = core.func<(x: number, y: number) => number>('echo-point')
  const echoShape = core.func<(tag: number, first: bigint, second: bigint) => number>('echo-shape')
  const echoShapePost = core.post('echo-shape')
  const echoItem = core.func<(x: number, y: number, id: number, name: number, n: number) => number>('echo-item')
  const echoItemPost = core.post('echo-item')
  const echoTuple = core.func<(a: number, b: number, c: number, n: number) => number>('echo-tuple')
  const echoTuplePost = core.post('echo-tuple')

  function liftShape(ret: number): Shape {
    const F64 = doubles()
    const U32 = words()
    const f = (ret >>> 3) + 1
    const w = (ret >>> 2) + 2
    switch (bytes()[ret]) {
      case 0:
        return { tag: 'none' }
      case 1:
        return { tag: 'circle', val: F64[f] as number }
      case 2:
        return { tag: 'label', val: liftString(U32[w] as number, U32[w + 1] as number) }
      case 3:
        return { tag: 'pt', val: { x: F64[f] as number, y: F64[f + 1] as number } }
      default:
        return badDiscriminant()
    }
  }

  return {
    echoOption(value) {
      const some = value !== undefined
      if (some && !isU32(value)) invalid('echo-option: value', 'u32', value)
      enterChecked()
      try {
        const ret = block(some ? echoOption(1, value) : echoOption(0, 0), 8, 4)
        const tag = bytes()[ret] as number
        if (tag > 1) badDiscriminant()
        const result = tag === 0 ? undefined : (words()[(ret + 4) >>> 2] as number)
        leave()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    echoResult(value) {
      enter()
      try {
        if (!isObject(value)) invalid('echo-result: value', 'result', value)
        const { tag, val } = value
        let ret: number
        if (tag === 'ok') {
          if (!isU32(val)) invalid('echo-result: value.val', 'u32', val)
          run()
          ret = echoResult(0, val, 0)
        } else if (tag === 'err') {
          const ptr = lowerString('echo-result: value.val', val)
          run()
          ret = echoResult(1, ptr, count())
        } else return invalid('echo-result: value.tag', 'ok or err', tag)
        ret = block(ret, 12, 4)
        const U32 = words()
        const isErr = bytes()[ret] as number
        if (isErr === 0) {
          const result = U32[(ret + 4) >>> 2] as number
          beginPostReturn()
          echoResultPost(ret)
          endPostReturn()
          return result
        }
        if (isErr !== 1) badDiscriminant()
        const payload = liftString(U32[(ret + 4) >>> 2] as number, U32[(ret + 8) >>> 2] as number)
        beginPostReturn()
        echoResultPost(ret)
        endPostReturn()
        throw new ReturnedError(payload)
      } catch (error) {
        throw failed(error)
      }
    },
    echoPoint(value) {
      enter()
      try {
        if (!isObject(value)) invalid('echo-point: value', 'point', value)
        const { x, y } = value
        if (typeof x !== 'number') invalid('echo-point: value.x', 'f64', x)
        if (typeof y !== 'number') invalid('echo-point: value.y', 'f64', y)
        run()
        const at = block(echoPoint(x, y), 16, 8) >>> 3
        const F64 = doubles()
        const result = { x: F64[at] as number, y: F64[at + 1] as number }
        leave()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    echoShape(value) {
      enter()
      try {
        if (!isObject(value)) invalid('echo-shape: value', 'shape', value)
        const { tag, val } = value as { tag: unknown; val?: unknown }
        let index: number
        let first = 0n
        let second = 0n
        switch (tag) {
          case 'none':
            index = 0
            break
          case 'circle':
            if (typeof val !== 'number') invalid('echo-shape: value.val', 'f64', val)
            index = 1
            first = f64Bits(val)
            break
          case 'label':
            index = 2
            first = BigInt(lowerString('echo-shape: value.val', val))
            second = BigInt(count())
            break
          case 'pt': {
            if (!isObject(val)) invalid('echo-shape: value.val', 'point', val)
            const { x, y } = val as { x?: unknown; y?: unknown }
            if (typeof x !== 'number') invalid('echo-shape: value.val.x', 'f64', x)
            if (typeof y !== 'number') invalid('echo-shape: value.val.y', 'f64', y)
            index = 3
            first = f64Bits(x)
            second = f64Bits(y)
            break
          }
          default:
            return invalid('echo-shape: value.tag', 'none, circle, label or pt', tag)
        }
        run()
        const ret = block(echoShape(index, first, second), 24, 8)
        const result = liftShape(ret)
        beginPostReturn()
        echoShapePost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    echoItem(value) {
      enter()
      try {
        if (!isObject(value)) invalid('echo-item: value', 'item', value)
        const { x, y, id, name } = value
        if (typeof x !== 'number') invalid('echo-item: value.x', 'f64', x)
        if (typeof y !== 'number') invalid('echo-item: value.y', 'f64', y)
        if (!isU32(id)) invalid('echo-item: value.id', 'u32', id)
        const ptr = lowerString('echo-item: value.name', name)
        run()
        const ret = block(echoItem(x, y, id, ptr, count()), 32, 8)
        const F64 = doubles()
        const U32 = words()
        const f = ret >>> 3
        const w = ret >>> 2
        const result = {
          x: F64[f] as number,
          y: F64[f + 1] as number,
          id: U32[w + 4] as number,
          name: liftString(U32[w + 5] as number, U32[w + 6] as number),
        }
        beginPostReturn()
        echoItemPost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
    echoTuple(value) {
      enter()
      try {
        if (!Array.isArray(value) || value.length !== 3) invalid('echo-tuple: value', 'array of 3', value)
        const a: unknown = value[0]
        const b: unknown = value[1]
        if (!isU32(a)) invalid('echo-tuple: value[0]', 'u32', a)
        if (typeof b !== 'number') invalid('echo-tuple: value[1]', 'f64', b)
        const ptr = lowerString('echo-tuple: value[2]', value[2])
        run()
        const ret = block(echoTuple(a, b, ptr, count()), 24, 8)
        const U32 = words()
        const w = ret >>> 2
        const c = liftString(U32[w + 4] as number, U32[w + 5] as number)
        const result: [number, number, string] = [U32[w] as number, doubles()[(ret >>> 3) + 1] as number, c]
        beginPostReturn()
        echoTuplePost(ret)
        endPostReturn()
        return result
      } catch (error) {
        throw failed(error)
      }
    },
  }
}
