import { beforeAll, expect, test } from 'vitest'
import { instantiate, type CompiledComponent, type WasiOptions } from 'witgen/runtime'
import { AllowList } from '../../src/runtime/wasi/sockets/allow-list.ts'
import { thrownBy } from '../e2e/guests.ts'
import { compiledGuest } from './probes.ts'

let component: CompiledComponent
beforeAll(async () => {
  component = await compiledGuest('wasi-c/probe.wasm')
})

test.each<[unknown, string]>([
  ['all', 'wasi: expected an object, got "all"'],
  [[], 'wasi: expected an object, got an array of 0'],
  [
    { preopen: {} },
    'wasi: expected some of args, env, preopens, stdin, stdout, stderr, clocks, random, net, got preopen; did you mean preopens?',
  ],
  [{ args: 'a' }, 'wasi.args: expected an array of strings, got "a"'],
  [{ args: ['a', 1] }, 'wasi.args[1]: expected a string without NUL, got 1'],
  [{ args: ['a\0'] }, 'wasi.args[0]: expected a string without NUL, got "a\\u0000"'],
  [{ env: ['A=b'] }, 'wasi.env: expected an object of strings, got an array of 1'],
  [{ env: { A: 1 } }, "wasi.env['A']: expected a string without NUL, got number"],
  [{ env: { 'A=': 'b' } }, 'wasi.env: expected names without = and NUL, got "A="'],
  [{ env: { '': 'b' } }, 'wasi.env: expected names without = and NUL, got ""'],
  [{ stdin: 'text' }, 'wasi.stdin: expected a Uint8Array, got "text"'],
  [{ stdout: ['inherit'] }, "wasi.stdout: expected 'inherit', 'logger', 'ignore' or a function, got an array of 1"],
  [{ stdout: 'console' }, "wasi.stdout: expected 'inherit', 'logger', 'ignore' or a function, got \"console\""],
  [{ stderr: 1 }, "wasi.stderr: expected 'inherit', 'logger', 'ignore' or a function, got 1"],
  [{ clocks: 1 }, 'wasi.clocks: expected true or false, got 1'],
  [{ random: 'seed' }, 'wasi.random: expected true or false, got "seed"'],
  [{ net: 'localhost' }, 'wasi.net: expected true, false or a list of hosts, got "localhost"'],
  [{ net: ['http://localhost'] }, 'wasi.net: expected a host with or without a port, got "http://localhost"'],
  [{ net: ['*'] }, 'wasi.net: expected a host with or without a port, got "*"'],
  [{ net: ['a:0'] }, 'wasi.net: expected a host with or without a port, got "a:0"'],
  [{ net: ['a:99999'] }, 'wasi.net: expected a host with or without a port, got "a:99999"'],
  [{ net: ['[::1'] }, 'wasi.net: expected a host with or without a port, got "[::1"'],
  [{ preopens: { '/a': 1 } }, "wasi.preopens['/a']: expected a path, or { path, write? }, got 1"],
  [
    { preopens: { '/a': { path: '.', write: 1 } } },
    "wasi.preopens['/a']: expected a path, or { path, write? }, got an object",
  ],
  [
    { preopens: { '/a': { path: '.', writable: true } } },
    "wasi.preopens['/a']: expected a path, or { path, write? }, got the key writable",
  ],
  [{ preopens: { '/a': './none' } }, "wasi.preopens['/a']: cannot open ./none: there is no such folder"],
  [{ preopens: { '/a': 'package.json' } }, "wasi.preopens['/a']: cannot open package.json: it is no folder"],
])('%j is refused', (wasi, text) => {
  expect(thrownBy(() => instantiate(component, { name: 'probe', wasi: wasi as WasiOptions }))).toMatchObject({
    codeName: 'InvalidParam',
    message: `wasm module probe error [1 InvalidParam]: ${text}`,
  })
})

const v4 = (address: string, port = 80): Parameters<AllowList['mayConnect']>[0] => ({
  tag: 'ipv4',
  val: { port, address: address.split('.').map(Number) },
})
const v6 = (address: readonly number[], port = 80): Parameters<AllowList['mayConnect']>[0] => ({
  tag: 'ipv6',
  val: { port, address },
})

test('a list of hosts: addresses', () => {
  const list = new AllowList(['10.0.0.1', '10.0.0.2:443', '::1', '[2001:db8::1]:80'])
  expect(list.mayConnect(v4('10.0.0.1', 9))).toBe(true)
  expect(list.mayConnect(v4('10.0.0.2', 443))).toBe(true)
  expect(list.mayConnect(v4('10.0.0.2'))).toBe(false)
  expect(list.mayConnect(v4('10.0.0.3'))).toBe(false)
  expect(list.mayConnect(v6([0, 0, 0, 0, 0, 0, 0, 1]))).toBe(true)
  expect(list.mayConnect(v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]))).toBe(true)
  expect(list.mayConnect(v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], 81))).toBe(false)
  expect(list.mayConnect(v6([0, 0, 0, 0, 0, 0xffff, 0x0a00, 1]))).toBe(false)
})

test('a list of hosts: names, and the addresses that they were resolved to', () => {
  const list = new AllowList(['api.example.com:443', 'Other.example.com.'])
  expect(['api.example.com', 'API.example.com.', 'other.example.com'].map((name) => list.mayResolve(name))).toEqual([
    true,
    true,
    true,
  ])
  expect(
    ['example.com', 'x.api.example.com', 'api.example.com.evil.test'].map((name) => list.mayResolve(name)),
  ).toEqual([false, false, false])
  expect(list.mayConnect(v4('10.0.0.1', 443))).toBe(false)
  list.resolved('api.example.com', { tag: 'ipv4', val: [10, 0, 0, 1] })
  expect(list.mayConnect(v4('10.0.0.1', 443))).toBe(true)
  // The port is the name's, for its addresses too.
  expect(list.mayConnect(v4('10.0.0.1', 80))).toBe(false)
})

test('what somebody has put onto Object.prototype grants nothing', () => {
  const everywhere: object = Object.prototype
  const polluted = { wasi: { preopens: { '/b': './none' } }, preopens: { '/a': './none' } }
  Object.assign(everywhere, polluted)
  let outcomes: unknown[]
  try {
    outcomes = [{ name: 'probe' }, { name: 'probe', wasi: {} }].map((options) => {
      try {
        return typeof instantiate(component, options)
      } catch (error) {
        return error
      }
    })
  } finally {
    for (const key of Object.keys(polluted)) Reflect.deleteProperty(everywhere, key)
  }
  expect(outcomes).toEqual(['object', 'object'])
})
