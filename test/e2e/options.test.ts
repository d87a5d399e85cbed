// Options that are none are refused before the guest is read: a misspelt limit or grant must not go without notice.
import { describe, expect, test } from 'vitest'
import { compile, instantiate, sandbox } from 'witgen/runtime'
import { PluginManager } from 'witgen/host'
import { Pipeline } from '../../generated/pipeline.ts'
import { rejectionOf, rustGuest, thrownBy } from './guests.ts'

const imports = { 'demo:pipeline/log': { log: (): void => {} } }
const expected = 'options: expected some of imports, name, hooks, logger, wasi, policy, got'

describe.each<[given: unknown, text: string]>([
  [{ imports, wasii: {} }, `${expected} wasii; did you mean wasi?`],
  [{ imports, polcy: { fuel: 1 } }, `${expected} polcy; did you mean policy?`],
  [{ import: imports }, `${expected} import; did you mean imports?`],
  [{ imports, verbose: true }, `${expected} verbose`],
  [imports, `${expected} demo:pipeline/log; what the host implements goes under imports`],
  [null, 'options: expected an object, got null'],
  ['x', 'options: expected an object, got "x"'],
])('%o', (given, text) => {
  const options = given as never
  const error = { codeName: 'InvalidParam', message: expect.stringContaining(`error [1 InvalidParam]: ${text}`) }

  test('load', async () => {
    expect(await rejectionOf(() => Pipeline.load('no such file', options))).toMatchObject(error)
  })
  test('compile', async () => {
    expect(await rejectionOf(() => Pipeline.compile('no such file', options))).toMatchObject(error)
    expect(await rejectionOf(() => compile('no such file', options))).toMatchObject(error)
  })
  test('instantiate', async () => {
    const compiled = await Pipeline.compile(rustGuest)
    expect(thrownBy(() => Pipeline.instantiate(compiled, options))).toMatchObject(error)
    expect(thrownBy(() => instantiate(compiled, options))).toMatchObject(error)
  })
})

test('in a sandbox', async () => {
  expect(await rejectionOf(() => sandbox(Pipeline, rustGuest, {}, { imports, loger: {} } as never))).toMatchObject({
    message: expect.stringContaining('did you mean logger?'),
  })
})

test('of plugins, those that only they have are none of the guest', async () => {
  const manager = new PluginManager({ worlds: { pipeline: Pipeline }, imports: { pipeline: imports } })
  await manager.load('p', rustGuest, { name: undefined } as never)
  await manager.swap('p', rustGuest, { drainMs: 1 })
  await manager.unload('p')
  expect(await rejectionOf(() => manager.load('p', rustGuest, { wasii: {} } as never))).toMatchObject({
    message: expect.stringContaining('did you mean wasi?'),
  })
})

test('what somebody has put onto Object.prototype is no option', async () => {
  const compiled = await Pipeline.compile(rustGuest)
  const prototype: object = Object.prototype
  Reflect.defineProperty(prototype, 'wasii', { value: {}, enumerable: true, configurable: true })
  try {
    Pipeline.instantiate(compiled, { imports }).dispose()
  } finally {
    Reflect.deleteProperty(prototype, 'wasii')
  }
})
