import type { Logger } from '../logger.ts'

/** What the interfaces of one instance share. */
export interface WasiState {
  /** The instance's name. */
  readonly module: string
  readonly logger: Logger | undefined
  /**
   * Tells the log that something was refused.
   *
   * @param func `wasi:filesystem/types#[method]descriptor.open-at`
   */
  denied(func: string, why: string, fields?: object): void
  /** Told of bytes that the guest lets the host write without handing them over, before they are; see `OutputStream`. */
  readonly made?: ((bytes: number) => void) | undefined
  /** Runs before the guest ends itself. */
  flush(): void
}
