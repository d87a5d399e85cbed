// Options that are none are refused before a worker is started, and what workers are sent is what was given.
import { expect, test } from 'vitest'
import { Pool } from 'witgen/host'
import { Pipeline } from '../../../generated/pipeline.ts'
import { moduleUrl } from '../../../src/host/pool/module-url.ts'
import { outputsOf, wasiForWorkers } from '../../../src/host/pool/wasi-for-workers.ts'
import { pipelineGuest, rejection } from './pools.ts'

test.each<[given: unknown, text: string]>([
  [null, 'options: expected an object, got null'],
  [{ recycle: { call: 1 } }, 'recycle: expected some of calls, pages, got call; did you mean calls?'],
  [{ recycle: null }, 'recycle: expected an object, got null'],
  [{ worker: { execArg: [] } }, 'worker: expected some of execArgv, env, resourceLimits, got execArg; did you mean execArgv?'], // prettier-ignore
  [{ wasi: { clock: true } }, 'wasi: expected some of args, env, preopens, stdin, stdout, stderr, clocks, random, net, got clock; did you mean clocks?'], // prettier-ignore
  [{ hooks: null }, 'hooks: expected an object, got null'],
  [{ imports: 5 }, 'imports: expected an object, got 5'],
  [{ metrics: {} }, 'metrics: expected a MetricsCollector, got an object'],
  [{ logger: {} }, 'logger: expected an object with trace, debug, info, warn, error and fatal, got an object'],
  [{ name: 5 }, 'name: expected a text, got 5'],
  [{ importsModule: 5 }, 'importsModule: expected a URL, an absolute path or a package, got 5'],
  [{ worldUrl: {} }, 'worldUrl: expected a URL, an absolute path or a package, got an object'],
  [{ hooksModule: '' }, 'hooksModule: expected a URL, an absolute path or a package, got ""'],
  [{ worker: { execArgv: '--import=x' } }, 'worker.execArgv: expected an array of strings, got "--import=x"'],
  [{ worker: { env: { A: 1 } } }, 'worker.env: expected an object of strings, got an object'],
  [{ worker: { resourceLimits: { stackSizeMb: '4' } } }, 'worker.resourceLimits: expected an object of numbers above 0, got an object'], // prettier-ignore
  [{ wasi: { args: 5 } }, 'wasi.args: expected an array of strings, got 5'],
  [{ wasi: { preopens: { '/': 5 } } }, "wasi.preopens['/']: expected a path, or { path, write? }, got 5"],
  [
    { hooksModule: './hooks.js' },
    "hooksModule: expected a URL, an absolute path or a package, got the relative path ./hooks.js; give new URL('./hooks.js', import.meta.url)",
  ],
  [
    { importsModule: '../imports.js' },
    "importsModule: expected a URL, an absolute path or a package, got the relative path ../imports.js; give new URL('../imports.js', import.meta.url)",
  ],
  [
    { worldUrl: './world.js' },
    "worldUrl: expected a URL, an absolute path or a package, got the relative path ./world.js; give new URL('./world.js', import.meta.url)",
  ],
])('%o', async (options, text) => {
  const refused = await rejection(Pool.create(Pipeline, pipelineGuest, options as never))
  expect(refused).toMatchObject({
    codeName: 'InvalidParam',
    message: `wasm module pool error [1 InvalidParam]: ${text}`,
  })
})

const unprintable: unknown = Object.create(null)

test.each<[given: object, text: string]>([
  [{ size: '2' }, 'a pool of 1 sources needs a size of at least 1, got "2"'],
  [{ size: unprintable }, 'a pool of 1 sources needs a size of at least 1, got an object'],
  [{ size: 1e9 }, 'a pool of 1 sources needs a size of at least 1, and at most 1024, got 1000000000'],
  [{ maxQueue: '5' }, 'maxQueue has to be an integer of 0 or more, got "5"'],
  [{ maxQueue: 1.5 }, 'maxQueue has to be an integer of 0 or more, got 1.5'],
  [{ maxQueue: 5n }, 'maxQueue has to be an integer of 0 or more, got 5n'],
  [{ maxChunk: Number.NaN }, 'maxChunk has to be an integer of 1 or more, got NaN'],
  [{ recycle: { calls: '5' } }, 'recycle.calls has to be an integer of 1 or more, got "5"'],
  [{ recycle: { pages: unprintable } }, 'recycle.pages has to be an integer of 1 or more, got an object'],
])('the number %o', async (options, text) => {
  expect(await rejection(Pool.create(Pipeline, pipelineGuest, options as never))).toEqual(new RangeError(text))
})

test('a name is that of the error', async () => {
  const options = { name: 'mine', recycle: { page: 1 } } as never
  expect(await rejection(Pool.create(Pipeline, pipelineGuest, options))).toMatchObject({ module: 'mine' })
})

test.each([
  [new URL('file:///a/b.js'), 'file:///a/b.js'],
  ['file:///a/b.js', 'file:///a/b.js'],
  ['data:text/javascript,0', 'data:text/javascript,0'],
  ['/a b/c.js', 'file:///a%20b/c.js'],
  ['package/hooks', 'package/hooks'],
  ['.hidden/hooks', '.hidden/hooks'],
])('workers import from %s', (given, url) => {
  expect(moduleUrl(given, 'hooksModule', 'pool')).toBe(url)
})

test('what the options of WASI have of a class, they have in workers too', () => {
  class Folder {
    get path(): string {
      return '.'
    }
    get write(): boolean {
      return true
    }
  }
  class Grants {
    get clocks(): boolean {
      return true
    }
    get stdout(): () => void {
      return () => {}
    }
    preopens = { '/': new Folder(), '/tmp': '/tmp', '/x': Object.assign(new Folder(), { wrtie: true }) }
  }
  const outputs = outputsOf(new Grants())
  expect(outputs).toEqual(['stdout'])
  expect(wasiForWorkers(new Grants(), outputs)).toEqual({
    clocks: true,
    // A key that is none goes along: the worker refuses it.
    preopens: { '/': { path: '.', write: true }, '/tmp': '/tmp', '/x': { path: '.', write: true, wrtie: true } },
  })
})
