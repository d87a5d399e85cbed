import { context, type Span, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api'
import type { CallHooks, CallSite } from '../runtime/hooks.ts'
import { WasmError } from '../runtime/errors.ts'

/** Which calls get spans, and who makes them. */
export interface SpanOptions {
  /** Default: the tracer `witgen` of the global provider. */
  readonly tracer?: Tracer | undefined
  /** Whether the calls of imports get spans too; default: false, since guests may call them very often. */
  readonly imports?: boolean | undefined
}

type AnyFunction = (...args: unknown[]) => unknown

/**
 * Hooks that make a span of each call: `ns:pkg/iface#function`, a child of the span that is active, and active itself while
 * the call runs, so that spans of host functions become its children. A call that throws gets the status ERROR, the
 * exception, and the error's code as `error.type`.
 */
export function otelSpans(options: SpanOptions = {}): CallHooks {
  const { tracer = trace.getTracer('witgen'), imports = false } = options
  return new SpanHooks(tracer, imports)
}

class SpanHooks implements CallHooks {
  readonly #tracer: Tracer
  readonly #imports: boolean

  constructor(tracer: Tracer, imports: boolean) {
    this.#tracer = tracer
    this.#imports = imports
  }

  onCall(): void {}

  /** The call with a span around it; the runtime calls it once per function. */
  wrap(site: CallSite, call: AnyFunction): AnyFunction {
    if (site.direction === 'import' && !this.#imports) return call
    const tracer = this.#tracer
    const name = site.interface === '$root' ? site.function : `${site.interface}#${site.function}`
    const attributes = {
      'witgen.module': site.module,
      'witgen.interface': site.interface,
      'witgen.function': site.function,
      'witgen.direction': site.direction,
    }
    const options = { kind: SpanKind.INTERNAL, attributes }
    return function (this: unknown, ...args: unknown[]): unknown {
      const parent = context.active()
      const span = tracer.startSpan(name, options, parent)
      try {
        return context.with(trace.setSpan(parent, span), () => call.apply(this, args))
      } catch (error) {
        noteError(span, error)
        throw error
      } finally {
        span.end()
      }
    }
  }
}

function noteError(span: Span, error: unknown): void {
  if (!(error instanceof Error)) {
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', 'other')
    return
  }
  const type = error instanceof WasmError ? error.codeName : error.name
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message }).setAttribute('error.type', type)
  span.recordException(error)
}
