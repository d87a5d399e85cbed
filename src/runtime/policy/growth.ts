import type { ErrorCodeName } from '../error-code.ts'
import type { Audit } from './audit.ts'

/** What all memories, or all tables, of one instance take together. */
export class Growth {
  /** Pages or elements. */
  total: number
  /** Whether the last growth that was asked for was not permitted. */
  isRefused = false
  readonly code: ErrorCodeName
  /** What `total` counts. */
  readonly unit: string
  readonly #max: number
  readonly #audit: Audit
  readonly #isTraced: boolean
  #wanted = 0

  /**
   * @param total what the instance begins with
   * @param isTraced whether each growth is an event
   */
  constructor(what: 'memory' | 'table', total: number, max: number | undefined, audit: Audit, isTraced: boolean) {
    this.code = what === 'memory' ? 'MemoryLimit' : 'TableLimit'
    this.unit = what === 'memory' ? 'pages of memory' : 'elements of tables'
    this.total = total
    this.#max = max ?? Number.POSITIVE_INFINITY
    this.#audit = audit
    this.#isTraced = isTraced
  }

  /** Why `total` is too much; undefined when it is not. */
  get excess(): string | undefined {
    return this.total > this.#max ? `it begins with ${this.total} ${this.unit}, ${this.limit}` : undefined
  }

  get limit(): string {
    return `the policy permits ${this.#max}`
  }

  /** How much to ask the engine for: what is wanted, or more than it ever gives. */
  ask(wanted: number, func: () => string): number {
    const size = wanted >>> 0
    this.isRefused = this.total + size > this.#max
    this.#wanted = this.isRefused ? 0 : size
    if (!this.isRefused) return wanted
    const message = `${size} more ${this.unit} were not given, there are ${this.total} and ${this.limit}`
    this.#audit.add({ kind: 'denial', code: this.code, function: func(), message })
    return -1
  }

  /** @param before the engine's answer: the size before, or -1 */
  answered(before: number, func: () => string): number {
    if (before !== -1 && this.#wanted > 0) {
      this.total += this.#wanted
      if (this.#isTraced) {
        const message = `a memory grew from ${before} to ${(before >>> 0) + this.#wanted} pages, in all there are ${this.total}`
        this.#audit.add({ kind: 'growth', code: undefined, function: func(), message })
      }
    }
    return before
  }
}
