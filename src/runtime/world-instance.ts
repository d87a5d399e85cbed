import { HostResource } from './abi/host-resource.ts'
import { bindInContexts } from './bind.ts'
import { type Context, DISPOSED, IDLE, NO_MEMORY, POISONED, NO_SEAT } from './context.ts'
import type { ExportedInterface, ExportFace } from './descriptor.ts'
import { publish } from './diagnostics-channels.ts'
import { WasmError } from './errors.ts'
import type { CallHooks } from './hooks.ts'
import type { InstanceLog } from './instance-log.ts'
import type { Instrumentation } from './instrument.ts'
import type { Instrumentable } from './instrumentables.ts'
import { loadedFit } from './fit-chunk.ts'
import { liveInstances } from './lifecycle/live-instances.ts'
import { vitalsOf, type Vitals } from './lifecycle/vitals.ts'
import type { HostSlots, Linked } from './link.ts'
import type { LiftedInterface, LinkProgram } from './link-program.ts'
import { Owner } from './owner.ts'
import type { Guard } from './policy/guard.ts'

/** An exported interface and its typed object. */
export interface Bound {
  readonly face: ExportFace
  readonly lifted: LiftedInterface
  readonly object: Record<string, unknown>
  /** What functions of resources are called in an object that has them as its own: by WIT name. */
  readonly members?: Readonly<Record<string, string>>
}

/** What an instance is made of. */
export interface InstanceParts {
  readonly name: string
  readonly program: LinkProgram
  readonly linked: Linked
  readonly slots: HostSlots
  readonly log: InstanceLog | undefined
  readonly instrumentation: Instrumentation | undefined
  /** What serves `wasi:*`, where that is not left to the host. */
  readonly wasi: { dispose(): void } | undefined
  /** What holds it to a policy. */
  readonly guard: Guard | undefined
}

/** One instance of a component, behind the object of a generated world class. */
export class Instance {
  /** The instance's name. */
  readonly name: string
  /** What holds it to a policy, where there is one. */
  readonly guard: Guard | undefined
  /** What tells of it, where there is a logger; also after its end. */
  readonly log: InstanceLog | undefined
  #parts: InstanceParts | undefined
  #instrumentation: Instrumentation | undefined
  readonly #bound: Bound[] = []
  readonly #vitals: Vitals
  readonly #entry: WeakRef<Vitals>

  constructor(parts: InstanceParts) {
    this.name = parts.name
    this.guard = parts.guard
    this.log = parts.log
    this.#parts = parts
    this.#instrumentation = parts.instrumentation
    this.#vitals = vitalsOf(parts.name, parts.linked)
    this.#entry = liveInstances.add(this.#vitals)
  }

  /** The typed object of an exported interface of the world. */
  bind<T>(face: ExportedInterface<T>): T {
    const lifted = this.#lifted(face)
    const object = bindInContexts(face, lifted, this.#live().linked)
    if (isRecord(object)) this.#register({ face, lifted, object })
    return object
  }

  /**
   * A further object over the core functions of an exported interface, made once; hooks see its calls as those of the first.
   *
   * @param views how it is made
   * @param face the interface as the world has it
   * @param members what functions of resources are called in it, by WIT name
   */
  bindViews<V>(
    views: ExportedInterface<V>,
    face: ExportedInterface<unknown>,
    members: Readonly<Record<string, string>>,
  ): V {
    const known = this.#bound.find((bound) => bound.face === face && bound.members !== undefined)
    if (known !== undefined) return known.object as V
    const lifted = this.#lifted(face)
    const object = bindInContexts(views, lifted, this.#live().linked, members)
    if (isRecord(object)) this.#register({ face, lifted: { ...lifted, resources: new Map() }, object, members })
    return object
  }

  /** The object of an exported interface that no code was generated for. */
  bindDynamic(face: ExportFace): Record<string, unknown> {
    const lifted = this.#lifted(face)
    const object = lifted.bind?.(lifted, this.#live().linked) ?? {}
    this.#register({ face, lifted, object })
    return object
  }

  /** The exported interfaces of the world, with their typed objects. */
  get exported(): readonly Bound[] {
    return this.#bound
  }

  /** Whether a trap has made the instance unusable; a disposed one is not poisoned. */
  get isPoisoned(): boolean {
    return this.#parts?.linked.contexts.some(({ state }) => state === POISONED) ?? false
  }

  /** The size of its memories now, in pages of 64 KiB. */
  get memoryPages(): number {
    const memories = new Set(this.#parts?.linked.contexts.map(({ memory }) => memory))
    return [...memories].reduce((pages, memory) => pages + (memory?.buffer.byteLength ?? 0) / 65_536, 0)
  }

  /** Makes `addHooks` and `removeHooks` find this instance by the object of its world class. */
  attach(owner: object): void {
    if (Owner.of(owner) === undefined) new Owner(owner, this)
  }

  addHooks(hooks: CallHooks): void {
    const { program, linked, slots, log } = this.#live()
    if (this.#instrumentation === undefined) {
      const fit = loadedFit()
      this.#instrumentation = new fit.Instrumentation(this.name, linked.contexts, log)
      this.#instrumentation.register(fit.importSites(program, linked.contexts, slots, this.name))
      for (const bound of this.#bound) this.#instrumentation.register(this.#sitesOf(bound))
    }
    this.#instrumentation.add(hooks)
  }

  removeHooks(hooks: CallHooks): void {
    this.#instrumentation?.remove(hooks)
  }

  /**
   * Ends the instance: later calls throw `Disposed`. Objects of the host that the guest still owns are disposed of. A second
   * time does nothing.
   *
   * @throws WasmError `Reentrance` in the middle of a call, as by an import; `HostError` when an object of the host throws, after
   * everything has been given back
   */
  dispose(): void {
    if (this.#parts === undefined) return
    const { linked, wasi, log } = this.#parts
    const { contexts } = linked
    if (contexts.some(({ state }) => state !== IDLE && state !== POISONED)) {
      const text = 'the instance is in the middle of a call, it cannot be disposed now'
      throw new WasmError('Reentrance', this.name, undefined, text)
    }
    for (const context of contexts) release(context)
    this.#instrumentation?.release()
    this.#parts = undefined
    this.#instrumentation = undefined
    this.#bound.length = 0
    liveInstances.remove(this.#entry)
    try {
      wasi?.dispose()
    } finally {
      // Also when a logger throws. WASI first: it knows in which order its own objects go.
      this.#endHostResources(linked)
    }
    log?.event('debug', 'dispose', {}, 'disposed')
    publish('dispose', () => ({ module: this.name }))
  }

  /** How many objects of the guest's resources the host can still use: those that it has been given and not disposed of. */
  get resources(): number {
    const isUsable = this.#parts?.linked.contexts.every(({ state }) => state !== POISONED) === true
    return !isUsable ? 0 : this.#vitals.resources.reduce((sum, { live }) => sum + live, 0)
  }

  /** Disposes of the objects of the host that the guest owns: it will not drop them any more. */
  #endHostResources({ contexts, resources }: Linked): void {
    const tables = new Set(contexts.map((context) => context.handles))
    const errors = resources.flatMap((type) => (type instanceof HostResource ? type.end(tables) : []))
    if (errors.length === 0) return
    const [cause] = errors
    const reason = cause instanceof Error ? cause.message : String(cause)
    const text = `an object of the host threw while it was disposed of: ${reason}`
    throw new WasmError('HostError', this.name, undefined, text, { cause })
  }

  #lifted(face: ExportFace): LiftedInterface {
    const lifted = this.#live().program.exports.get(face)
    if (lifted === undefined) throw new TypeError(`${face.id} is no interface of the instance's world`)
    return lifted
  }

  #register(bound: Bound): void {
    this.attach(bound.object)
    this.#bound.push(bound)
    this.#instrumentation?.register(this.#sitesOf(bound))
  }

  #sitesOf(bound: Bound): Instrumentable[] {
    const { program, linked } = this.#live()
    return loadedFit().exportSites(program, linked, bound, this.name)
  }

  #live(): InstanceParts {
    if (this.#parts === undefined)
      throw new WasmError('Disposed', this.name, undefined, 'this instance has been disposed')
    return this.#parts
  }
}

/** The instance behind an object of a world class, or behind one of its exports objects. */
export function instanceOf(object: object): Instance {
  for (const candidate of [object, ...Object.values(object)]) {
    const owner = isRecord(candidate) ? Owner.of(candidate) : undefined
    // What stands for one instance after the other, as a plugin does, says which it is now.
    const instance: unknown = typeof owner === 'function' ? owner() : owner
    if (instance instanceof Instance) return instance
  }
  throw new TypeError('expected an instance of a generated world class')
}

/** Lets go of the memory. The typed objects still have the guest's functions: it is freed when nobody holds those either. */
function release(context: Context): void {
  context.state = DISPOSED
  if (context.seat !== NO_SEAT) loadedFit().unseat(context)
  context.memory = undefined
  context.realloc = undefined
  context.U8 = NO_MEMORY.U8
  context.U32 = NO_MEMORY.U32
  context.F64 = NO_MEMORY.F64
  context.view = NO_MEMORY.view
  context.size = 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
