import type { Api, Shape } from '../api.ts'
import type { Core } from './core.ts'
import { badDiscriminant, beginPostReturn, block, enter, enterChecked, failed, type Guest, IDLE } from './guest.ts'
import { invalid, isObject, isU32, leave, ReturnedError, RUNNING } from './guest.ts'
import { liftString, lowerString } from './strings.ts'

const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)
function f64Bits(value: number): bigint {
  float[0] = value
  return bits[0] as bigint
}

type Compounds = Pick<Api, 'echoOption' | 'echoResult' | 'echoPoint' | 'echoShape' | 'echoItem' | 'echoTuple'>

/** Functions over one record, variant, option, result or tuple; each comes back through memory. */
export function compounds(guest: Guest, core: Core): Compounds {
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

  return {
    echoOption(value) {
      const some = value !== undefined
      if (some && !isU32(value)) invalid('echo-option: value', 'u32', value)
      enterChecked(guest)
      try {
        const ret = block(guest, some ? echoOption(1, value) : echoOption(0, 0), 8, 4)
        const tag = guest.U8[ret] as number
        if (tag > 1) badDiscriminant(guest)
        const result = tag === 0 ? undefined : (guest.U32[(ret + 4) >>> 2] as number)
        leave(guest)
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoResult(value) {
      enter(guest)
      try {
        if (!isObject(value)) invalid('echo-result: value', 'result', value)
        const { tag, val } = value
        let ret: number
        if (tag === 'ok') {
          if (!isU32(val)) invalid('echo-result: value.val', 'u32', val)
          guest.state = RUNNING
          ret = echoResult(0, val, 0)
        } else if (tag === 'err') {
          const ptr = lowerString(guest, 'echo-result: value.val', val)
          guest.state = RUNNING
          ret = echoResult(1, ptr, guest.count)
        } else return invalid('echo-result: value.tag', 'ok or err', tag)
        ret = block(guest, ret, 12, 4)
        const words = guest.U32
        const isErr = guest.U8[ret] as number
        if (isErr === 0) {
          const result = words[(ret + 4) >>> 2] as number
          beginPostReturn(guest)
          echoResultPost(ret)
          guest.state = IDLE
          return result
        }
        if (isErr !== 1) badDiscriminant(guest)
        const payload = liftString(guest, words[(ret + 4) >>> 2] as number, words[(ret + 8) >>> 2] as number)
        beginPostReturn(guest)
        echoResultPost(ret)
        guest.state = IDLE
        throw new ReturnedError(payload)
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoPoint(value) {
      enter(guest)
      try {
        if (!isObject(value)) invalid('echo-point: value', 'point', value)
        const { x, y } = value
        if (typeof x !== 'number') invalid('echo-point: value.x', 'f64', x)
        if (typeof y !== 'number') invalid('echo-point: value.y', 'f64', y)
        guest.state = RUNNING
        const at = block(guest, echoPoint(x, y), 16, 8) >>> 3
        const { F64 } = guest
        const result = { x: F64[at] as number, y: F64[at + 1] as number }
        leave(guest)
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoShape(value) {
      enter(guest)
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
            first = BigInt(lowerString(guest, 'echo-shape: value.val', val))
            second = BigInt(guest.count)
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
        guest.state = RUNNING
        const ret = block(guest, echoShape(index, first, second), 24, 8)
        const result = liftShape(guest, ret)
        beginPostReturn(guest)
        echoShapePost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoItem(value) {
      enter(guest)
      try {
        if (!isObject(value)) invalid('echo-item: value', 'item', value)
        const { x, y, id, name } = value
        if (typeof x !== 'number') invalid('echo-item: value.x', 'f64', x)
        if (typeof y !== 'number') invalid('echo-item: value.y', 'f64', y)
        if (!isU32(id)) invalid('echo-item: value.id', 'u32', id)
        const ptr = lowerString(guest, 'echo-item: value.name', name)
        guest.state = RUNNING
        const ret = block(guest, echoItem(x, y, id, ptr, guest.count), 32, 8)
        const { F64, U32 } = guest
        const f = ret >>> 3
        const w = ret >>> 2
        const result = {
          x: F64[f] as number,
          y: F64[f + 1] as number,
          id: U32[w + 4] as number,
          name: liftString(guest, U32[w + 5] as number, U32[w + 6] as number),
        }
        beginPostReturn(guest)
        echoItemPost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
    echoTuple(value) {
      enter(guest)
      try {
        if (!Array.isArray(value) || value.length !== 3) invalid('echo-tuple: value', 'array of 3', value)
        const a: unknown = value[0]
        const b: unknown = value[1]
        if (!isU32(a)) invalid('echo-tuple: value[0]', 'u32', a)
        if (typeof b !== 'number') invalid('echo-tuple: value[1]', 'f64', b)
        const ptr = lowerString(guest, 'echo-tuple: value[2]', value[2])
        guest.state = RUNNING
        const ret = block(guest, echoTuple(a, b, ptr, guest.count), 24, 8)
        const { U32 } = guest
        const w = ret >>> 2
        const c = liftString(guest, U32[w + 4] as number, U32[w + 5] as number)
        const result: [number, number, string] = [U32[w] as number, guest.F64[(ret >>> 3) + 1] as number, c]
        beginPostReturn(guest)
        echoTuplePost(ret)
        guest.state = IDLE
        return result
      } catch (error) {
        throw failed(guest, error)
      }
    },
  }
}

function liftShape(guest: Guest, ret: number): Shape {
  const { F64, U32 } = guest
  const f = (ret >>> 3) + 1
  const w = (ret >>> 2) + 2
  switch (guest.U8[ret]) {
    case 0:
      return { tag: 'none' }
    case 1:
      return { tag: 'circle', val: F64[f] as number }
    case 2:
      return { tag: 'label', val: liftString(guest, U32[w] as number, U32[w + 1] as number) }
    case 3:
      return { tag: 'pt', val: { x: F64[f] as number, y: F64[f + 1] as number } }
    default:
      return badDiscriminant(guest)
  }
}
