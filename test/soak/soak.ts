import { setImmediate, setTimeout } from 'node:timers/promises'
import { PluginManager } from 'witgen/host'
import { isWasmError, liveReport, MetricsCollector } from 'witgen/runtime'
import { answer, importsOf, worlds, type SoakPlugin } from './guests.ts'
import { growth, takeSample, type Sample } from './samples.ts'
import { work, type Tools } from './workload.ts'

export interface SoakOptions {
  readonly plugins: readonly SoakPlugin[]
  readonly seconds: number
  /** How often a plugin is swapped, one after the other. */
  readonly swapEveryMs: number
  readonly sampleEveryMs: number
  readonly onSample?: (sample: Sample, report: SoakReport) => void
}

/** What came of a soak. */
export interface SoakReport {
  readonly plugins: readonly string[]
  /** Calls whose answer named plugin, version and call; each is compared. */
  calls: number
  /** Rounds of calls with values of all kinds; each is compared. */
  rounds: number
  /** Callbacks of `use` that a guest was kept for, over several turns of the event loop. */
  leases: number
  swaps: number
  /** Swaps to a guest that is no good, after which the old one has to go on. */
  refusedSwaps: number
  /** The first of what went wrong; empty when nothing did. */
  readonly wrong: string[]
  readonly samples: Sample[]
  /** The last quarter of the time against the second, in bytes. */
  rssGrowth: number
  /** When everything has been disposed of. */
  left: { readonly instances: number; readonly handles: number; readonly resources: number; readonly memories: number }
}

/** So many calls are made before the event loop turns. */
const BURST = 20
const WRONG_KEPT = 20

/** Plugins in several languages, swapped again and again while they are called. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const run = new Soak(options)
  await run.run()
  return run.report
}

class Soak {
  readonly report: SoakReport
  readonly #options: SoakOptions
  readonly #metrics: MetricsCollector = new MetricsCollector({ durations: false })
  readonly #manager: PluginManager<typeof worlds>
  readonly #start: number = performance.now()
  readonly #versions: Map<string, number> = new Map()

  constructor(options: SoakOptions) {
    this.#options = options
    const imports = { toolbox: importsOf('toolbox'), 'toolbox-lite': importsOf('toolbox-lite') }
    this.#manager = new PluginManager({ worlds, imports, hooks: this.#metrics })
    const left = { instances: -1, handles: -1, resources: -1, memories: -1 }
    const counts = { calls: 0, rounds: 0, leases: 0, swaps: 0, refusedSwaps: 0, rssGrowth: 0, left }
    this.report = { plugins: options.plugins.map(({ name }) => name), wrong: [], samples: [], ...counts }
  }

  async run(): Promise<void> {
    for (const { name, world, guests } of this.#options.plugins) {
      const [guest] = guests
      if (guest !== undefined) await this.#manager.load(name, guest.source, { world })
    }
    await Promise.all([this.#call(), this.#swap(), this.#lease(), this.#sample()])
    this.#compareMetrics()
    await this.#manager.dispose()
    const { instances, handles, resources, memories } = liveReport()
    this.report.left = { instances: instances.length, handles, resources, memories }
    this.report.rssGrowth = growth(this.report.samples)
  }

  #isOver(): boolean {
    return performance.now() - this.#start > this.#options.seconds * 1000
  }

  #wrong(text: string): void {
    if (this.report.wrong.length < WRONG_KEPT) this.report.wrong.push(text)
  }

  /** Calls all plugins in turn; each answer has to name the plugin, the version that serves, and the call. */
  async #call(): Promise<void> {
    for (let i = 0; !this.#isOver(); i++) {
      const plugin = this.#options.plugins[i % this.#options.plugins.length]
      if (plugin === undefined) return
      const { name } = plugin
      for (let j = 0; j < BURST; j++) {
        const id = `${++this.report.calls}`
        const version = this.#manager.list().findLast((info) => info.name === name)?.version ?? 0
        const [found] = this.#manager.call(name, 'compute.lookUpAll', [id])
        if (found !== answer(name, version, id)) this.#wrong(`${name} version ${version} call ${id}: ${found}`)
        if (version < (this.#versions.get(name) ?? 0)) this.#wrong(`${name}: version ${version} has come back`)
        this.#versions.set(name, version)
      }
      this.report.rounds++
      const wrong = work(this.#manager.get(name) as Tools, i)
      for (const text of wrong) this.#wrong(`${name}: ${text}`)
      await setImmediate()
    }
  }

  /** Swaps one plugin after the other; now and then to a guest that must not serve. */
  async #swap(): Promise<void> {
    const turns = new Map<string, number>()
    for (let i = 0; !this.#isOver(); i++) {
      await setTimeout(this.#options.swapEveryMs)
      const plugin = this.#options.plugins[i % this.#options.plugins.length]
      if (plugin === undefined) return
      const { name, guests } = plugin
      const turn = (turns.get(name) ?? 0) + 1
      turns.set(name, turn)
      const source = guests[turn % guests.length]?.source ?? ''
      if (i % 5 === 4) await this.#swapToBad(name, source, i)
      else {
        const { drained } = await this.#manager.swap(name, source, { probe: (guest) => probe(guest as Tools) })
        this.report.swaps++
        if (!drained) this.#wrong(`${name}: a guest that had users for longer than any lease`)
      }
    }
  }

  async #swapToBad(name: string, source: SoakPlugin['guests'][number]['source'], i: number): Promise<void> {
    const isGarbage = i % 2 === 0
    const bad = isGarbage ? Uint8Array.of(0, 97, 115, 109, 13, 0, 1, 0, 99) : source
    try {
      await this.#manager.swap(name, bad, { probe: () => false })
      this.#wrong(`${name}: a guest that is no good serves`)
    } catch (error) {
      if (!isWasmError(error, isGarbage ? 'InvalidModule' : 'Cancelled')) this.#wrong(`${name}: ${String(error)}`)
      this.report.refusedSwaps++
    }
  }

  /** Holds guests over several turns of the event loop: they have to stay the same version all the while. */
  async #lease(): Promise<void> {
    for (let i = 0; !this.#isOver(); i++) {
      const plugin = this.#options.plugins[(i * 3) % this.#options.plugins.length]
      if (plugin === undefined) return
      const { name } = plugin
      await this.#manager.use(name, async (guest, { version }) => {
        const { compute } = guest as Tools
        for (let j = 0; j < 5; j++) {
          const id = `lease ${i} ${j}`
          const [found] = compute.lookUpAll([id])
          this.report.calls++
          if (found !== answer(name, version, id)) this.#wrong(`${name} version ${version}, ${id}: ${found}`)
          await setTimeout(20)
        }
      })
      this.report.leases++
    }
  }

  async #sample(): Promise<void> {
    const { sampleEveryMs, onSample } = this.#options
    while (!this.#isOver()) {
      await setTimeout(sampleEveryMs)
      const sample = takeSample(this.#start)
      this.report.samples.push(sample)
      // One guest more than those that are listed: the one that is being checked.
      const most = this.#manager.list().length + 1
      if (sample.instances > most) this.#wrong(`${sample.instances} instances, at most ${most} are in use`)
      if (sample.resources > 0) this.#wrong(`${sample.resources} resources that nobody holds`)
      onSample?.(sample, this.report)
    }
  }

  /** The metrics have to have counted the calls under the plugins' names. */
  #compareMetrics(): void {
    const counted = this.#metrics
      .snapshot()
      .filter(({ direction, function: name }) => direction === 'export' && name === 'look-up-all')
    const total = counted.reduce((sum, { count }) => sum + count, 0)
    if (total !== this.report.calls) this.#wrong(`the metrics have ${total} calls, there were ${this.report.calls}`)
    for (const { name } of this.#options.plugins)
      if (!counted.some(({ module }) => module === name)) this.#wrong(`the metrics lack ${name}`)
  }
}

function probe({ compute }: Tools): boolean {
  return compute.add(1, 2) === 3
}
