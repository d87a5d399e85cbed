import { isWasmError } from '../runtime/errors.ts'
import type { CallHooks, CallSite } from '../runtime/hooks.ts'
import { splitVersion } from '../runtime/versions.ts'
import type { Func } from '../ir/index.ts'
import { argumentsText, environmentText, errText, resultText } from './traced-values.ts'

type AnyFunction = (...args: unknown[]) => unknown

/** The WIT of an imported function. */
export type Signatures = (interfaceId: string, name: string) => Func | undefined

/** How a trace is laid out. */
export interface TraceOptions {
  /** Where longer lines are cut, in characters; default 80. */
  readonly columns?: number
  /** Calls that are nested deeper are only counted; default 16. */
  readonly maxDepth?: number
}

/**
 * The tree of the calls between host and guest, printed while it grows, so that a guest that hangs shows where: each call on
 * a line of its own when it begins, with its arguments, below it what it calls, then `=` with its result or `!` with its
 * error, and how long it took.
 *
 * Hooks tell of calls and not of values. Those of exports come from who calls them, as WAVE text: `entering` before an export is
 * called, `returned` after it. Those of imports, WASI included, are taken on their way, and written by the types that
 * `describe` has told. Values of environment variables are not shown.
 */
export class CallTrace implements CallHooks {
  readonly #write: (line: string) => void
  readonly #columns: number
  readonly #maxDepth: number
  #depth = 0
  /** Calls below the limit since the last line. */
  #hidden = 0
  /** The arguments of the export that is called next. */
  #args = ''
  #signatures: Signatures = () => undefined
  /** The import that has begun, while its arguments are not known. */
  #begun: CallSite | undefined = undefined
  /** What imports gave whose end has not been told yet. */
  readonly #outcomes: Map<CallSite, string> = new Map()
  #durationNs = 0

  /** `write` takes lines without their line break. */
  constructor(write: (line: string) => void, { columns = 80, maxDepth = 16 }: TraceOptions = {}) {
    this.#write = write
    this.#columns = Math.max(columns, 40)
    this.#maxDepth = maxDepth
  }

  /** The host is about to call an export with these arguments. */
  entering(args: string): void {
    this.#args = args
  }

  /** The types of the imports, before the first call. */
  describe(signatures: Signatures): void {
    this.#signatures = signatures
  }

  /** The export that returned last gave this result. */
  returned(result: string): void {
    this.#end(`= ${result}`, this.#durationNs)
  }

  onCall(site: CallSite): void {
    this.#flush()
    if (site.direction === 'export') this.#begin(site, `(${this.#args})`)
    else this.#begun = site
  }

  /** An import that tells of its values; the runtime asks once per function. */
  wrap(site: CallSite, call: AnyFunction): AnyFunction {
    const func = site.direction === 'import' ? this.#signatures(site.interface, site.function) : undefined
    if (func === undefined) return call
    const begin = (args: readonly unknown[]): void => this.#begin(site, `(${argumentsText(func, args)})`)
    const outcomes = this.#outcomes
    const isSecret = func.name === 'get-environment' && splitVersion(site.interface).base === 'wasi:cli/environment'
    return function (this: unknown, ...args: unknown[]): unknown {
      begin(args)
      try {
        const result = call.apply(this, args)
        outcomes.set(site, isSecret ? environmentText(result) : resultText(func, result))
        return result
      } catch (error) {
        const text = errText(func, error)
        if (text !== undefined) outcomes.set(site, text)
        throw error
      }
    }
  }

  onReturn(site: CallSite, durationNs: number): void {
    this.#flush()
    this.#durationNs = durationNs
    if (site.direction === 'export') return
    this.#end(`= ${this.#takeOutcome(site) ?? '…'}`, durationNs)
  }

  onError(site: CallSite, error: unknown, durationNs: number): void {
    this.#flush()
    this.#durationNs = durationNs
    // An `err` is a result: who called has it as WAVE.
    if (site.direction === 'export' && isWasmError(error, 'GuestError')) return
    const outcome = this.#takeOutcome(site)
    if (outcome !== undefined) return this.#end(`= ${outcome}`, durationNs)
    this.#end(`! ${error instanceof Error ? error.message : String(error)}`, durationNs)
  }

  #takeOutcome(site: CallSite): string | undefined {
    const outcome = this.#outcomes.get(site)
    this.#outcomes.delete(site)
    return outcome
  }

  #flush(): void {
    if (this.#begun !== undefined) this.#begin(this.#begun, '(…)')
  }

  #begin({ direction, interface: id, function: name }: CallSite, args: string): void {
    this.#begun = undefined
    if (this.#depth < this.#maxDepth) {
      this.#tellHidden()
      const path = `${direction} ${id === '$root' ? name : `${id}#${name}`}`
      const room = this.#columns - this.#indent(this.#depth).length
      // Where the name leaves no room, the arguments stand below it.
      if (path.length > 0.6 * this.#columns && path.length + args.length > room) {
        this.#line(path, '')
        this.#line(`  ${args}`, '')
      } else this.#line(path + args, '')
    } else this.#hidden++
    this.#depth++
  }

  #end(outcome: string, durationNs: number): void {
    this.#depth = Math.max(0, this.#depth - 1)
    if (this.#depth >= this.#maxDepth) return
    this.#tellHidden()
    this.#line(outcome, ` in ${durationText(durationNs)}`)
  }

  #tellHidden(): void {
    const count = this.#hidden
    this.#hidden = 0
    if (count > 0) this.#write(`${this.#indent(this.#maxDepth)}… ${count} deeper ${count === 1 ? 'call' : 'calls'}`)
  }

  /** Writes `text`, cut so that `tail` has its place behind it. */
  #line(text: string, tail: string): void {
    const indent = this.#indent(this.#depth)
    // What a terminal would take for a command is not passed on.
    const characters = [...text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/\p{Cc}/gu, '\ufffd')]
    const room = Math.max(20, this.#columns - indent.length - tail.length)
    const shown = characters.length > room ? `${characters.slice(0, room - 1).join('')}…` : characters.join('')
    this.#write(indent + shown + tail)
  }

  /** Half of the line is left for the calls, however deep they are. */
  #indent(depth: number): string {
    return '  '.repeat(Math.min(depth, Math.floor(this.#columns / 4)))
  }
}

/** `850 ns`, `12.3 µs`, `4.56 ms`, `1.20 s`. */
function durationText(ns: number): string {
  if (ns < 1e3) return `${Math.round(ns)} ns`
  if (ns < 1e6) return `${(ns / 1e3).toFixed(1)} µs`
  return ns < 1e9 ? `${(ns / 1e6).toFixed(2)} ms` : `${(ns / 1e9).toFixed(2)} s`
}
