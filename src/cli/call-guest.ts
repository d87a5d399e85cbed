import type { Observer } from '../call/call.ts'
import { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import type { Grants } from './wasi-options.ts'

/** Which function of which component is called, as it stands on the command line. */
export interface GuestCall {
  readonly guest: string
  readonly call: string
  /** Whether to print the tree of calls. */
  readonly trace: boolean
}

/** The option that commands have which call a function. */
export const traceOption = {
  type: 'boolean',
  default: false,
  describe: 'Print the calls between host and guest as a tree, to stderr',
} as const

/**
 * Calls the function and prints its result to stdout; what the guest prints, and what is told of its calls, goes to stderr.
 *
 * @throws DiagnosticError as `call` does
 */
export async function callGuest(
  io: Io,
  { guest, call: text, trace }: GuestCall,
  grants: Grants,
  beforeCall?: Observer['beforeCall'],
): Promise<ExitCode> {
  const [{ call }, { CallTrace }] = await Promise.all([import('../call/call.ts'), import('../call/call-trace.ts')])
  // stdout is for the result.
  const decoder = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  let isMidLine = false
  const print = (stream: 'stdout' | 'stderr') => (bytes: Uint8Array) => {
    const printed = decoder[stream].decode(bytes, { stream: true })
    if (printed === '') return
    io.stderr.write(printed)
    isMidLine = !printed.endsWith('\n')
  }
  const wasi = { ...grants, stdout: print('stdout'), stderr: print('stderr') }
  const line = (text: string): void => {
    io.stderr.write(`${isMidLine ? '\n' : ''}${text}\n`)
    isMidLine = false
  }
  const observer = { trace: trace ? new CallTrace(line, { columns: io.stderr.columns ?? 80 }) : undefined, beforeCall }
  const result = await call(guest, text, (imported) => line(`called ${imported}`), wasi, observer)
  io.stdout.write(`${result.text}\n`)
  return result.isErr ? ExitCode.WrongInput : ExitCode.Fine
}
