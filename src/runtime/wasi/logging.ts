import type { WasiFace } from './face.ts'
import type { WasiState } from './state.ts'

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'critical'

/** `wasi:logging/logging`: to the instance's logger, or nowhere. */
export function logging({ module, logger }: WasiState): WasiFace {
  return {
    log(level: Level, context: string, message: string): void {
      logger?.[level === 'critical' ? 'fatal' : level]({ module, context }, message)
    },
  }
}
