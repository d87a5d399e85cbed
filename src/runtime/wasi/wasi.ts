import { publish } from '../diagnostics-channels.ts'
import type { InstanceLog } from '../instance-log.ts'
import type { HostSpec } from '../link-program.ts'
import type { Guard } from '../policy/guard.ts'
import { splitVersion } from '../versions.ts'
import { checkOptions } from './check-options.ts'
import { denied, deniedClass } from './denied.ts'
import { environment } from './environment.ts'
import { exit } from './exit.ts'
import type { WasiFace } from './face.ts'
import { Filesystem } from './filesystem/index.ts'
import { bytesSource, InputStream } from './input-stream.ts'
import { logging } from './logging.ts'
import { monotonicClock } from './monotonic-clock.ts'
import type { WasiOptions } from './options.ts'
import { OutputStream } from './output-stream.ts'
import { outputOf, type Output } from './output.ts'
import { poll } from './poll.ts'
import { insecure, insecureSeed, random } from './random.ts'
import { Sockets } from './sockets/index.ts'
import type { WasiState } from './state.ts'
import { ioError, streams } from './streams.ts'
import { terminalInput, terminalOutput, terminalStderr, terminalStdin, terminalStdout } from './terminal.ts'
import { wallClock } from './wall-clock.ts'

type HostFunction = (...args: never[]) => unknown

/** WASI 0.2 for one instance: what it is granted, and denials of everything else. */
export class Wasi {
  readonly #state: WasiState
  readonly #faces: ReadonlyMap<string, WasiFace>
  readonly #outputs: readonly Output[]
  readonly #filesystem: Filesystem
  readonly #sockets: Sockets | undefined

  /**
   * @param module the instance's name
   * @param guard told of denials, and of output that is no argument of a call
   * @throws WasmError `InvalidParam` for options that are none, `Unsupported` for a grant that cannot be given here
   */
  constructor(options: WasiOptions, module: string, log: InstanceLog | undefined, guard?: Guard) {
    checkOptions(options, module)
    this.#state = {
      module,
      logger: log,
      denied(func, why, fields) {
        log?.callEvent('warn', 'denied', { function: func, ...fields }, `${func}: permission denied: ${why}`)
        publish('denied', () => ({ module, function: func, why }))
        guard?.noteDenial(func, why)
      },
      made: guard && ((bytes): void => guard.made(bytes)),
      flush: () => this.flush(),
    }
    const stdout = outputOf(options.stdout ?? 'logger', 'stdout', this.#state)
    const stderr = outputOf(options.stderr ?? 'logger', 'stderr', this.#state)
    const stdin = bytesSource(options.stdin ?? new Uint8Array())
    this.#outputs = [stdout, stderr]
    const { made } = this.#state
    const { net = false } = options
    this.#sockets = net === false ? undefined : new Sockets(net, this.#state)
    this.#filesystem = new Filesystem(options.preopens ?? {}, this.#state)
    this.#faces = new Map<string, WasiFace>([
      ['wasi:cli/environment', environment(options)],
      ['wasi:cli/exit', exit(this.#state)],
      ['wasi:cli/stdin', { getStdin: () => new InputStream(stdin) }],
      ['wasi:cli/stdout', { getStdout: () => new OutputStream(stdout.sink, made) }],
      ['wasi:cli/stderr', { getStderr: () => new OutputStream(stderr.sink, made) }],
      ['wasi:cli/terminal-input', terminalInput],
      ['wasi:cli/terminal-output', terminalOutput],
      ['wasi:cli/terminal-stdin', terminalStdin],
      ['wasi:cli/terminal-stdout', terminalStdout],
      ['wasi:cli/terminal-stderr', terminalStderr],
      ['wasi:io/error', ioError],
      ['wasi:io/poll', poll],
      ['wasi:io/streams', streams],
      ['wasi:filesystem/preopens', this.#filesystem.preopens],
      ['wasi:filesystem/types', this.#filesystem.types],
      ['wasi:logging/logging', logging(this.#state)],
      ...(this.#sockets?.faces ?? []),
      ...granted(options.clocks, [
        ['wasi:clocks/wall-clock', wallClock],
        ['wasi:clocks/monotonic-clock', monotonicClock],
      ]),
      ...granted(options.random, [
        ['wasi:random/random', random],
        ['wasi:random/insecure', insecure],
        ['wasi:random/insecure-seed', insecureSeed],
      ]),
    ])
  }

  /** The functions and classes that the guest gets for an interface. */
  slot({ face, functions, classes }: HostSpec): Record<string, HostFunction> {
    const { base } = splitVersion(face.id)
    const object = this.#faces.get(base)
    const slot: Record<string, HostFunction> = {}
    const give = (member: string, otherwise: () => unknown): void => {
      const found = object !== undefined && Object.hasOwn(object, member) ? object[member] : undefined
      slot[member] = (found ?? otherwise()) as HostFunction
    }
    for (const [member, resource] of classes ?? []) {
      give(member, () => deniedClass(base, resource, functions, this.#state))
    }
    for (const [name, { member }] of functions) {
      if (!name.startsWith('[')) give(member, () => denied(`${base}#${name}`, this.#state))
    }
    return slot
  }

  /** Tells of last lines that have no end. */
  flush(): void {
    for (const output of this.#outputs) output.flush()
  }

  /** The instance has ended: its last lines are told, its files closed. */
  dispose(): void {
    try {
      this.flush()
    } finally {
      // Also when the logger throws.
      this.#filesystem.dispose()
      this.#sockets?.dispose()
    }
  }
}

function granted(
  grant: boolean | undefined,
  faces: readonly (readonly [string, WasiFace])[],
): readonly (readonly [string, WasiFace])[] {
  return grant === true ? faces : []
}
