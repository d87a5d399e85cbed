/**
 * Where a guest's output goes: `'inherit'` to the stream of the same name of the host's process, `'logger'` line by line to
 * the instance's logger, `'ignore'` nowhere, or to a function, as the bytes come.
 */
export type WasiOutput = 'inherit' | 'logger' | 'ignore' | ((bytes: Uint8Array) => void)

/** A folder of the host that a guest may use: read-only as a plain path, or with `write`. */
export type WasiPreopen = string | { readonly path: string; readonly write?: boolean | undefined }

/**
 * What a guest is granted of WASI 0.2. Nothing is granted by default: arguments, environment and folders are empty, stdin
 * is at its end, output goes to the logger or nowhere, and every other call ends the guest with `PermissionDenied`.
 */
export interface WasiOptions {
  /** The guest's command line, the program's name first. */
  readonly args?: readonly string[] | undefined
  /** The guest's environment variables. The host's own are never passed on. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /**
   * Folders of the host by the path under which the guest finds them: `{ '/data': './samples' }` for reading,
   * `{ '/out': { path: './out', write: true } }` for writing too. The guest cannot leave them, by `..`, absolute paths or
   * symbolic links.
   */
  readonly preopens?: Readonly<Record<string, WasiPreopen>> | undefined
  /** What the guest reads from stdin; default: nothing, it is at its end. */
  readonly stdin?: Uint8Array | undefined
  /** Default: `'logger'`, which is nowhere without a logger. */
  readonly stdout?: WasiOutput | undefined
  /** Default: `'logger'`, which is nowhere without a logger. */
  readonly stderr?: WasiOutput | undefined
  /** Grants the wall clock, the monotonic clock, and sleeping, which blocks the calling thread. */
  readonly clocks?: boolean | undefined
  /** Grants random numbers, all from `crypto.getRandomValues`. */
  readonly random?: boolean | undefined
  /**
   * Grants the network: `true` all of it, a list only outgoing TCP connections to these hosts, as `'api.example.com'`,
   * `'api.example.com:443'`, `'10.0.0.1'` or `'[::1]:80'`. Takes the package `@bytecodealliance/preview2-shim`, and Node.
   */
  readonly net?: boolean | readonly string[] | undefined
}
