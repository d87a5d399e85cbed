import { basename } from 'node:path'
import type { DiagnosticCode } from '../diagnostics/codes.ts'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'
import { readGuest } from '../input/read-guest.ts'
import { compile } from '../runtime/compile.ts'
import { instantiate } from '../runtime/dynamic/instantiate.ts'
import { GuestError, GuestExit, WasmError } from '../runtime/errors.ts'
import type { Logger } from '../runtime/logger.ts'
import { matchingIds } from '../runtime/versions.ts'
import type { WasiOptions } from '../runtime/wasi/options.ts'
import { shownPath } from '../wit/read.ts'
import { flagFor } from './flag-for.ts'
import { hostStdin } from './host-stdin.ts'

/** What a program is granted besides the streams of the host's process, which it gets. */
export type Grants = Pick<WasiOptions, 'env' | 'preopens' | 'clocks' | 'random' | 'net'>

/**
 * Runs a component that exports `wasi:cli/run`, as a program of the command line.
 *
 * @param guest the component's path; its base name is the program's name
 * @param args without the program's name
 * @param onDenied is told of everything that was refused
 * @returns the guest's exit status
 * @throws DiagnosticError `CMP3010` for a component that is no program, `CMP3011` for an error of the guest or the runtime
 */
export async function runGuest(
  guest: string,
  args: readonly string[],
  grants: Grants,
  onDenied: (text: string) => void,
): Promise<number> {
  const [id] = matchingIds('wasi:cli/run@0.2.0', readGuest(guest).exports.keys())
  if (id === undefined) {
    throw refused('CMP3010', 'the component is no program: it exports no wasi:cli/run of WASI 0.2', guest, CALL_INSTEAD)
  }
  const wasi: WasiOptions = { ...grants, args: [basename(guest), ...args], stdout: 'inherit', stderr: 'inherit' }
  const imports = { 'wasi:cli/stdin': hostStdin() }
  try {
    const program = instantiate<Readonly<Record<string, { run(): void }>>>(await compile(guest), {
      wasi,
      imports,
      logger: denials(onDenied),
    })
    try {
      program.exports[id]?.run()
      return 0
    } finally {
      program.dispose()
    }
  } catch (error) {
    if (error instanceof GuestExit) return error.status
    if (error instanceof GuestError) return 1
    if (error instanceof WasmError) throw refused('CMP3011', error.message, guest, flagFor(error))
    throw error
  }
}

const CALL_INSTEAD = 'call one of its functions with `witgen call`'

/** A logger for the bridge, which logs denials and nothing else as long as output is inherited. */
function denials(onDenied: (text: string) => void): Logger {
  const ignore = (): void => {}
  return {
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn(fields, message) {
      onDenied('path' in fields ? `${message} (${String(fields.path)})` : message)
    },
    error: ignore,
    fatal: ignore,
  }
}

function refused(
  code: DiagnosticCode,
  message: string,
  guest: string,
  suggestion: string | undefined,
): DiagnosticError {
  const file = shownPath(guest)
  return new DiagnosticError([{ code, severity: 'error', message, span: undefined, file, suggestion }])
}
