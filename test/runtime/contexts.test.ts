import { expect, test } from 'vitest'
import { enterImport, enterRunning, failed, hostFailed, leave } from '../../src/runtime/abi/calls.ts'
import { block } from '../../src/runtime/abi/memory.ts'
import { liftString } from '../../src/runtime/abi/strings.ts'
import { compile } from '../../src/runtime/compile.ts'
import type { Context } from '../../src/runtime/context.ts'
import type { CoreExports, ExportedInterface, WorldDescriptor } from '../../src/runtime/descriptor.ts'
import { instantiateWorld } from '../../src/runtime/instance.ts'
import { MetricsCollector } from '../../src/runtime/metrics.ts'
import { twoMemories } from './guests.ts'

class Texts {
  readonly #cx: Context
  readonly #exports: CoreExports

  constructor(cx: Context, exports: CoreExports) {
    this.#cx = cx
    this.#exports = exports
  }
  f(): string {
    return this.#text('f')
  }
  g(): string {
    return this.#text('g')
  }
  h(): void {
    this.#call('h', () => undefined)
  }
  #text(name: string): string {
    const cx = this.#cx
    return this.#call(name, (result) => {
      const at = block(cx, result, 8, 4) >>> 2
      return liftString(cx, cx.U32[at] ?? 0, cx.U32[at + 1] ?? 0)
    })
  }
  #call<T>(name: string, lift: (result: number) => T): T {
    const cx = this.#cx
    enterRunning(cx, name)
    try {
      const value = lift(this.#exports.core<() => number>(name)())
      leave(cx)
      return value
    } catch (error) {
      throw failed(cx, name, error)
    }
  }
}

const texts: ExportedInterface<Texts> = {
  id: 'demo:algo/texts',
  types: {},
  functions: {
    f: { signature: 'func() -> string', member: 'f' },
    g: { signature: 'func() -> string', member: 'g' },
    h: { signature: 'func()', member: 'h' },
  },
  bind: (cx, exports) => new Texts(cx, exports),
}

const world: WorldDescriptor = {
  abi: 1,
  id: 'demo:algo/two',
  imports: [
    {
      id: '',
      types: {},
      functions: {
        say: {
          signature: 'func(text: string)',
          member: 'say',
          lower: (cx: Context, host: { say(text: string): void }) => (ptr: number, n: number) => {
            enterImport(cx, 'say')
            try {
              block(cx, ptr, n, 1)
              host.say(liftString(cx, ptr, n))
            } catch (error) {
              throw hostFailed(cx, 'say', error)
            }
          },
        },
      },
    },
  ],
  exports: [texts],
}

test('functions with memories of their own share the state of the instance', async () => {
  const said: string[] = []
  let reentrance: unknown
  let say = (text: string): void => void said.push(text)
  const compiled = await compile(twoMemories())
  const instance = instantiateWorld(world, compiled, { imports: { say: (text: string) => say(text) } })
  const bound = instance.bind(texts)
  const metrics = new MetricsCollector()
  instance.addHooks(metrics)
  expect([bound.f(), bound.g()]).toEqual(['one', 'two'])
  bound.h()
  expect(said).toEqual(['two'])
  const bytes = metrics.snapshot().map((m) => [m.function, m.direction, m.count, m.bytesOut])
  expect(bytes).toEqual([
    ['say', 'import', 1, 3],
    ['f', 'export', 1, 3],
    ['g', 'export', 1, 3],
    ['h', 'export', 1, 3],
  ])

  const catching = (): void => {
    try {
      bound.g()
    } catch (error) {
      reentrance = error
    }
  }
  say = catching
  bound.h()
  expect(reentrance).toMatchObject({ codeName: 'Reentrance', function: 'g' })

  const cause = new Error('no')
  say = () => {
    throw cause
  }
  expect(() => bound.h()).toThrow('[17 HostError]')
  for (const call of [() => bound.f(), () => bound.g()]) expect(call).toThrow('[16 InstancePoisoned]')
  instance.dispose()
  for (const call of [() => bound.f(), () => bound.g()]) expect(call).toThrow('[20 Disposed]')
})
