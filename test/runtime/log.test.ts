// One log: what guests print, what they log and what happens to them, all of it through pino.
import { Writable } from 'node:stream'
import pino from 'pino'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import {
  addHooks,
  compile,
  instantiate,
  removeHooks,
  type CompiledComponent,
  type DynamicOptions,
  type Logger,
} from 'witgen/runtime'
import { ALLOCATOR, componentOf } from '../helpers/wat.ts'
import { compiledGuest } from '../wasi/probes.ts'

const WIT = `package t:chatty;
interface host { ask: func(); }
interface talk { say: func(level: u32, text: string); ask: func(); fall: func(); }
world w { import host; import wasi:logging/logging@0.1.0-draft; export talk; }
package wasi:logging@0.1.0-draft {
  interface logging {
    enum level { trace, debug, info, warn, error, critical }
    log: func(level: level, context: string, message: string);
  }
}`

/** `say` logs a text; `ask` logs before and after the host is asked. */
const CORE = `(module
  (import "t:chatty/host" "ask" (func $ask))
  (import "wasi:logging/logging@0.1.0-draft" "log" (func $log (param i32 i32 i32 i32 i32)))
  ${ALLOCATOR}
  (data (i32.const 64) "here before after")
  (func $here (param $level i32) (param $ptr i32) (param $n i32)
    (call $log (local.get $level) (i32.const 64) (i32.const 4) (local.get $ptr) (local.get $n)))
  (func (export "t:chatty/talk#say") (param i32 i32 i32)
    (call $here (local.get 0) (local.get 1) (local.get 2)))
  (func (export "t:chatty/talk#ask")
    (call $here (i32.const 2) (i32.const 69) (i32.const 6))
    (call $ask)
    (call $here (i32.const 2) (i32.const 76) (i32.const 5)))
  (func (export "t:chatty/talk#fall") (call $here (i32.const 3) (i32.const 69) (i32.const 6)) unreachable))`

interface Talk {
  say(level: number, text: string): void
  ask(): void
  fall(): void
}
interface Chatty {
  readonly talk: Talk
  readonly guest: { dispose(): void }
}

let chatty: CompiledComponent
beforeAll(async () => {
  chatty = await compile(await componentOf(CORE, WIT))
})

/** A pino that keeps its lines, as they would be written to a file. */
function pinoLines(): { readonly logger: Logger; lines(): Record<string, unknown>[]; text(): string } {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  const logger = pino({ level: 'trace', base: null, timestamp: false }, stream)
  const lines = (): Record<string, unknown>[] =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
  return { logger, lines, text: () => text }
}

function load(options: DynamicOptions): Chatty {
  const imports = { 't:chatty/host': { ask: () => {} } }
  const guest = instantiate<{ 't:chatty/talk': Talk }>(chatty, { name: 'chatty', imports, ...options })
  return { talk: guest.exports['t:chatty/talk'], guest }
}

const TALK = 't:chatty/talk'

describe('lines of a guest', () => {
  test('wasi:logging: level, context, module, instance, function and call', () => {
    const { logger, lines } = pinoLines()
    const [first, second] = [load({ logger }), load({ logger })]
    first.talk.say(0, 'one')
    second.talk.say(5, 'two\nlines')
    first.talk.say(3, 'three')
    const said = lines().filter((line) => line['event'] === undefined)
    const instance = said[0]?.['instance'] as number
    const common = { module: 'chatty', function: `${TALK}#say`, context: 'here' }
    expect(said).toEqual([
      { level: 10, ...common, instance, call: 1, msg: 'one' },
      { level: 60, ...common, instance: instance + 1, call: 1, msg: 'two\nlines' },
      { level: 40, ...common, instance, call: 2, msg: 'three' },
    ])
    first.guest.dispose()
    second.guest.dispose()
  })

  test('a call that is refused within another does not take its name', () => {
    const { logger, lines } = pinoLines()
    const codes: unknown[] = []
    const ask = (): void => {
      try {
        mine.talk.say(2, 'never')
      } catch (error) {
        codes.push((error as { codeName: string }).codeName)
      }
    }
    const mine = load({ logger, imports: { 't:chatty/host': { ask } } })
    mine.talk.ask()
    mine.talk.say(2, 'next')
    expect(codes).toEqual(['Reentrance'])
    const said = lines().filter((line) => line['event'] === undefined)
    expect(said.map(({ msg, function: func, call }) => [msg, func, call])).toEqual([
      ['before', `${TALK}#ask`, 1],
      ['after', `${TALK}#ask`, 1],
      // The call that was refused has no number.
      ['next', `${TALK}#say`, 2],
    ])
    mine.guest.dispose()
  })

  test('hooks that come and go do not change the numbers', () => {
    const { logger, lines } = pinoLines()
    const { talk, guest } = load({ logger })
    const onCall = vi.fn<() => void>()
    const hooks = { onCall }
    talk.say(2, 'a')
    addHooks(guest, hooks)
    talk.say(2, 'b')
    removeHooks(guest, hooks)
    talk.say(2, 'c')
    const said = lines().filter((line) => line['event'] === undefined)
    expect(said.map(({ msg, call }) => [msg, call])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    // The call, and the import that it calls.
    expect(onCall).toHaveBeenCalledTimes(2)
    guest.dispose()
  })
})

describe('what a program prints', () => {
  const print = async (logger: Logger, args: readonly string[], name = 'probe'): Promise<void> => {
    const wasi = { args: ['probe', 'print', ...args], env: { TOKEN: 'hunter2' } }
    const guest = instantiate<{ 'wasi:cli/run': { run(): void } }>(await compiledGuest('wasi-c/probe.wasm'), {
      name,
      logger,
      wasi,
    })
    guest.exports['wasi:cli/run'].run()
    guest.dispose()
  }

  test('stdout and stderr come line by line, whole, with the call that wrote them', async () => {
    const { logger, lines } = pinoLines()
    const long = 'ä€😀'.repeat(4000)
    await print(logger, [`one\n${long}\nlast`, 'to stderr\n'])
    const said = lines().filter((line) => line['event'] === undefined)
    expect(said.map(({ stream, msg }) => [stream, msg]).toSorted()).toEqual([
      ['stderr', 'to stderr'],
      ['stdout', 'last'],
      ['stdout', 'one'],
      ['stdout', long],
    ])
    for (const { module, call, function: func } of said) {
      expect({ module, call, func }).toEqual({ module: 'probe', call: 1, func: 'wasi:cli/run#run' })
    }
  })

  test('lines of several instances do not mix, and values of the environment are never written', async () => {
    const { logger, lines, text } = pinoLines()
    const names = Array.from({ length: 8 }, (_, i) => `probe-${i}`)
    await Promise.all(names.map((name) => print(logger, [`${name} `.repeat(3000), ''], name)))
    const printed = lines().filter((line) => line['stream'] === 'stdout')
    expect(printed).toHaveLength(8)
    for (const { module, msg } of printed) expect(msg).toBe(`${String(module)} `.repeat(3000))
    expect(text()).not.toContain('hunter2')
  })
})

describe('what happens to an instance', () => {
  test('instantiated, trapped, disposed: once each, the trap with its call', () => {
    const { logger, lines } = pinoLines()
    const { talk, guest } = load({ logger })
    talk.say(2, 'fine')
    expect(() => talk.fall()).toThrow('unreachable')
    expect(() => talk.fall()).toThrow('InstancePoisoned')
    guest.dispose()
    const events = lines().filter((line) => line['event'] !== undefined)
    const common = { module: 'chatty', instance: events[0]?.['instance'] }
    expect(events).toEqual([
      { level: 20, event: 'load', ...common, msg: 'instantiated' },
      {
        level: 50,
        event: 'trap',
        ...common,
        function: `${TALK}#fall`,
        call: 2,
        code: 'Unreachable',
        err: expect.objectContaining({ type: 'WasmError', codeName: 'Unreachable' }) as object,
        msg: 'wasm module chatty error [10 Unreachable]: unreachable',
      },
      { level: 20, event: 'dispose', ...common, msg: 'disposed' },
    ])
  })

  test('a host function that throws, a denial, and an exit', async () => {
    const { logger, lines } = pinoLines()
    const ask = (): void => {
      throw new Error('no answer')
    }
    const { talk } = load({ logger, imports: { 't:chatty/host': { ask } } })
    expect(() => talk.ask()).toThrow('no answer')
    const probe = await compiledGuest('wasi-c/probe.wasm')
    for (const args of [['time'], ['exit', '3']]) {
      const options = { name: 'probe', logger, wasi: { args: ['probe', ...args] } }
      const guest = instantiate<{ 'wasi:cli/run': { run(): void } }>(probe, options)
      expect(() => guest.exports['wasi:cli/run'].run()).toThrow(/PermissionDenied|GuestExit/u)
    }
    const events = lines().filter(({ event }) => event !== undefined && event !== 'load')
    expect(events.map(({ level, event, code, status, call }) => [level, event, code ?? status, call])).toEqual([
      [50, 'trap', 'HostError', 1],
      [40, 'denied', undefined, 1],
      [50, 'trap', 'PermissionDenied', 1],
      [30, 'exit', 1, 1],
    ])
  })

  test('a policy: what is denied, the kill and the trap are of one call, and have no value of the environment', async () => {
    const { logger, lines, text } = pinoLines()
    const policy = { allowedImports: { 'wasi:logging/logging': true } }
    const compiled = await compile(await componentOf(CORE, WIT), { policy })
    const imports = { 't:chatty/host': { ask: () => {} } }
    const wasi = { env: { TOKEN: 'hunter2' } }
    const guest = instantiate<{ 't:chatty/talk': Talk }>(compiled, { name: 'chatty', imports, logger, policy, wasi })
    const { say, ask } = guest.exports['t:chatty/talk']
    say(2, 'fine')
    expect(() => ask()).toThrow('PermissionDenied')
    guest.dispose()
    const told = lines()
    const common = { module: 'chatty', instance: told[0]?.['instance'] }
    const denied = { ...common, function: 't:chatty/host#ask', call: 2, code: 'PermissionDenied' }
    const why = 'the policy does not allow the guest to call t:chatty/host#ask'
    expect(told).toEqual([
      { level: 20, event: 'load', ...common, msg: 'instantiated' },
      { level: 30, ...common, function: `${TALK}#say`, call: 1, context: 'here', msg: 'fine' },
      { level: 30, ...common, function: `${TALK}#ask`, call: 2, context: 'here', msg: 'before' },
      { level: 40, event: 'denied', ...denied, msg: why },
      { level: 40, event: 'kill', ...denied, msg: why },
      {
        level: 50,
        event: 'trap',
        ...denied,
        err: expect.anything() as unknown,
        msg: expect.stringContaining(why) as string,
      },
      { level: 20, event: 'dispose', ...common, msg: 'disposed' },
    ])
    expect(text()).not.toContain('hunter2')
  })

  test('a kill whose cause is no import has the export that ran', async () => {
    const { logger, lines } = pinoLines()
    const policy = { fuel: 10 }
    const core = '(module (func (export "spin") (loop $l br $l)))'
    const compiled = await compile(await componentOf(core, 'package t:t; world w { export spin: func(); }'), { policy })
    const guest = instantiate<{ spin(): void }>(compiled, { name: 'spinner', logger })
    expect(() => guest.exports.spin()).toThrow('FuelExhausted')
    const events = lines().filter(({ event }) => event !== 'load')
    const common = { module: 'spinner', function: 'spin', call: 1, code: 'FuelExhausted' }
    expect(events).toMatchObject([
      { event: 'kill', ...common },
      { event: 'trap', ...common },
    ])
    guest.dispose()
  })

  test('a guest that traps while it starts', async () => {
    const { logger, lines } = pinoLines()
    const core = `(module ${ALLOCATOR} (func $boom unreachable) (start $boom)
      (func (export "f")))`
    const compiled = await compile(await componentOf(core, 'package t:t; world w { export f: func(); }'))
    expect(() => instantiate(compiled, { name: 'boom', logger })).toThrow('unreachable')
    expect(lines()).toMatchObject([{ level: 50, event: 'load', module: 'boom', msg: 'could not be instantiated' }])
  })

  test('a logger that throws does not change what is thrown', () => {
    const fail = (): never => {
      throw new Error('disk full')
    }
    const logger: Logger = { trace() {}, debug: fail, info() {}, warn() {}, error: fail, fatal: fail }
    const { talk, guest } = load({ logger })
    expect(() => talk.fall()).toThrow('[10 Unreachable]')
    guest.dispose()
  })
})
