// A guest in Python, whose functions the host calls: what it gets of what is granted, and of what is not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instantiate, type CompiledComponent, type WasiOptions } from 'witgen/runtime'
import { recipes } from '../../scripts/guests/index.ts'
import { skippedLanguages } from '../../scripts/guests/skip.ts'
import { thrownBy } from '../e2e/guests.ts'
import { BUILD_TIMEOUT } from '../guests/guests.ts'
import { compiledGuest, makeFixture, recorder, type Fixture, type LogLine } from './probes.ts'

interface Probe {
  readFile(path: string): string
  writeFile(path: string, text: string): string
  listing(path: string): string
  variable(name: string): string
  arguments(): string
  now(): string
  noise(): string
  say(out: string, err: string): void
  input(): string
  connect(host: string, port: number): string
  quit(status: number): void
}

/** What componentize-py's runtime asks for before it calls anything: the hash maps in it are seeded. */
const needs: WasiOptions = { random: true }

// Node 20 cannot compile what componentize-py makes (extended constant expressions).
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 22

describe.runIf(isNewEnough && !skippedLanguages(recipes).has('python'))('a guest in Python', () => {
  let component: CompiledComponent
  let fixture: Fixture
  beforeAll(async () => {
    component = await compiledGuest('wasi-python/probe.wasm')
    fixture = makeFixture()
  }, BUILD_TIMEOUT)
  afterAll(() => fixture?.remove())

  function start(wasi: WasiOptions = {}): { readonly guest: Probe; readonly log: readonly LogLine[]; end(): void } {
    const { logger, lines } = recorder()
    const preopens = { '/in': fixture.readable, '/out': { path: fixture.writable, write: true } }
    const instance = instantiate<Probe>(component, { name: 'probe', logger, wasi: { ...needs, preopens, ...wasi } })
    return { guest: instance.exports, log: lines, end: () => instance.dispose() }
  }

  test('files', () => {
    const { guest, log, end } = start()
    expect(guest.readFile('/in/hello.txt')).toBe('ok: hello')
    expect(guest.readFile('/in/in')).toBe('ok: inner')
    expect(guest.listing('/in/sub')).toBe('ok: inner.txt')
    expect(guest.writeFile('/out/é.txt', 'grüße')).toBe('ok: written')
    expect(guest.readFile('/out/é.txt')).toBe('ok: grüße')
    expect(log).toEqual([])
    for (const path of ['/in/../secret.txt', '/in/out', '/in/absolute', '/in/up/secret.txt']) {
      expect(guest.readFile(path), path).toBe('error: 63')
    }
    expect(guest.readFile('/etc/passwd')).toBe('error: 44')
    expect(guest.writeFile('/in/new.txt', 'x')).toBe('error: 69')
    expect(log.map(([level]) => level)).toEqual(Array.from({ length: 5 }, () => 'warn'))
    end()
  })

  test('environment and arguments', () => {
    const none = start()
    expect([none.guest.variable('PATH'), none.guest.arguments()]).toEqual(['ok: none', 'ok: '])
    const some = start({ args: ['probe', 'ü'], env: { KEY: 'värde' } })
    expect([some.guest.variable('KEY'), some.guest.variable('PATH')]).toEqual(['ok: [värde]', 'ok: none'])
    expect(some.guest.arguments()).toBe('ok: probe ü')
  })

  test('output in whole lines, and the last one when it ends', () => {
    const { guest, log, end } = start()
    guest.say('one\ntw', 'err')
    guest.say('o\nthree', '')
    end()
    expect(log).toEqual([
      ['info', { module: 'probe', stream: 'stdout' }, 'one'],
      ['info', { module: 'probe', stream: 'stdout' }, 'two'],
      ['info', { module: 'probe', stream: 'stdout' }, 'three'],
      ['info', { module: 'probe', stream: 'stderr' }, 'err'],
    ])
  })

  test('input', () => {
    expect(start().guest.input()).toBe('ok: ')
    expect(start({ stdin: new TextEncoder().encode('a\nü') }).guest.input()).toBe('ok: a\nü')
  })

  test('clock and random numbers', () => {
    const { guest } = start({ clocks: true })
    expect(Number(guest.now().slice(4))).toBeGreaterThan(1_700_000_000)
    expect(guest.noise()).toBe('ok: random')
    expect(thrownBy(() => start().guest.now())).toMatchObject({
      codeName: 'PermissionDenied',
      function: expect.stringMatching(/^wasi:clocks\//),
    })
    expect(thrownBy(() => start({ random: false }).guest.noise())).toMatchObject({
      codeName: 'PermissionDenied',
      function: expect.stringMatching(/^wasi:random\//),
    })
  })

  test('the network is denied', () => {
    expect(thrownBy(() => start({ clocks: true }).guest.connect('127.0.0.1', 9))).toMatchObject({
      codeName: 'PermissionDenied',
      function: expect.stringMatching(/^wasi:sockets\//),
    })
  })

  test('os._exit ends the guest, not the host', () => {
    const { guest } = start()
    expect(thrownBy(() => guest.quit(3))).toMatchObject({ codeName: 'GuestExit', status: expect.any(Number) })
    expect(thrownBy(() => guest.arguments())).toMatchObject({ codeName: 'InstancePoisoned' })
  })
})
