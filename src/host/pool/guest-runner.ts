import { parentPort } from 'node:worker_threads'
import { CompiledComponent } from '../../runtime/compiled-component.ts'
import type { CallHooks, CallSite } from '../../runtime/hooks.ts'
import { addHooks } from '../../runtime/add-hooks.ts'
import type { Logger } from '../../runtime/logger.ts'
import { tracingHooks, type TracingHooks } from '../../runtime/tracing-hooks.ts'
import { MetricsCollector, type MetricsState } from '../../runtime/metrics.ts'
import type { SecurityPolicy } from '../../runtime/policy/security-policy.ts'
import type { WasiOptions } from '../../runtime/wasi/options.ts'
import { instanceOf, type Instance } from '../../runtime/world-instance.ts'
import { resumed } from './call-tracing.ts'
import { WasmError } from '../../runtime/errors.ts'
import { textOf } from '../text-of.ts'
import { Control } from './control.ts'
import { cloneable, packError } from '../../runtime/errors-packed.ts'
import { exportedFunctions } from './exported-functions.ts'
import type { FromWorker, HookEvent, LogLevel, WireFunction, WorkerData } from './protocol.ts'
import { wireResults } from './wire.ts'
import { remoteImports, thrownRefs } from './remote-imports.ts'

/** A generated world class, as a worker finds it in its module. */
interface LoadedClass {
  compile(source: unknown): Promise<CompiledComponent>
  instantiate(compiled: CompiledComponent, options: object): Disposable & object
}

/** The guest of one worker: its instance, made anew when that is needed. */
export class GuestRunner {
  readonly control: Control
  readonly functions: readonly WireFunction[]
  /** The number of the call that is running, for the log. */
  call: number | undefined
  /** How many instances followed the first one. */
  renewed = 0
  readonly #data: WorkerData
  readonly #make: () => Disposable & object
  readonly #collector: MetricsCollector | undefined
  readonly #tracing: TracingHooks | undefined
  #events: HookEvent[] = []
  #world: Disposable & object
  #instance: Instance
  #targets: readonly ((args: readonly unknown[]) => unknown)[] = []
  #callsLeft = 0
  /** By the instances before this one. */
  #fuelBefore = 0

  /**
   * Loads the world class and instantiates the guest.
   *
   * @throws WasmError what instantiating throws; `InvalidParam` when a module cannot be loaded or has not what it has to
   */
  static async start(data: WorkerData): Promise<GuestRunner> {
    const world = await loadClass(data)
    const { name, plan, code, policy } = data.compiled
    // Loads what linking needs besides, such as what serves WASI, and what holds guests to policies.
    const compiled = await world.compile(new CompiledComponent({ plan, code, policy, cores: undefined }, name))
    const own = data.importsUrl === undefined ? {} : await loadObject(data, data.importsUrl, 'imports')
    const hooks = data.hooksUrl === undefined ? undefined : await loadObject(data, data.hooksUrl, 'hooks')
    return new GuestRunner(data, world, compiled, own, hooks)
  }

  private constructor(
    data: WorkerData,
    world: LoadedClass,
    compiled: CompiledComponent,
    ownImports: object,
    ownHooks: CallHooks | undefined,
  ) {
    this.#data = data
    this.control = new Control(data.control)
    const imports = { ...ownImports, ...remoteImports(data.remoteImports, data.importPort, this.control) }
    const logger = data.isLogged ? this.#logger() : undefined
    const hooks = data.isHooked ? this.#hooks() : undefined
    this.#collector = data.metrics === undefined ? undefined : new MetricsCollector(data.metrics)
    this.#tracing = tracingHooks(ownHooks)
    const options = { imports, name: data.name, wasi: wasiOf(data), logger, hooks, policy: policyOf(data) }
    this.#make = () => {
      this.control.begin(-1)
      try {
        const made = world.instantiate(compiled, options)
        if (this.#collector !== undefined) addHooks(made, this.#collector)
        if (ownHooks !== undefined) addHooks(made, ownHooks)
        return made
      } finally {
        this.control.end()
      }
    }
    this.#world = this.#make()
    this.#instance = instanceOf(this.#world)
    this.functions = exportedFunctions(this.#world, this.#instance)
    this.#bind()
  }

  get module(): string {
    return this.#instance.name
  }

  get pages(): number {
    return this.#instance.memoryPages
  }

  /** Instructions of all instances so far; 0 where no policy counts them. */
  get fuelUsed(): number {
    return this.#fuelBefore + (this.#instance.guard?.fuelUsed ?? 0)
  }

  /** Calls a function; what it throws, this throws. `carrier` says to the worker's own hooks which call it is. */
  invoke(fn: number, args: readonly unknown[], carrier: unknown): unknown {
    this.#callsLeft--
    if (carrier === undefined || this.#tracing === undefined) return this.#targets[fn]?.(args)
    return resumed(this.#tracing, carrier, () => this.#targets[fn]?.(args))
  }

  /** Makes a new instance where the old one is unusable, has done its share, or has grown too large. */
  renewWhereNeeded(): void {
    const { recyclePages } = this.#data
    if (!this.#instance.isPoisoned && this.#callsLeft > 0 && this.#instance.memoryPages <= recyclePages) return
    this.#fuelBefore = this.fuelUsed
    this.#world[Symbol.dispose]()
    this.#world = this.#make()
    this.#instance = instanceOf(this.#world)
    this.renewed++
    this.#bind()
  }

  /** What was counted since the last time. It goes with every result, so that nothing is lost with a worker that is ended. */
  takeMetrics(): MetricsState | undefined {
    const state = this.#collector?.state()
    if (state === undefined || state.length === 0) return undefined
    this.#collector?.reset()
    return state
  }

  takeEvents(): readonly HookEvent[] {
    const events = this.#events
    if (events.length > 0) this.#events = []
    return events
  }

  #bind(): void {
    this.#callsLeft = this.#data.recycleCalls
    this.#targets = this.functions.map(({ property, member }) => {
      const object: object = property === undefined ? this.#world : Reflect.get(this.#world, property)
      return (args) => Reflect.apply(Reflect.get(object, member), object, args)
    })
  }

  #logger(): Logger {
    const at =
      (level: LogLevel) =>
      (fields: object, message: string): void =>
        post({ kind: 'log', level, fields: plainFields(fields), message, call: this.call })
    return {
      trace: at('trace'),
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      fatal: at('fatal'),
    }
  }

  #hooks(): CallHooks {
    const add = (site: CallSite, kind: HookEvent['kind'], durationNs = 0, bytesIn = 0, bytesOut = 0): void =>
      void this.#events.push({ site, kind, durationNs, bytesIn, bytesOut, error: undefined })
    return {
      onCall: (site) => add(site, 'call'),
      onReturn: (site, durationNs, bytesIn, bytesOut) => add(site, 'return', durationNs, bytesIn, bytesOut),
      onError: (site, error, durationNs) =>
        void this.#events.push({
          site,
          kind: 'error',
          durationNs,
          bytesIn: 0,
          bytesOut: 0,
          error: encodeThrown(error),
        }),
    }
  }
}

/** An error for the main thread, which knows those of its own imports by number. */
export const encodeThrown = (error: unknown): ReturnType<typeof packError> =>
  packError(error, (known) => thrownRefs.get(known))

/** Sends a message to the main thread. */
export function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message.kind === 'results' ? wireResults(message) : message, transfer)
}

/** A field that cannot be cloned becomes text, an error its data. */
function plainFields(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error ? encodeThrown(value) : cloneable(value),
    ]),
  )
}

/** Events of the policy that the guest was compiled for go to the main thread where somebody listens there. */
function policyOf({ compiled: { policy, isAudited } }: WorkerData): SecurityPolicy | undefined {
  return policy && isAudited ? { ...policy, onEvent: (event) => post({ kind: 'policy', event }) } : policy
}

function wasiOf({ wasi, outputs }: WorkerData): WasiOptions | undefined {
  if (outputs.length === 0) return wasi
  const send = (stream: 'stdout' | 'stderr') => (bytes: Uint8Array) =>
    post({ kind: 'output', stream, bytes: Uint8Array.from(bytes) })
  return { ...wasi, ...Object.fromEntries(outputs.map((stream) => [stream, send(stream)])) }
}

async function loadClass(data: WorkerData): Promise<LoadedClass> {
  const { worldUrl, worldName } = data
  const module = await load(data, 'worldUrl', worldUrl)
  const named = module[worldName]
  const found = isWorldClass(named) ? named : Object.values(module).find(isWorldClass)
  if (found !== undefined) return found
  throw wrong(data, `worldUrl: ${worldUrl} does not export the world class ${worldName}: workers load it from there`)
}

function isWorldClass(value: unknown): value is LoadedClass {
  return typeof value === 'function' && 'instantiate' in value && 'moduleUrl' in value
}

async function loadObject(data: WorkerData, url: string, name: 'imports' | 'hooks'): Promise<object> {
  const module = await load(data, `${name}Module`, url)
  const given = module[name] ?? module['default']
  const found: unknown = typeof given === 'function' ? await given() : given
  if (typeof found === 'object' && found !== null) return found
  const text = `${url} has to export ${name}, or a function that gives them, as \`${name}\` or by default`
  throw wrong(data, `${name}Module: ${text}`)
}

async function load(data: WorkerData, option: string, url: string): Promise<Record<string, unknown>> {
  try {
    return await import(url)
  } catch (cause) {
    throw wrong(data, `${option}: ${url} cannot be loaded by a worker: ${textOf(cause)}`, cause)
  }
}

function wrong({ name, compiled, worldName }: WorkerData, text: string, cause?: unknown): WasmError {
  return new WasmError('InvalidParam', name ?? compiled.name ?? worldName, undefined, text, { cause })
}
