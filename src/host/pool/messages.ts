import type { CallSite } from '../../runtime/hooks.ts'
import type { MetricsState } from '../../runtime/metrics.ts'
import type { Call } from './call.ts'
import { unpackError, type PackedError } from '../../runtime/errors-packed.ts'
import type { PoolOptions } from './pool-options.ts'
import type { FromWorker, HookEvent } from './protocol.ts'

/** What workers tell besides results: lines for the logger, output, numbers, events of calls. */
export class Messages {
  readonly #options: PoolOptions
  readonly #sites: Map<string, CallSite> = new Map()

  constructor(options: PoolOptions) {
    this.#options = options
  }

  receive(worker: number, message: FromWorker): void {
    const { logger, wasi } = this.#options
    switch (message.kind) {
      case 'log': {
        const fields = Object.fromEntries(Object.entries(message.fields).map(([key, value]) => [key, revived(value)]))
        const call = message.call === undefined ? {} : { call: message.call }
        return logger?.[message.level]({ ...fields, worker, ...call }, message.message)
      }
      case 'output': {
        const output = wasi?.[message.stream]
        if (typeof output === 'function') output(message.bytes)
        return
      }
      case 'results':
        this.#merge(message.metrics)
        for (const event of message.events) this.#replay(event)
        return
      case 'policy':
      case 'ready':
      case 'failed':
        return
    }
  }

  /** A call whose worker was ended: the worker can report it to nobody. */
  lost(module: string, { fn }: Call, error: unknown): void {
    const site = this.#site({ module, interface: fn.interface, function: fn.function, direction: 'export' })
    this.#options.metrics?.onError(site, error, 0)
    this.#guard('onError', () => this.#options.hooks?.onError?.(site, error, 0))
  }

  #merge(state: MetricsState | undefined): void {
    if (state !== undefined) this.#options.metrics?.merge(state.map((one) => ({ ...one, site: this.#site(one.site) })))
  }

  #replay({ site, kind, durationNs, bytesIn, bytesOut, error }: HookEvent): void {
    const { hooks } = this.#options
    const own = this.#site(site)
    switch (kind) {
      case 'call':
        return this.#guard('onCall', () => hooks?.onCall?.(own))
      case 'return':
        return this.#guard('onReturn', () => hooks?.onReturn?.(own, durationNs, bytesIn, bytesOut))
      case 'error':
        return this.#guard('onError', () =>
          hooks?.onError?.(own, error === undefined ? undefined : unpackError(error), durationNs),
        )
    }
  }

  #guard(hook: string, tell: () => void): void {
    try {
      tell()
    } catch (err) {
      this.#options.logger?.warn({ err, hook }, 'a call hook threw; the call goes on')
    }
  }

  /** One frozen object per function, whichever worker tells of it. */
  #site(site: CallSite): CallSite {
    const key = [site.module, site.interface, site.function, site.direction].join('\0')
    let own = this.#sites.get(key)
    if (own === undefined) this.#sites.set(key, (own = Object.freeze({ ...site })))
    return own
  }
}

/** An error among the fields of a line. */
function revived(value: unknown): unknown {
  return isErrorData(value) ? unpackError(value) : value
}

function isErrorData(value: unknown): value is PackedError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    'error' in value &&
    /^(?:wasm|error)$/.test(String(value.kind))
  )
}
