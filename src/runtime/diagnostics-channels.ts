import type { CallHooks } from './hooks.ts'

/** A channel of `node:diagnostics_channel`. */
interface Channel {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}

/** What is published, on channels called `witgen:` and these. */
const EVENTS = ['call', 'return', 'error', 'load', 'trap', 'denied', 'kill', 'dispose'] as const
type Event = (typeof EVENTS)[number]
type Channels = Readonly<Record<Event, Channel>>

let opened: { readonly channels: Channels | undefined } | undefined

/** Opened once; there are none outside of Node and what follows it. */
function channels(): Channels | undefined {
  opened ??= { channels: open() }
  return opened.channels
}

function open(): Channels | undefined {
  const host = globalThis as unknown as { readonly process?: { getBuiltinModule?(id: string): unknown } }
  const module = host.process?.getBuiltinModule?.('node:diagnostics_channel')
  if (module === undefined) return undefined
  const { channel } = module as { channel(name: string): Channel }
  return Object.fromEntries(EVENTS.map((event) => [event, channel(`witgen:${event}`)])) as Channels
}

/** Publishes an event, when somebody listens. */
export function publish(event: Event, message: () => object): void {
  const channel = channels()?.[event]
  if (channel?.hasSubscribers === true) channel.publish(message())
}

/**
 * Hooks that publish calls on channels of `node:diagnostics_channel`: `witgen:call` gets `{ site }`, `witgen:return`
 * `{ site, durationNs, bytesIn, bytesOut }`, `witgen:error` `{ site, error, durationNs }`. An instance gets them by itself
 * when one of the channels has a subscriber while it is made; `addHooks(instance, diagnosticsHooks)` is for those that were
 * made before.
 */
export const diagnosticsHooks: CallHooks = {
  onCall: (site) => publish('call', () => ({ site })),
  onReturn: (site, durationNs, bytesIn, bytesOut) => publish('return', () => ({ site, durationNs, bytesIn, bytesOut })),
  onError: (site, error, durationNs) => publish('error', () => ({ site, error, durationNs })),
}

/** The hooks for an instance that is being made: none when nobody listens to calls. */
export function subscribedHooks(): CallHooks | undefined {
  const all = channels()
  if (all === undefined) return undefined
  const isHeard = all.call.hasSubscribers || all.return.hasSubscribers || all.error.hasSubscribers
  return isHeard ? diagnosticsHooks : undefined
}
