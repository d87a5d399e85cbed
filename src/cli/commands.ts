/** The names of all commands. */
export const COMMANDS: readonly string[] = [
  'generate',
  'scaffold',
  'init',
  'inspect',
  'validate',
  'call',
  'debug',
  'explain',
  'run',
]
