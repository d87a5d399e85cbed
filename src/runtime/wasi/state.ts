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
  /** Runs before the guest ends itself. */
  flush(): void
}
