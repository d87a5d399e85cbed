import { Ask, BUDGET, CALLBACKS, DEPTH } from '../../component/rewrite/guard-abi.ts'
import { poison } from '../abi/calls.ts'
import { HostTrap } from '../abi/host-trap.ts'
import type { Compiled } from '../compiled-component.ts'
import type { Context } from '../context.ts'
import type { CoreFunction } from '../descriptor.ts'
import type { ErrorCodeName } from '../error-code.ts'
import { WasmError } from '../errors.ts'
import type { InstanceLog } from '../instance-log.ts'
import type { LinkProgram } from '../link-program.ts'
import { limitWaits, type WaitLimit } from '../wait-limit.ts'
import { AllowedImports, withoutVersion } from './allowed-imports.ts'
import { Audit } from './audit.ts'
import { Budget } from './budget.ts'
import type { CoreCode } from './core-code.ts'
import { Growth } from './growth.ts'
import { traceFrames } from './original-frames.ts'
import type { PolicyReport } from './report.ts'
import type { SecurityPolicy } from './security-policy.ts'
import { askTable } from './trampoline.ts'

/** Why a guest was ended. */
export interface Verdict {
  readonly code: ErrorCodeName
  readonly text: string
}

/** Holds one instance to a policy. */
export class Guard {
  readonly #imports: WebAssembly.ModuleImports
  readonly #policy: SecurityPolicy
  readonly #allowed: AllowedImports | undefined
  readonly #name: string
  readonly #code: CoreCode
  readonly #cores: readonly Uint8Array[] | undefined
  readonly #audit: Audit
  readonly #budget: Budget
  readonly #memories: Growth
  readonly #tables: Growth
  readonly #instances: number
  /** How many component instances are in the middle of a call. */
  #active = 0
  #deadline = Number.POSITIVE_INFINITY
  #output = 0
  #verdict: Verdict | undefined
  #isTold = false
  #isShowing = false

  /**
   * @param policy what `checkPolicy` gave
   * @param code that of the guest for the policy
   * @param compiled of which that is
   * @throws WasmError `MemoryLimit`, `TableLimit` or `InstanceLimit` for a guest that begins beyond it
   */
  constructor(
    policy: SecurityPolicy,
    code: CoreCode,
    { cores }: Compiled,
    program: LinkProgram,
    name: string,
    log: InstanceLog | undefined,
  ) {
    this.#code = code
    this.#cores = cores
    this.#policy = policy
    const { allowedImports } = policy
    this.#allowed = allowedImports && new AllowedImports(allowedImports, program.hosts)
    this.#name = name
    this.#audit = new Audit(name, log, policy.onEvent)
    this.#budget = new Budget(policy.fuel, policy.maxExecutionTimeMs !== undefined)
    const instances = program.steps.filter((step) => step.kind === 'instantiate')
    const steps = instances.flatMap(({ module }) => code.facts[module] ?? [])
    const pages = steps.reduce((sum, { memoryPages }) => sum + memoryPages, 0)
    const elements = steps.reduce((sum, { tableElements }) => sum + tableElements, 0)
    const { maxMemoryPages, maxTableElements, maxCallDepth = 0, memoryTracing = false } = policy
    this.#memories = new Growth('memory', pages, maxMemoryPages, this.#audit, memoryTracing)
    this.#tables = new Growth('table', elements, maxTableElements, this.#audit, false)
    this.#instances = instances.length
    this.#imports = {
      [CALLBACKS]: askTable((value, func, kind) => this.#ask(value, func, kind)),
      [BUDGET]: this.#budget.global,
      [DEPTH]: new WebAssembly.Global({ value: 'i32', mutable: true }, Math.min(maxCallDepth, 0x7fffffff)),
    }
    this.#checkBeginning()
  }

  /** What a core module imports to be held to it; undefined for one that nothing was put into. */
  importsOf(module: number): WebAssembly.ModuleImports | undefined {
    return this.#code.facts[module]?.isGuarded === true ? this.#imports : undefined
  }

  /** Lets an error tell where the guest was in its own code. */
  trace(error: WasmError): void {
    traceFrames(error, this.#code, this.#cores)
  }

  /** Instructions so far. */
  get fuelUsed(): number {
    return this.#budget.used
  }

  /** What has happened so far. */
  report(): PolicyReport {
    return {
      fuelUsed: this.#budget.used,
      fuelLeft: this.#budget.left,
      memoryPages: this.#memories.total,
      tableElements: this.#tables.total,
      instances: this.#instances,
      events: [...this.#audit.events],
      droppedEvents: this.#audit.dropped,
    }
  }

  addFuel(units: number): void {
    this.#budget.add(units)
  }

  /** Whether it has to see when the guest is entered and left, and what it hands out. A refusal to grow explains traps of its call. */
  get limitsCalls(): boolean {
    const { maxExecutionTimeMs, maxOutputBytes, maxMemoryPages, maxTableElements } = this.#policy
    return [maxExecutionTimeMs, maxOutputBytes, maxMemoryPages, maxTableElements].some((limit) => limit !== undefined)
  }

  /** A component instance is entered. */
  begin(): void {
    if (this.#active++ > 0) return
    const { maxExecutionTimeMs } = this.#policy
    if (maxExecutionTimeMs !== undefined) this.#deadline = performance.now() + maxExecutionTimeMs
    this.#output = 0
    this.#memories.isRefused = false
    this.#tables.isRefused = false
  }

  /** It is left. */
  end(): void {
    this.#active--
  }

  /** The guest has handed bytes to the host: throws `OutputLimit` for too many. */
  output(cx: Context, bytes: number): void {
    if (this.#isShowing) return
    const excess = this.#excess(bytes)
    if (excess !== undefined) this.#end(cx, 'OutputLimit', excess)
  }

  /** The host looks at bytes where they lie: metrics count them, the limit on output does not, since the host takes none. */
  show(cx: Context, bytes: number): void {
    this.#isShowing = true
    cx.bytesOut += bytes
    this.#isShowing = false
  }

  /** The guest lets the host write bytes that it has not handed over. Throws as `output`, for the host's own functions. */
  made(bytes: number): void {
    const text = this.#excess(bytes)
    if (text === undefined) return
    this.#stop({ code: 'OutputLimit', text }, undefined)
    throw new HostTrap('OutputLimit', text)
  }

  /** The host has refused something itself, and told the log. */
  noteDenial(func: string, why: string): void {
    this.#audit.add({ kind: 'denial', code: 'PermissionDenied', function: func, message: why }, { isLogged: true })
  }

  /** An import as the guest gets it: denied, or followed by a look at the clock. */
  watch(name: string, cx: Context, core: CoreFunction): CoreFunction {
    const { maxExecutionTimeMs } = this.#policy
    if (this.#allowed?.allows(name) === false) return () => this.#deny(cx, name)
    if (maxExecutionTimeMs === undefined) return core
    const deadline = (): number => this.#deadline
    const limit: WaitLimit = {
      get deadline() {
        return deadline()
      },
      expired: () => {
        const [code, text] = this.#timeout()
        this.#stop({ code, text }, undefined)
        throw new HostTrap(code, text)
      },
    }
    return (...args) => {
      const result: unknown = limitWaits(limit, () => core(...args))
      if (performance.now() > this.#deadline) this.#end(cx, ...this.#timeout())
      return result
    }
  }

  /**
   * Why a guest trapped, when it was because of the policy.
   *
   * @param func the export that was called
   */
  explain(error: unknown, func: string | undefined): Verdict | undefined {
    let verdict = this.#verdict
    // What guests do with a memory that they do not get is to trap; that is the closest to telling why.
    if (verdict === undefined && error instanceof WebAssembly.RuntimeError) {
      const growth = [this.#memories, this.#tables].find(({ isRefused }) => isRefused)
      if (growth !== undefined) {
        const { code, limit, unit } = growth
        const text = `the guest did not get what it asked for, ${limit} ${unit}, and trapped: ${error.message}`
        verdict = { code, text }
      }
    }
    if (verdict !== undefined && !this.#isTold) this.#tell(verdict, func)
    return verdict
  }

  #checkBeginning(): void {
    const { maxInstances } = this.#policy
    for (const { excess, code } of [this.#memories, this.#tables]) if (excess !== undefined) this.#refuse(code, excess)
    if (maxInstances !== undefined && this.#instances > maxInstances) {
      const text = `it consists of ${this.#instances} core instances, the policy permits ${maxInstances}`
      this.#refuse('InstanceLimit', text)
    }
  }

  #refuse(code: ErrorCodeName, why: string): never {
    const text = `the guest is not instantiated: ${why}`
    this.#tell({ code, text }, undefined)
    throw new WasmError(code, this.#name, undefined, text)
  }

  /** The guest asks, by way of the code that was put into it. Must not throw. */
  #ask(value: number, func: number, kind: number): number {
    const module = kind >> 4
    const name = (): string => this.#code.facts[module]?.names.get(func) ?? `function[${func}]`
    switch (kind & 15) {
      case Ask.growMemory:
        return this.#memories.ask(value, name)
      case Ask.grewMemory:
        return this.#memories.answered(value, name)
      case Ask.growTable:
        return this.#tables.ask(value, name)
      case Ask.grewTable:
        return this.#tables.answered(value, name)
      case Ask.depth: {
        this.#verdict ??= {
          code: 'CallDepth',
          text: `calls inside the guest nest deeper than the ${this.#policy.maxCallDepth} that the policy permits`,
        }
        return 1
      }
      default:
        return this.#askBudget()
    }
  }

  #askBudget(): number {
    if (this.#budget.isExhausted) {
      const text = `the guest has used up the fuel of ${this.#policy.fuel} instructions that the policy permits`
      this.#verdict ??= { code: 'FuelExhausted', text }
    } else if (performance.now() > this.#deadline) {
      const [code, text] = this.#timeout()
      this.#verdict ??= { code, text }
    }
    if (this.#verdict !== undefined) return 1
    this.#budget.refill()
    return 0
  }

  #timeout(): [ErrorCodeName, string] {
    const text = `the call took longer than the ${this.#policy.maxExecutionTimeMs} ms that the policy permits`
    return ['ExecutionTimeout', text]
  }

  #deny(cx: Context, called: string): never {
    const name = withoutVersion(called)
    const message = this.#allowed?.denial(called) ?? ''
    this.#audit.add({ kind: 'denial', code: 'PermissionDenied', function: name, message })
    return this.#end(cx, 'PermissionDenied', message, name)
  }

  #excess(bytes: number): string | undefined {
    const { maxOutputBytes } = this.#policy
    this.#output += bytes
    if (maxOutputBytes === undefined || this.#output <= maxOutputBytes) return undefined
    return `the guest handed out ${this.#output} bytes in one call, the policy permits ${maxOutputBytes}`
  }

  #end(cx: Context, code: ErrorCodeName, text: string, func?: string): never {
    this.#stop({ code, text }, func)
    throw poison(cx, func, new WasmError(code, this.#name, func, text))
  }

  /** Ends the guest from the host's side: if it catches what is thrown, it goes on until it next asks for a budget. */
  #stop(verdict: Verdict, func: string | undefined): void {
    this.#verdict ??= verdict
    if (!this.#isTold) this.#tell(this.#verdict, func)
    this.#budget.stop()
  }

  #tell({ code, text }: Verdict, func: string | undefined): void {
    this.#isTold = true
    this.#audit.add({ kind: 'kill', code, function: func, message: text })
  }
}
