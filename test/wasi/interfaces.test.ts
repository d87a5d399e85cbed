// Which imports the bridge takes upon itself, in which versions, and what it does with those that it does not serve.
import { describe, expect, test } from 'vitest'
import { compile, instantiate, type InstanceOptions } from 'witgen/runtime'
import { random } from '../../src/runtime/wasi/random.ts'
import { servesWasi } from '../../src/runtime/wasi/serves.ts'
import { thrownBy } from '../e2e/guests.ts'
import { wat } from '../helpers/wat.ts'
import { recorder } from './probes.ts'

/** A component that imports a function with a `u64` result, or none, and exports a call of it as `f`. */
const guest = (iface: string, func: string, params = '', result = '(result u64)'): string => `(component
  (import "${iface}" (instance $i (export "${func}" (func ${params} ${result}))))
  (core func $f (canon lower (func $i "${func}")))
  (core instance $host (export "f" (func $f)))
  (core module $M
    (import "host" "f" (func $f ${params && '(param i32)'} ${result && '(result i64)'}))
    (func (export "f") ${params && '(param i32)'} ${result && '(result i64)'} ${params && '(local.get 0)'} (call $f)))
  (core instance $m (instantiate $M (with "host" (instance $host))))
  (func (export "f") ${params} ${result} (canon lift (core func $m "f"))))`

async function start(
  text: string,
  options: InstanceOptions & { readonly imports?: object } = {},
): Promise<{ f(x?: unknown): unknown }> {
  const compiled = await compile(await wat(text))
  return instantiate<{ f(x?: unknown): unknown }>(compiled, { name: 'guest', ...options }).exports
}

test.each(Array.from({ length: 13 }, (_, patch) => `0.2.${patch}`))('WASI %s is served', async (version) => {
  const { f } = await start(guest(`wasi:random/random@${version}`, 'get-random-u64'), { wasi: { random: true } })
  expect(typeof f()).toBe('bigint')
})

test.each(['@0.3.0', '@0.1.0', '@1.0.0', '@0.2.0-rc-2023-12-05', ''])(
  'wasi:random/random%s is not',
  async (version) => {
    const start0 = start(guest(`wasi:random/random${version}`, 'get-random-u64'), { wasi: { random: true } })
    await expect(start0).rejects.toMatchObject({
      codeName: 'LinkError',
      message: expect.stringContaining("imports['wasi:random/random'].getRandomU64"),
    })
  },
)

test.each([
  ['wasi:http/outgoing-handler@0.2.3', 'handle'],
  ['wasi:keyvalue/store@0.2.0', 'open'],
  ['wasi:sockets/udp-create-socket@0.2.0', 'create-udp-socket'],
  ['wasi:random/random@0.2.12', 'get-something-new'],
])('%s#%s links, and ends the guest when it is called', async (iface, func) => {
  const { logger, lines } = recorder()
  const { f } = await start(guest(iface, func), { logger })
  const name = `${iface.replace(/@.*/, '')}#${func}`
  expect(thrownBy(() => f())).toMatchObject({ codeName: 'PermissionDenied', function: name })
  expect(lines).toEqual([['warn', { module: 'guest', function: name }, expect.stringContaining('permission denied')]])
  expect(thrownBy(() => f())).toMatchObject({ codeName: 'InstancePoisoned' })
})

test('what is given in imports wins over what would be denied', async () => {
  const imports = { 'wasi:http/outgoing-handler': { handle: () => 7n } }
  const { f } = await start(guest('wasi:http/outgoing-handler@0.2.3', 'handle'), { imports })
  expect(f()).toBe(7n)
})

test('a guest that catches nothing is not asked: exit unwinds', async () => {
  const exit = guest('wasi:cli/exit@0.2.0', 'exit-with-code', '(param "code" u8)', '')
  const { f } = await start(exit)
  expect(thrownBy(() => f(42))).toMatchObject({ codeName: 'GuestExit', name: 'GuestExit', status: 42 })
  expect(thrownBy(() => f(0))).toMatchObject({
    codeName: 'InstancePoisoned',
    cause: { codeName: 'GuestExit' },
    message: 'wasm module guest error [16 InstancePoisoned]: the guest has exited; make a new instance',
  })
  const ok = await start(guest('wasi:cli/exit@0.2.0', 'exit', '(param "status" (result))', ''))
  expect(thrownBy(() => ok.f({ tag: 'err', val: undefined }))).toMatchObject({ codeName: 'GuestExit', status: 1 })
  const text = 'wasm module guest error [19 GuestExit]: the guest exited with status 42'
  expect(String(thrownBy(() => void f(1)))).not.toContain(text)
})

test('which imports are taken to be WASI', () => {
  expect(servesWasi('wasi:cli/exit@0.2.0')).toBe(true)
  expect(['demo:wasi/x@0.2.0', 'wasi', 'wasi:cli/exit', 'wasix:cli/exit@0.2.0'].filter(servesWasi)).toEqual([])
})

test('random numbers without end are refused', () => {
  const bytes = random['getRandomBytes'] as (length: bigint) => Uint8Array
  expect(bytes(200_000n)).toHaveLength(200_000)
  expect(thrownBy(() => bytes(2n ** 40n))).toMatchObject({ codeName: 'AbiViolation' })
})

describe('clocks', () => {
  test('the monotonic clock moves on, in nanoseconds', async () => {
    const { f } = await start(guest('wasi:clocks/monotonic-clock@0.2.0', 'now'), { wasi: { clocks: true } })
    const [first, start0] = [f() as bigint, performance.now()]
    while (performance.now() < start0 + 2);
    const passed = (f() as bigint) - first
    expect(passed).toBeGreaterThanOrEqual(1_900_000n)
    expect(passed).toBeLessThan(10_000_000_000n)
  })
})

test('random numbers differ', async () => {
  const { f } = await start(guest('wasi:random/insecure@0.2.0', 'get-insecure-random-u64'), { wasi: { random: true } })
  expect(new Set([f(), f(), f()]).size).toBe(3)
})
