import { MessageChannel, Worker } from 'node:worker_threads'
import { WasmError } from '../../runtime/errors.ts'
import { trackWorker } from '../../runtime/lifecycle/live-workers.ts'
import { isCloneable, movable } from './binary.ts'
import type { Call } from './call.ts'
import { limitMs } from './call-limits.ts'
import { deferred } from './deferred.ts'
import { Control } from './control.ts'
import type { PackedError } from '../../runtime/errors-packed.ts'
import type { WorkerSetup } from './worker-events.ts'
import { messageOf, wireCalls } from './wire.ts'
import { textOf } from '../text-of.ts'
import { Watchdog } from './watchdog.ts'
import type { FromWorker, ToWorker, WireFunction, WorkerData } from './protocol.ts'

/** This file's own ending: `.ts` where the sources run as they are. */
const WORKER_URL = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** How often a call is tried whose worker ended while no call ran. */
const ATTEMPTS = 3

type State = 'starting' | 'idle' | 'busy' | 'ending' | 'ended'

/** One worker thread, and the calls that it has. */
export class PoolWorker {
  readonly id: number
  readonly source: number
  readonly ready: Promise<readonly WireFunction[]>
  /** Whether it has ever been able to take calls. */
  hasStarted = false
  pages = 0
  calls = 0
  busyMs = 0
  renewed = 0
  fuelUsed = 0
  readonly #setup: WorkerSetup
  readonly #limitMs: number | undefined
  readonly #thread: Worker
  readonly #control: Control = new Control()
  #state: State = 'starting'
  #current: Call[] = []
  /** How many of `#current` have an outcome. */
  #settled = 0
  /** Not while `#current` is being sent, which may run getters of the caller. */
  #isSent = false
  readonly #watchdog: Watchdog
  #reason: unknown
  /** Errors that imports of the main thread threw, by number: of the calls that are running. */
  #thrown: unknown[] = []

  constructor(id: number, source: number, compiled: WorkerData['compiled'], setup: WorkerSetup) {
    this.id = id
    this.source = source
    this.#setup = setup
    this.#limitMs = compiled.limitMs
    this.#watchdog = new Watchdog(this.#control, (limitMs) => void this.end(this.#timedOut(limitMs)))
    const { port1, port2 } = new MessageChannel()
    const workerData: WorkerData = {
      ...setup.data,
      compiled,
      remoteImports: setup.desk.members,
      importPort: port2,
      control: this.#control.buffer,
    }
    this.#thread = new Worker(WORKER_URL, {
      name: `witgen pool ${id}`,
      ...setup.options,
      workerData,
      transferList: [port2],
    })
    setup.desk.serve(port1, this.#control, {
      remember: (error) => this.#thrown.push(error) - 1,
      within: (action) => setup.tracing.within(this.running?.trace, action),
      answered: () => this.#watchdog.look(),
    })
    const started = deferred<readonly WireFunction[]>()
    this.ready = started.promise
    // Those who wait for it see the failure; nobody has to.
    this.ready.catch(() => {})
    this.#thread.on('message', (wired: unknown) => {
      const message = messageOf(wired)
      if (message === undefined) return
      if (message.kind === 'ready') {
        this.pages = message.pages
        this.hasStarted = true
        this.#becomeIdle()
        started.resolve(message.functions)
      } else this.#receive(message)
    })
    this.#thread.on('messageerror', (error) => void this.end(this.#crashed('a message of it could not be read', error)))
    this.#thread.on('error', (error) => (this.#reason ??= this.#crashed(textOf(error), error)))
    const untrack = trackWorker(() => ({
      name: `witgen pool ${id}`,
      state: this.#state === 'busy' ? 'busy' : 'idle',
    }))
    this.#thread.on('exit', (code) => {
      untrack()
      port1.close()
      this.#exited(code)
      started.reject(this.#reason)
    })
    this.#watchdog.start(compiled.limitMs)
  }

  get state(): State {
    return this.#state
  }

  /** Whether a guest runs in it at this moment. */
  get isRunning(): boolean {
    return this.#control.runningMs !== undefined
  }

  /** How many calls it has that have no outcome yet. */
  get pending(): number {
    return this.#current.length - this.#settled
  }

  /**
   * Sends calls of one function, which need not be sent all: those that cannot be cloned fail.
   *
   * @returns whether anything was sent
   */
  run(calls: readonly Call[]): boolean {
    const [first] = calls
    if (first === undefined) return false
    this.#current = [...calls]
    this.#settled = 0
    this.#isSent = false
    this.#thrown = []
    this.#control.offer(calls.length, first.isOfMap)
    this.#state = 'busy'
    this.#thread.ref()
    try {
      // Reads the arguments, whose getters may throw, or make calls.
      const parts = calls.map((call) => movable(call.args))
      const message = { fn: first.fn.index, calls: parts.map(({ args }) => args), ids: calls.map(({ id }) => id) }
      const carriers = first.trace === undefined ? {} : { carriers: calls.map(({ trace }) => trace?.carrier) }
      this.#send(
        { ...message, ...carriers },
        parts.flatMap(({ moved }) => moved),
      )
    } catch (cause) {
      this.#current = []
      const isSent = this.#runApart(calls, cause)
      if (!isSent) this.#becomeIdleQuietly()
      return isSent
    }
    this.#isSent = true
    this.#watchdog.start(limitMs(first.limitMs, this.#limitMs))
    return true
  }

  /** Takes calls back that it has not begun: all, or about half of them. */
  withdraw(what: 'all' | 'half'): Call[] {
    const kept = this.#state === 'busy' && this.#isSent ? this.#control.withdraw(what) : undefined
    return kept === undefined ? [] : this.#current.splice(kept)
  }

  /** The calls that it has. */
  get current(): readonly Call[] {
    return this.#current.slice(this.#settled)
  }

  /** Ends the thread, whatever it is doing: within some milliseconds, also in an endless loop. */
  async end(reason: unknown): Promise<void> {
    this.#reason ??= reason
    if (this.#state !== 'ended') this.#state = 'ending'
    // Else it might begin another call until it ends, which would be blamed.
    this.#control.withdraw('all')
    await this.#thread.terminate()
  }

  #send(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#thread.postMessage(wireCalls(message, this.#setup.data.isLogged), transfer)
    this.#control.hasSent()
  }

  /** Finds out which calls cannot be cloned, and puts the others back. */
  #runApart(calls: readonly Call[], cause: unknown): boolean {
    const [only] = calls
    if (calls.length === 1 && only !== undefined) {
      const text = `${only.fn.function}: the arguments cannot be sent to a worker: ${textOf(cause)}`
      this.#setup.events.settled(only, true)
      only.reject(new WasmError('InvalidParam', this.#setup.module, only.fn.id, text, { cause }))
      return false
    }
    const bad = calls.find((call) => !isCloneable(call.args)) ?? calls[0]
    if (bad !== undefined) this.#runApart([bad], cause)
    // Its map may have ended with it.
    return this.run(calls.filter((call) => call !== bad && !call.isAbandoned))
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'failed':
        void this.end(this.#decode(message.error))
        return
      case 'results': {
        this.pages = message.pages
        this.renewed = message.renewed
        this.fuelUsed = message.fuelUsed
        this.#setup.events.message(this, message)
        for (const outcome of message.outcomes) {
          const call = this.#current[this.#settled++]
          if (call === undefined) continue
          this.calls++
          this.#setup.events.settled(call, !outcome.ok)
          if (outcome.ok) call.resolve(outcome.value)
          else call.reject(this.#decode(outcome.error))
        }
        if (message.isDone) this.#done(message.busyNs / 1e6)
        return
      }
      default:
        this.#setup.events.message(this, message)
    }
  }

  #done(busyMs: number): void {
    this.#watchdog.stop()
    this.busyMs += busyMs
    const [first] = this.#current
    if (first !== undefined && this.#settled > 0) {
      const cost = busyMs / this.#settled
      // Half of it is the last chunk: costs change with the arguments.
      first.fn.costMs = first.fn.costMs === undefined ? cost : (first.fn.costMs + cost) / 2
    }
    // There are others only where it is being ended.
    this.#current = this.#current.slice(this.#settled)
    this.#settled = 0
    if (this.#state !== 'ending' && this.#state !== 'ended') this.#becomeIdle()
  }

  #decode(data: PackedError): unknown {
    return this.#setup.unpack(this.source, data, (ref) => this.#thrown[ref])
  }

  #becomeIdle(): void {
    this.#watchdog.stop()
    if (this.#state === 'ending' || this.#state === 'ended') return
    this.#becomeIdleQuietly()
    this.#setup.events.idle(this)
  }

  #becomeIdleQuietly(): void {
    this.#state = 'idle'
    this.#thread.unref()
  }

  /** The call that runs or ran last. */
  get running(): Call | undefined {
    return this.#state === 'busy' ? this.#current[this.#control.index] : undefined
  }

  #timedOut(limitMs: number): WasmError {
    const call = this.running
    const text = `${call?.fn.function ?? 'the start of the guest'} ran longer than ${limitMs} ms; its worker was ended`
    return new WasmError('ExecutionTimeout', this.#setup.module, call?.fn.id, text)
  }

  #crashed(what: string, cause: unknown): WasmError {
    return new WasmError('WorkerCrashed', this.#setup.module, undefined, `worker ${this.id}: ${what}`, { cause })
  }

  #exited(code: number): void {
    this.#watchdog.stop()
    this.#state = 'ended'
    this.#reason ??= this.#crashed(`it ended with code ${code}`, undefined)
    const calls = this.#current.slice(this.#settled)
    const running = this.#control.runningMs === undefined ? undefined : this.#current[this.#control.index]
    this.#current = []
    const unfinished: Call[] = []
    for (const call of calls) {
      // Where it has got on with its calls, the next one may too.
      if (this.#settled === 0) call.attempts++
      // Only the call that ran when the thread ended is to blame. Results of earlier ones may have been lost with it.
      const isLost = call === running || (running === undefined && call.attempts >= ATTEMPTS)
      if (call.isAbandoned) continue
      if (!isLost) unfinished.push(call)
      else {
        const error = this.#reasonFor(call)
        this.#setup.events.settled(call, true)
        this.#setup.events.lost(this, call, error)
        call.reject(error)
      }
    }
    this.#setup.events.ended(this, unfinished, this.#reason)
  }

  /** The reason with the function that ran, where the thread ended by itself. */
  #reasonFor({ fn }: Call): unknown {
    const reason = this.#reason
    if (!(reason instanceof WasmError) || reason.codeName !== 'WorkerCrashed') return reason
    const text = `${fn.function} was running when worker ${this.id} ended: ${textOf(reason.cause ?? reason)}`
    return new WasmError('WorkerCrashed', this.#setup.module, fn.id, text, { cause: reason.cause })
  }
}
