import type { CallHooks } from './hooks.ts'
import { checkHooks } from './known-keys.ts'
import { instanceOf } from './world-instance.ts'
import { MetricsCollector } from './metrics.ts'

/**
 * Tells `hooks` of every call from now on, beside those that are there.
 *
 * @param instance an object of a generated world class
 * @throws WasmError `InvalidParam` for what is no hooks
 */
export function addHooks(instance: object, hooks: CallHooks): void {
  const own = instanceOf(instance)
  checkHooks(hooks ?? null, own.name)
  own.addHooks(hooks)
}

/** Takes hooks away again; with the last ones gone, calls cost what they cost without. */
export function removeHooks(instance: object, hooks: CallHooks): void {
  instanceOf(instance).removeHooks(hooks)
}

/**
 * Counts the calls of an instance from now on, until `removeHooks(instance, collector)`.
 *
 * @param collector one that counts for other instances too; default: a new one
 * @returns the collector
 */
export function withMetrics(instance: object, collector: MetricsCollector = new MetricsCollector()): MetricsCollector {
  addHooks(instance, collector)
  return collector
}
