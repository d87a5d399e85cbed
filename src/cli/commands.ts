/** The names of all commands, in the order in which `--help` lists them. */
export const COMMANDS = [
  'generate',
  'inspect',
  'validate',
  'scaffold',
  'init',
  'call',
  'debug',
  'explain',
  'run',
] as const

export type CommandName = (typeof COMMANDS)[number]

/** Whether a word of the command line is the name of a command. */
export function isCommand(word: string): word is CommandName {
  return (COMMANDS as readonly string[]).includes(word)
}
