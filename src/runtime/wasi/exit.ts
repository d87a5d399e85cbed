import { HostTrap } from '../abi/host-trap.ts'
import { GuestExit } from '../errors.ts'
import type { WasiFace } from './face.ts'
import type { WasiState } from './state.ts'

/** Unwinds the guest; its caller gets a `GuestExit`. */
class ExitTrap extends HostTrap {
  readonly #status: number

  constructor(status: number) {
    super('GuestExit', 'the guest exited')
    this.#status = status
  }

  override toWasmError(module: string, fn: string): GuestExit {
    return new GuestExit(module, fn, this.#status)
  }
}

/** `wasi:cli/exit`: ends the guest, never the host. */
export function exit(state: WasiState): WasiFace {
  const end = (status: number): never => {
    state.flush()
    throw new ExitTrap(status)
  }
  return {
    exit: (status: { readonly tag: 'ok' | 'err' }): never => end(status.tag === 'ok' ? 0 : 1),
    exitWithCode: (code: number): never => end(code),
  }
}
