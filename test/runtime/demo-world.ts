// The world of the component `demoGuest` in guests.ts, as generated code describes it.
import {
  enter,
  enterImport,
  enterRunning,
  beginPostReturn,
  failed,
  hostFailed,
  leave,
} from '../../src/runtime/abi/calls.ts'
import { block } from '../../src/runtime/abi/memory.ts'
import { liftString, lowerString } from '../../src/runtime/abi/strings.ts'
import { type Context, IDLE, RUNNING } from '../../src/runtime/context.ts'
import type {
  CoreExports,
  ExportedInterface,
  ImportedInterface,
  WorldDescriptor,
} from '../../src/runtime/descriptor.ts'
import type { Instance } from '../../src/runtime/instance.ts'

type Host = Record<string, (...args: unknown[]) => unknown>

export const log: ImportedInterface = {
  id: 'demo:algo/log@1.0.0',
  types: { priority: 'enum { debug, info }' },
  functions: {
    log: {
      signature: 'func(priority: $priority, message: string)',
      member: 'log',
      lower: (cx: Context, host: Host) => (priority: number, ptr: number, n: number) => {
        enterImport(cx, 'demo:algo/log@1.0.0#log')
        try {
          block(cx, ptr, n, 1)
          host['log']?.(['debug', 'info'][priority], liftString(cx, ptr, n))
        } catch (error) {
          throw hostFailed(cx, 'demo:algo/log@1.0.0#log', error)
        }
      },
    },
    threshold: {
      signature: 'func() -> string',
      member: 'threshold',
      lower: (cx: Context, host: Host) => (result: number) => {
        enterImport(cx, 'demo:algo/log@1.0.0#threshold')
        try {
          const ptr = lowerString(cx, 'threshold', String(host['threshold']?.()))
          const at = block(cx, result, 8, 4) >>> 2
          cx.U32[at] = ptr
          cx.U32[at + 1] = cx.count
        } catch (error) {
          throw hostFailed(cx, 'demo:algo/log@1.0.0#threshold', error)
        }
      },
    },
  },
}

export const root: ImportedInterface = {
  id: '',
  types: {},
  functions: {
    tick: {
      signature: 'func() -> u32',
      member: 'tick',
      lower: (cx: Context, host: Host) => () => {
        enterImport(cx, 'tick')
        try {
          return host['tick']?.()
        } catch (error) {
          throw hostFailed(cx, 'tick', error)
        }
      },
    },
  },
}

type Numeric = (...args: number[]) => number

export class Analysis {
  readonly #cx: Context
  readonly #core: Readonly<Record<string, Numeric>>
  readonly #postShout: (result: number) => void

  constructor(cx: Context, exports: CoreExports) {
    this.#cx = cx
    const names = ['add', 'posts', 'bad-post', 'shout', 'fail']
    this.#core = Object.fromEntries(names.map((name) => [name, exports.core<Numeric>(name)]))
    this.#postShout = exports.postReturn('shout')
  }

  add(a: number, b: number): number {
    return this.#flat('add', a, b)
  }
  posts(): number {
    return this.#flat('posts')
  }
  badPost(): number {
    return this.#flat('bad-post')
  }
  fail(): void {
    this.#flat('fail')
  }

  shout(s: string): string {
    const cx = this.#cx
    const id = 'demo:algo/analysis@1.1.0#shout'
    enter(cx, id)
    try {
      const ptr = lowerString(cx, 's', s)
      cx.state = RUNNING
      const result = block(cx, this.#core['shout']?.(ptr, cx.count) ?? 0, 8, 4)
      const value = liftString(cx, cx.U32[result >>> 2] ?? 0, cx.U32[(result >>> 2) + 1] ?? 0)
      beginPostReturn(cx)
      this.#postShout(result)
      cx.state = IDLE
      return value
    } catch (error) {
      throw failed(cx, id, error)
    }
  }

  #flat(name: string, ...args: number[]): number {
    const cx = this.#cx
    const id = `demo:algo/analysis@1.1.0#${name}`
    enterRunning(cx, id)
    try {
      const result = this.#core[name]?.(...args) ?? 0
      leave(cx)
      return result >>> 0
    } catch (error) {
      throw failed(cx, id, error)
    }
  }
}

export const analysis: ExportedInterface<Analysis> = {
  id: 'demo:algo/analysis@1.1.0',
  types: {},
  functions: {
    add: { signature: 'func(a: u32, b: u32) -> u32', member: 'add' },
    posts: { signature: 'func() -> u32', member: 'posts' },
    'bad-post': { signature: 'func() -> u32', member: 'badPost' },
    shout: { signature: 'func(s: string) -> string', member: 'shout' },
    fail: { signature: 'func()', member: 'fail' },
  },
  bind: (cx, exports) => new Analysis(cx, exports),
}

export interface Root {
  started(): number
}

export const rootExports: ExportedInterface<Root> = {
  id: '',
  types: {},
  functions: { started: { signature: 'func() -> u32', member: 'started' } },
  bind: (cx, exports) => {
    const core = exports.core<() => number>('started')
    return {
      started() {
        enterRunning(cx, 'started')
        try {
          const result = core()
          leave(cx)
          return result
        } catch (error) {
          throw failed(cx, 'started', error)
        }
      },
    }
  },
}

export const world: WorldDescriptor = {
  abi: 1,
  id: 'demo:algo/demo@1.1.0',
  imports: [log, root],
  exports: [analysis, rootExports],
}

/** What the generated class `Demo` makes of an instance. */
export class Demo {
  readonly analysis: Analysis
  readonly #root: Root
  readonly #instance: Instance

  constructor(instance: Instance) {
    this.#instance = instance
    this.analysis = instance.bind(analysis)
    this.#root = instance.bind(rootExports)
    instance.attach(this)
  }
  started(): number {
    return this.#root.started()
  }
  dispose(): void {
    this.#instance.dispose()
  }
}
