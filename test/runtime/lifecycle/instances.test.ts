import { afterEach, describe, expect, test } from 'vitest'
import { compile, instantiate, isWasmError, liveReport } from 'witgen/runtime'
import type { Counter } from '../../guests/generated/test/toolbox/counters.ts'
import { Toolbox, type ToolboxImports } from '../../guests/generated/toolbox.ts'
import { guestFiles } from '../../guests/guests.ts'
import { ToolboxHost } from '../../guests/toolbox-host.ts'
import { rejectionOf, thrownBy } from '../../e2e/guests.ts'

const [guest] = guestFiles('rust/toolbox.wasm')
const path = guest?.path ?? ''
const imports = new ToolboxHost().imports('toolbox') as ToolboxImports
const load = (name: string): Promise<Toolbox> => Toolbox.load(path, { name, imports })

const COUNTER = 'test:toolbox/counters#counter'
const NOTHING = { instances: [], workers: [], handles: 0, resources: 0, memories: 0, memoryBytes: 0 }

afterEach(() => expect(liveReport()).toMatchObject(NOTHING))

describe('liveReport', () => {
  test('lists instances with what they hold, and nothing once they are disposed of', async () => {
    const a = await load('a')
    const b = await load('b')
    const one = new a.counters.Counter(1n)
    const two = new a.counters.Counter(2n)
    const report = liveReport()
    expect(report.instances.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(report.instances[0]).toMatchObject({ resources: { [COUNTER]: 2 }, memories: 1 })
    expect(report.instances[1]?.resources).toEqual({})
    expect(report).toMatchObject({ resources: 2, memories: 2, workers: [] })
    expect(report.memoryBytes).toBeGreaterThanOrEqual(2 * 65_536)
    expect(String(report).split('\n')).toEqual([
      expect.stringMatching(/^2 instances, 0 handles, 2 resources, 2 memories \(\d+ KiB\), 0 workers/),
      expect.stringMatching(/^ {2}instance a: 0 handles, 1 memory \(\d+ KiB\), 2 × test:toolbox\/counters#counter$/),
      expect.stringMatching(/^ {2}instance b: 0 handles, 1 memory \(\d+ KiB\)$/),
    ])
    one[Symbol.dispose]()
    one[Symbol.dispose]()
    expect(liveReport().resources).toBe(1)
    a.dispose()
    two[Symbol.dispose]()
    expect(liveReport()).toMatchObject({ resources: 0, memories: 1 })
    b.dispose()
    b.dispose()
  })

  test('counts a resource until it is passed on, and again when the call does not begin', async () => {
    const toolbox = await load('a')
    const { Counter } = toolbox.counters
    const [one, two] = [new Counter(1n), new Counter(2n)]
    const error = thrownBy(() => Counter.merge(one, {} as Counter))
    expect(isWasmError(error, 'InvalidParam')).toBe(true)
    expect(liveReport().resources).toBe(2)
    const merged = Counter.merge(one, two)
    expect(merged.value()).toBe(3n)
    expect(liveReport().resources).toBe(2)
    for (const counter of [two, merged]) counter[Symbol.dispose]()
    expect(liveReport()).toMatchObject({ resources: 0, handles: 0 })
    toolbox.dispose()
  })

  test('knows instances without generated code', async () => {
    const instance = instantiate(await compile(path), { name: 'dynamic', imports })
    const Counter = instance.exports['test:toolbox/counters']?.['Counter']
    if (Counter === undefined) throw new Error('no counters')
    const counter = new Counter(1n)
    expect(liveReport().instances).toMatchObject([{ name: 'dynamic', resources: { [COUNTER]: 1 } }])
    counter[Symbol.dispose]()
    expect(liveReport().resources).toBe(0)
    instance.dispose()
  })

  test('knows how large memories have grown', async () => {
    const toolbox = await load('a')
    const before = liveReport().memoryBytes
    expect(toolbox.compute.reverseBytes(new Uint8Array(5_000_000))).toHaveLength(5_000_000)
    expect(liveReport().memoryBytes).toBeGreaterThan(before + 5_000_000)
    toolbox.dispose()
  })

  test('leaves out what could not be instantiated', async () => {
    const error = await rejectionOf(() => Toolbox.load(path, { imports: {} as ToolboxImports }))
    expect(isWasmError(error, 'LinkError')).toBe(true)
  })
})
