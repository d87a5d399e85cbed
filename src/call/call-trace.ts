import { isWasmError } from '../runtime/errors.ts'
import type { CallHooks, CallSite } from '../runtime/hooks.ts'
import { servesWasi } from '../runtime/wasi/serves.ts'

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
 * Hooks tell of calls and not of values. Values come from who has them, as WAVE text: `entering` before an export is called,
 * `returned` after it, `imported` while an import runs. What the runtime serves of WASI is shown by the bytes that went in
 * and out.
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
  /** The import that has begun, while its arguments are not known. */
  #begun: CallSite | undefined = undefined
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

  /** The import that the guest has just called got these arguments. */
  imported(args: string): void {
    if (this.#begun !== undefined) this.#begin(this.#begun, `(${args})`)
  }

  /** The export that returned last gave this result. */
  returned(result: string): void {
    this.#end(`= ${result}`, this.#durationNs)
  }

  onCall(site: CallSite): void {
    this.#flush()
    if (site.direction === 'export') this.#begin(site, `(${this.#args})`)
    else if (servesWasi(site.interface)) this.#begin(site, '(…)')
    else this.#begun = site
  }

  onReturn(site: CallSite, durationNs: number, bytesIn: number, bytesOut: number): void {
    this.#flush()
    this.#durationNs = durationNs
    if (site.direction === 'export') return
    if (!servesWasi(site.interface)) return this.#end('= ()', durationNs)
    const bytes = [bytesOut > 0 ? `, ${bytesOut} bytes out` : '', bytesIn > 0 ? `, ${bytesIn} bytes in` : '']
    this.#end(`= …${bytes.join('')}`, durationNs)
  }

  onError(site: CallSite, error: unknown, durationNs: number): void {
    this.#flush()
    this.#durationNs = durationNs
    // An `err` is a result: who called has it as WAVE.
    if (site.direction === 'export' && isWasmError(error, 'GuestError')) return
    this.#end(`! ${error instanceof Error ? error.message : String(error)}`, durationNs)
  }

  #flush(): void {
    if (this.#begun !== undefined) this.#begin(this.#begun, '(…)')
  }

  #begin({ direction, interface: id, function: name }: CallSite, args: string): void {
    this.#begun = undefined
    if (this.#depth < this.#maxDepth) {
      this.#tellHidden()
      this.#line(`${direction} ${id === '$root' ? name : `${id}#${name}`}${args}`, '')
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
