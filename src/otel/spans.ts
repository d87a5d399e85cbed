import {
  context,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type SpanOptions as NewSpan,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import type { CallHooks, CallSite } from '../runtime/hooks.ts'
import { WasmError } from '../runtime/errors.ts'
import { refuseUnknownKeys } from '../runtime/known-keys.ts'
import type { TracedCall, TracingHooks } from '../runtime/tracing-hooks.ts'
import { carrierOf, type TraceCarrier, withTraceCarrier } from './trace-carrier.ts'

/** Which calls get spans, and who makes them. */
export interface SpanOptions {
  /** Default: the tracer `witgen` of the global provider. */
  readonly tracer?: Tracer | undefined
  /** Whether the calls of imports get spans too; default: false, since guests may call them very often. */
  readonly imports?: boolean | undefined
}

const OPTIONS: ReadonlySet<string> = new Set<keyof SpanOptions>(['tracer', 'imports'])

type AnyFunction = (...args: unknown[]) => unknown

/**
 * Hooks that make a span of each call: `ns:pkg/iface#function`, a child of the span that is active, and active itself while
 * the call runs, so that spans of host functions become its children. A call that throws gets the status ERROR, the
 * exception, and the error's code as `error.type`.
 *
 * Given to a `Pool`, a span lasts from the call to its result; what happens in the worker goes on with it where the worker's own
 * hooks (`hooksModule`) are of this kind too, and so does an import that the main thread answers.
 *
 * @throws TypeError for options that are none
 */
export function otelSpans(options: SpanOptions = {}): CallHooks {
  refuseUnknownKeys(options, OPTIONS, 'otelSpans')
  const { tracer = trace.getTracer('witgen'), imports = false } = options
  return new SpanHooks(tracer, imports)
}

class SpanHooks implements CallHooks, TracingHooks {
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
    const { name, options } = describe(site)
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

  active(): Context {
    return context.active()
  }

  begin(site: CallSite, parent: unknown): TracedCall {
    const { name, options } = describe(site)
    const span = this.#tracer.startSpan(name, options, isContext(parent) ? parent : undefined)
    let isOver = false
    return {
      carrier: carrierOf(span.spanContext()),
      end(...outcome) {
        if (isOver) return
        isOver = true
        if (outcome.length > 0) noteError(span, outcome[0])
        span.end()
      },
    }
  }

  resume<T>(carrier: unknown, action: () => T): T {
    return withTraceCarrier(isCarrier(carrier) ? carrier : undefined, action)
  }
}

function describe(site: CallSite): { readonly name: string; readonly options: NewSpan } {
  const attributes = {
    'witgen.module': site.module,
    'witgen.interface': site.interface,
    'witgen.function': site.function,
    'witgen.direction': site.direction,
  }
  const name = site.interface === '$root' ? site.function : `${site.interface}#${site.function}`
  return { name, options: { kind: SpanKind.INTERNAL, attributes } }
}

function isContext(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && 'getValue' in value
}

function isCarrier(value: unknown): value is TraceCarrier {
  return typeof value === 'object' && value !== null && 'traceparent' in value && typeof value.traceparent === 'string'
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
