import type { WasiFace } from './face.ts'

/** The resources of `wasi:cli/terminal-input` and `wasi:cli/terminal-output`, of which no guest ever gets one. */
class Terminal {}

export const terminalInput: WasiFace = { TerminalInput: Terminal }
export const terminalOutput: WasiFace = { TerminalOutput: Terminal }

const none = (): undefined => undefined

/** Streams are never terminals for a guest: it cannot tell where its output goes. */
export const terminalStdin: WasiFace = { getTerminalStdin: none }
export const terminalStdout: WasiFace = { getTerminalStdout: none }
export const terminalStderr: WasiFace = { getTerminalStderr: none }
