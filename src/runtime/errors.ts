import { ErrorCode, type ErrorCodeName } from './error-code.ts'
import { wasmFrames, type WasmFrame } from './frames.ts'
import { isNamedError, namedError } from './named-error.ts'
import { plainData, shortText } from './plain-data.ts'

export { ErrorCode, type ErrorCodeName } from './error-code.ts'

/** What `JSON.stringify` writes of a `WasmError`. */
export interface WasmErrorJson {
  readonly name: string
  readonly code: ErrorCode
  readonly codeName: ErrorCodeName
  readonly module: string
  readonly function?: string
  readonly message: string
  readonly frames?: readonly WasmFrame[]
  readonly cause?: unknown
  readonly payload?: unknown
  readonly guestCode?: number
  readonly status?: number
}

const messageOf = (codeName: ErrorCodeName, module: string, text: string): string =>
  `wasm module ${module} error [${ErrorCode[codeName]} ${codeName}]: ${text}`

type PlaceFrames = (frames: readonly WasmFrame[]) => readonly WasmFrame[]

let setPlace: (error: WasmError, place: PlaceFrames) => void
let hasPlace: (error: WasmError) => boolean

/** What went wrong in or around a guest: `wasm module <module> error [<code> <codeName>]: <text>`. */
export class WasmError extends Error {
  /** The number of `codeName`, which stays. */
  readonly code: ErrorCode
  /** What kind of error it is. */
  readonly codeName: ErrorCodeName
  /** The instance's name: the option `name`, else the source's base name, else the world. */
  readonly module: string
  /** `ns:pkg/iface#[method]counter.inc`, where a function was involved. */
  declare readonly function?: string

  /** For what has come from elsewhere: its own stack says nothing of the guest. */
  #frames: readonly WasmFrame[] | undefined
  #place: PlaceFrames | undefined

  static {
    setPlace = (error, place) => (error.#place ??= place)
    hasPlace = (error) => (error.#place ?? error.#frames) !== undefined
  }

  /** `fn` is the component-level name of the function, `text` one sentence without the module's name. */
  constructor(
    codeName: ErrorCodeName,
    module: string,
    fn: string | undefined,
    text: string,
    options?: { readonly cause?: unknown },
  ) {
    // A GuestError renders its message when it is read (its accessor): an own one would hide it.
    if (codeName === 'GuestError') super()
    else super(messageOf(codeName, module, text), options)
    this.code = ErrorCode[codeName]
    this.codeName = codeName
    this.module = module
    if (fn !== undefined) this.function = fn
  }

  // An accessor of the prototype, so that a printed error does not list `name` among its fields.
  override get name(): string {
    return 'WasmError'
  }

  /**
   * Where the guest was when it trapped, or when it called the host function that failed: its calls, the innermost first.
   * Empty for errors that are none of the guest's. Read from the engine's stack, which holds ten calls
   * (`Error.stackTraceLimit`) unless told otherwise.
   */
  get frames(): readonly WasmFrame[] {
    if (this.#frames !== undefined) return this.#frames
    const frames = this.#stackFrames()
    if (this.#place !== undefined) return (this.#frames = this.#place(frames))
    return frames
  }

  #stackFrames(): readonly WasmFrame[] {
    const { cause } = this
    try {
      if (cause instanceof Error) return cause instanceof WasmError ? [] : wasmFrames(cause.stack)
    } catch {
      // An error of the host whose stack cannot be read.
      return []
    }
    const isTrap = this.codeName === 'AbiViolation' || this.codeName === 'MemoryAccessViolation'
    return isTrap ? wasmFrames(this.stack) : []
  }

  /**
   * The error that `toJSON` wrote, of the class that it had: `fromJSON(e.toJSON()).toJSON()` is `e.toJSON()` again. What JSON has no
   * types for stays what `toJSON` has made of it.
   *
   * @throws TypeError when `json` is not what `toJSON` writes
   */
  static fromJSON(json: WasmErrorJson): WasmError {
    const error = revive(json)
    error.#frames = json.frames ?? []
    return error
  }

  /** Plain data: bigints as decimal text, causes by name and message. */
  toJSON(): WasmErrorJson {
    const { frames } = this
    return {
      name: this.name,
      code: this.code,
      codeName: this.codeName,
      module: this.module,
      ...(this.function === undefined ? {} : { function: this.function }),
      message: this.message,
      ...(frames.length === 0 ? {} : { frames }),
      ...(this.cause === undefined ? {} : { cause: plainData(this.cause) }),
    }
  }
}

/** For the runtime only: the frames of an error whose stack has them elsewhere. The first to say so is right. */
export function placeFramesBy(error: WasmError, place: PlaceFrames): void {
  setPlace(error, place)
}

/** The frames of an error where they are not those of its stack: for the runtime only. */
export function placedFrames(error: WasmError): readonly WasmFrame[] | undefined {
  return hasPlace(error) ? error.frames : undefined
}

/** The guest returned `err(payload)` from a function whose result is `result<_, E>`. The instance stays usable. */
export class GuestError<E = unknown> extends WasmError {
  /** What the guest returned as its `err`. */
  readonly payload: E
  /** The lock file's number of the enum or variant case, where E is one. */
  declare readonly guestCode?: number

  constructor(module: string, fn: string | undefined, payload: E, guestCode?: number) {
    super('GuestError', module, fn, '')
    this.payload = payload
    if (guestCode !== undefined) this.guestCode = guestCode
  }

  override get name(): string {
    return 'GuestError'
  }

  // Rendered when it is read: `err` is an ordinary result, which most callers handle by its payload.
  override get message(): string {
    const err = this.payload === undefined ? 'err' : `err(${shortText(this.payload)})`
    return messageOf('GuestError', this.module, this.function === undefined ? err : `${this.function} returned ${err}`)
  }

  override toJSON(): WasmErrorJson {
    return {
      ...super.toJSON(),
      payload: plainData(this.payload),
      ...(this.guestCode === undefined ? {} : { guestCode: this.guestCode }),
    }
  }
}

/** The guest ended itself through `wasi:cli/exit`. The instance cannot be used any more. */
export class GuestExit extends WasmError {
  /** 0 for success; 1 for a failure of which the guest tells no more. */
  readonly status: number

  constructor(module: string, fn: string | undefined, status: number) {
    super('GuestExit', module, fn, `the guest exited with status ${status}`)
    this.status = status
  }

  override get name(): string {
    return 'GuestExit'
  }

  override toJSON(): WasmErrorJson {
    return { ...super.toJSON(), status: this.status }
  }
}

/** Whether a value is what `WasmError.toJSON` writes. */
export function isErrorJson(value: unknown): value is WasmErrorJson {
  if (typeof value !== 'object' || value === null) return false
  const { codeName, code, module, message } = value as Partial<Record<keyof WasmErrorJson, unknown>>
  const isCode = typeof codeName === 'string' && Object.hasOwn(ErrorCode, codeName)
  return (
    isCode && ErrorCode[codeName as ErrorCodeName] === code && [module, message].every((v) => typeof v === 'string')
  )
}

function revive(json: WasmErrorJson): WasmError {
  if (!isErrorJson(json)) throw new TypeError('expected what the toJSON of a WasmError writes')
  const { codeName, module, message, payload, guestCode, function: fn } = json
  if (codeName === 'GuestError') return new GuestError(module, fn, payload, guestCode)
  if (json.status !== undefined) return new GuestExit(module, fn, json.status)
  const prefix = messageOf(codeName, module, '')
  const text = message.startsWith(prefix) ? message.slice(prefix.length) : message
  return new WasmError(codeName, module, fn, text, 'cause' in json ? { cause: reviveCause(json.cause) } : undefined)
}

function reviveCause(cause: unknown): unknown {
  if (isErrorJson(cause)) return WasmError.fromJSON(cause)
  if (!isNamedError(cause)) return cause
  return namedError(cause, 'cause' in cause ? { cause: reviveCause(cause.cause) } : {})
}

/** Is `e` an error of this runtime (with the given code)? Narrows to `GuestError` and `GuestExit` for theirs. */
export function isWasmError(e: unknown, codeName: 'GuestError'): e is GuestError
export function isWasmError(e: unknown, codeName: 'GuestExit'): e is GuestExit
export function isWasmError(e: unknown, codeName?: ErrorCodeName): e is WasmError
export function isWasmError(e: unknown, codeName?: ErrorCodeName): boolean {
  return e instanceof WasmError && (codeName === undefined || e.codeName === codeName)
}
