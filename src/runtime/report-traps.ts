import type { Context } from './context.ts'
import { publish } from './diagnostics-channels.ts'
import { GuestExit, type WasmError } from './errors.ts'
import type { InstanceLog } from './instance-log.ts'

/**
 * Tells of what ends an instance: its first trap, or that the guest has ended itself.
 *
 * @param tellLines is given it before
 */
export function reportTraps(
  contexts: readonly Context[],
  log: InstanceLog | undefined,
  tellLines: ((error: WasmError) => void) | undefined,
): void {
  const onTrap = (error: WasmError): void => {
    tellLines?.(error)
    if (log === undefined) publishTrap(error)
    else logTrap(log, error)
  }
  for (const context of contexts) context.onTrap = onTrap
}

function publishTrap(error: WasmError): void {
  publish('trap', () => ({ module: error.module, error }))
}

function logTrap(log: InstanceLog, error: WasmError): void {
  const func = error.function === undefined ? {} : { function: error.function }
  if (error instanceof GuestExit) log.callEvent('info', 'exit', { ...func, status: error.status }, error.message)
  else log.callEvent('error', 'trap', { ...func, code: error.codeName, err: error }, error.message)
  publishTrap(error)
}
