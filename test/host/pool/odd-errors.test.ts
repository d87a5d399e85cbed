// Whatever an import throws or returns, the worker that asked gets an answer, and nothing of it ends the process.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isWasmError } from 'witgen/runtime'
import { pipelinePool, rejection, untilEnd } from './pools.ts'

const throwing = (key: string, target: object = {}): object =>
  Object.defineProperty(target, key, {
    enumerable: true,
    get() {
      throw Object.create(null)
    },
  })
const cyclic = (): Error => {
  const error = new Error('cyclic')
  return Object.assign(error, { cause: new Error('inner', { cause: error }) })
}
const tangled = (): Error => {
  const object: Record<string, unknown> = { f: () => {} }
  for (let i = 0; i < 12; i++) object[`k${i}`] = object
  return Object.assign(new Error('tangled'), { request: object })
}
const revoked = Proxy.revocable(new Error('x'), {})
revoked.revoke()

const uncaught: unknown[] = []
const note = (error: unknown): unknown => uncaught.push(error)
beforeEach(() => void process.on('uncaughtException', note))
afterEach(() => {
  process.off('uncaughtException', note)
  expect(uncaught.splice(0)).toEqual([])
})

test.each<[what: string, log: () => unknown]>([
  ['an error without a readable message', () => { throw throwing('message', new Error('x')) }], // prettier-ignore
  ['a proxy that has been revoked', () => { throw revoked.proxy }], // prettier-ignore
  ['an object without a prototype', () => { throw Object.create(null) }], // prettier-ignore
  ['a symbol', () => { throw Symbol('x') }], // prettier-ignore
  ['nothing', () => { throw undefined }], // prettier-ignore
  ['an error that is its own cause', () => { throw cyclic() }], // prettier-ignore
  ['an error with a tangle of objects', () => { throw tangled() }], // prettier-ignore
  ['a very large error', () => { throw new Error('x'.repeat(5_000_000)) }], // prettier-ignore
  ['a result that cannot be read', () => throwing('x')],
  ['a result whose `then` throws', () => throwing('then')],
])('%s', async (_what, log) => {
  const pool = await untilEnd(pipelinePool({ size: 1, imports: { 'demo:pipeline/log': { log: log as () => void } } }))
  const error = await rejection(pool.analysis.callBack(1))
  if (!isWasmError(error, 'HostError')) throw error
  expect(await pool.analysis.shout('alive')).toBe('ALIVE')
  expect(pool.stats().replaced).toBe(0)
})
