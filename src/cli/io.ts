/** Where the command line reads its surroundings and prints; `process` is one. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** Whether to colour what goes to `output`: `NO_COLOR`, then `FORCE_COLOR`, then whether a terminal shows it. */
export function wantsColor(output: Output, env: Io['env']): boolean {
  if (env['NO_COLOR']) return false
  const force = env['FORCE_COLOR']
  if (force !== undefined) return force !== '0' && force !== 'false'
  return output.isTTY === true && env['TERM'] !== 'dumb'
}
