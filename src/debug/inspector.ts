import inspector from 'node:inspector'
import { DiagnosticError } from '../diagnostics/diagnostic.ts'

/**
 * Lets debuggers attach to this process, from this machine only.
 *
 * @param port 0 for any that is free
 * @returns where: `ws://127.0.0.1:9229/…`
 * @throws DiagnosticError `CMP3005` when nobody can listen there
 */
export function openInspector(port: number): string {
  let cause = ''
  try {
    inspector.open(port, '127.0.0.1')
  } catch (error) {
    cause = `: ${error instanceof Error ? error.message : String(error)}`
  }
  const url = inspector.url()
  if (url !== undefined) return url
  throw new DiagnosticError([
    {
      code: 'CMP3005',
      severity: 'error',
      message: `no debugger can attach at 127.0.0.1:${port}${cause}`,
      span: undefined,
      file: undefined,
      suggestion: 'another process may listen there: choose another port with --inspect-port, 0 is any free one',
    },
  ])
}

/**
 * From now on Ctrl-C ends the process as it ends one without a handler: a handler in JavaScript would wait for the debugger
 * while the thread is stopped.
 */
export function leaveInterruptsToSystem(): void {
  process.removeAllListeners('SIGINT')
  process.removeAllListeners('SIGTERM')
}

/** Whether Node was started for a debugger, as editors start it. */
export function isDebugged(): boolean {
  return inspector.url() !== undefined
}

/** Waits until a debugger is there; blocks the thread. */
export function waitForDebugger(): void {
  inspector.waitForDebugger()
}

/** Stops for the debugger that is there. */
export function pause(): void {
  // oxlint-disable-next-line no-debugger
  debugger
}

/** What to do with the address of `openInspector`. */
export function howToAttach(url: string): string {
  const { host } = new URL(url)
  return `Waiting for a debugger at ${host}; the call stops before it enters the guest.
  Chrome   open chrome://inspect, add ${host} under "Configure", then "inspect";
           sources need the extension "C/C++ DevTools Support (DWARF)"
  VS Code  run "Debug: Attach to Node Process", or let --vscode write a launch entry;
           sources need the extension "WebAssembly DWARF Debugging"
  other    ${url}
`
}
