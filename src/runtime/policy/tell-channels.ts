import { publish } from '../diagnostics-channels.ts'
import type { PolicyEvent } from './security-policy.ts'

/** What lines of the log and messages on channels say of an event, besides whose it is. */
export function eventFields({ kind, code, function: func }: PolicyEvent): Readonly<Record<string, string>> {
  // What wants memory is a function of a core module: `function` stays the export that runs.
  const isCore = kind === 'growth' || (kind === 'denial' && code !== 'PermissionDenied')
  const where = func === undefined ? {} : isCore ? { coreFunction: func } : { function: func }
  return { ...where, ...(code === undefined ? {} : { code }) }
}

/** Publishes a denial or a kill on `witgen:denied` or `witgen:kill`; there is no channel for growth. */
export function tellChannels(event: PolicyEvent): void {
  const { kind, module, message } = event
  if (kind === 'growth') return
  publish(kind === 'kill' ? 'kill' : 'denied', () => ({ module, ...eventFields(event), why: message }))
}
