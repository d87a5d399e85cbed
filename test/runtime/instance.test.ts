import { beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../src/runtime/compile.ts'
import type { CompiledComponent } from '../../src/runtime/compiled-component.ts'
import { WasmError } from '../../src/runtime/errors.ts'
import { instantiateWorld, type InstanceOptions } from '../../src/runtime/instance.ts'
import type { Logger } from '../../src/runtime/logger.ts'
import { Demo, world } from './demo-world.ts'
import { demoGuest, nestedCall, trapAtStart } from './guests.ts'

let compiled: CompiledComponent
beforeAll(async () => {
  compiled = await compile(demoGuest())
})

interface Host {
  'demo:algo/log': { log(priority: string, message: string): void; threshold(): string }
  tick: () => number
}

const host = (): Host => ({ 'demo:algo/log': { log: () => {}, threshold: () => 'quiet' }, tick: () => 41 })

function load(imports: object = host(), options: InstanceOptions = {}): Demo {
  return new Demo(instantiateWorld(world, compiled, { imports, ...options }))
}

function thrown(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('an instance', () => {
  test('exports, imports in start functions, functions of the world itself', () => {
    const demo = load()
    expect(demo.analysis.add(4294967295, 2)).toBe(1)
    expect(demo.started()).toBe(41)
  })

  test('strings in both directions, the host object is `this`', () => {
    class Log {
      readonly lines: string[] = []
      log(priority: string, message: string): void {
        this.lines.push(`${priority}: ${message}`)
      }
      threshold(): string {
        return `${this.lines.length} línea`
      }
    }
    const log = new Log()
    const demo = load({ ...host(), 'demo:algo/log': log })
    expect(demo.analysis.shout('hé')).toBe('1 línea')
    expect(demo.analysis.shout('')).toBe('2 línea')
    expect(log.lines).toEqual(['info: hé', 'info: '])
  })

  test('post-return runs for results in memory and for flat ones', () => {
    const { analysis } = load()
    expect(analysis.posts()).toBe(0)
    expect(analysis.posts()).toBe(1)
    analysis.shout('x')
    expect(analysis.posts()).toBe(3)
  })

  test('the guest may not call imports in post-return', () => {
    const { analysis } = load()
    expect(thrown(() => analysis.badPost())).toMatchObject({ codeName: 'AbiViolation', function: 'tick' })
    expect(thrown(() => analysis.add(1, 2))).toMatchObject({ codeName: 'InstancePoisoned' })
  })

  test('a trap poisons this instance alone', () => {
    const [one, other] = [load(), load()]
    const error = thrown(() => one.analysis.fail())
    expect(error).toMatchObject({ codeName: 'Unreachable', function: 'demo:algo/analysis@1.1.0#fail', module: 'demo' })
    expect(thrown(() => one.analysis.posts())).toMatchObject({ codeName: 'InstancePoisoned', cause: error })
    expect(other.analysis.add(1, 2)).toBe(3)
  })

  test('an import that throws: HostError with its cause', () => {
    const cause = new RangeError('no ticks left')
    const imports = host()
    const demo = load({
      ...imports,
      'demo:algo/log': {
        ...imports['demo:algo/log'],
        log: () => {
          throw cause
        },
      },
    })
    expect(thrown(() => demo.analysis.shout('x'))).toMatchObject({ codeName: 'HostError', cause })
  })

  test('an import may not re-enter the instance', () => {
    let error: unknown
    const demo: Demo = load({
      ...host(),
      'demo:algo/log': { log: () => void (error = thrown(() => demo.analysis.add(1, 2))), threshold: () => '' },
    })
    demo.analysis.shout('x')
    expect(error).toMatchObject({ codeName: 'Reentrance' })
  })
})

describe('instantiation', () => {
  test('names: the option, else the source, else the world', async () => {
    expect(thrown(() => load(host(), { name: 'mine' }).analysis.fail())).toMatchObject({ module: 'mine' })
    const url = `data:application/wasm;base64,${Buffer.from(demoGuest()).toString('base64')}`
    const response = new Response(demoGuest())
    Object.defineProperty(response, 'url', { value: 'https://example.org/guests/a.wasm?x=1' })
    for (const [source, name] of [
      [url, 'demo'],
      [response, 'a.wasm'],
    ] as const) {
      const instance = instantiateWorld(world, await compile(source), { imports: host() })
      expect(instance.name).toBe(name)
    }
  })

  test('an import that throws while the guest starts', () => {
    const cause = new Error('not now')
    const error = thrown(() =>
      load({
        ...host(),
        tick: () => {
          throw cause
        },
      }),
    )
    expect(error).toBeInstanceOf(WasmError)
    expect(error).toMatchObject({ message: 'wasm module demo error [17 HostError]: not now', function: 'tick', cause })
  })

  test('a guest that traps while it starts', async () => {
    const trapping = await compile(trapAtStart())
    const empty = { abi: 1, id: 'demo:algo/empty', imports: [], exports: [] } as const
    expect(thrown(() => instantiateWorld(empty, trapping))).toMatchObject({
      message: 'wasm module empty error [10 Unreachable]: while the guest was instantiated: unreachable',
      cause: expect.any(WebAssembly.RuntimeError),
    })
  })

  test('a component whose inner components call each other', async () => {
    const empty = { abi: 1, id: 'demo:algo/empty', imports: [], exports: [] } as const
    const nested = await compile(nestedCall(), empty)
    expect(() => instantiateWorld(empty, nested)).not.toThrow()
  })

  test('generated code of another ABI version', () => {
    const newer = { ...world, abi: 2 as unknown as 1 }
    expect(thrown(() => instantiateWorld(newer, compiled, { imports: host() }))).toMatchObject({
      message:
        "wasm module demo error [8 Unsupported]: the generated code of demo:algo/demo@1.1.0 is for version 2 of the runtime's interface, " +
        'this runtime has version 1: generate it again with the version of witgen that is installed',
    })
  })

  test('something that was not compiled', () => {
    const bytes = demoGuest() as unknown as CompiledComponent
    expect(thrown(() => instantiateWorld(world, bytes))).toMatchObject({
      message: 'wasm module demo error [5 InvalidModule]: expected the compiled component that compile() resolves to',
    })
  })
})

describe('dispose', () => {
  test('later calls are refused, a second time does nothing', () => {
    const demo = load()
    demo.dispose()
    demo.dispose()
    expect(thrown(() => demo.analysis.add(1, 2))).toMatchObject({
      message: 'wasm module demo error [20 Disposed]: this instance has been disposed',
      function: 'demo:algo/analysis@1.1.0#add',
    })
    expect(thrown(() => demo.analysis.shout('x'))).toMatchObject({ codeName: 'Disposed' })
  })

  test('works after a trap, but not in the middle of a call', () => {
    const poisoned = load()
    thrown(() => poisoned.analysis.fail())
    poisoned.dispose()
    expect(thrown(() => poisoned.analysis.add(1, 2))).toMatchObject({ codeName: 'Disposed' })

    let error: unknown
    const demo: Demo = load({
      ...host(),
      'demo:algo/log': { log: () => void (error = thrown(() => demo.dispose())), threshold: () => 'ok' },
    })
    expect(demo.analysis.shout('x')).toBe('ok')
    expect(error).toMatchObject({
      message:
        'wasm module demo error [15 Reentrance]: the instance is in the middle of a call, it cannot be disposed now',
    })
  })

  test('by the logger that is told of the trap of an import: the instance stays disposed', () => {
    const ignore = (): void => {}
    const error = (fields: { readonly event?: string }): void => {
      if (fields.event === 'trap') demo.dispose()
    }
    const logger = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error, fatal: ignore } as Logger
    const log = (): void => {
      throw new Error('no disk')
    }
    const demo: Demo = load({ ...host(), 'demo:algo/log': { log, threshold: () => '' } }, { logger })
    expect(thrown(() => demo.analysis.shout('x'))).toMatchObject({ codeName: 'HostError' })
    expect(thrown(() => demo.analysis.add(1, 2))).toMatchObject({ codeName: 'Disposed' })
  })
})
