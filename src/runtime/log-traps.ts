import type { Context } from './context.ts'
import { GuestExit, type WasmError } from './errors.ts'
import type { InstanceLog } from './instance-log.ts'

/** Logs what ends an instance: its first trap, or that the guest has ended itself. */
export function logTraps(contexts: readonly Context[], log: InstanceLog): void {
  const onTrap = (error: WasmError): void => {
    const func = error.function === undefined ? {} : { function: error.function }
    if (error instanceof GuestExit) log.event('info', 'exit', { ...func, status: error.status }, error.message)
    else log.event('error', 'trap', { ...func, code: error.codeName, err: error }, error.message)
  }
  for (const context of contexts) context.onTrap = onTrap
}
