/** A place in a file: line and column from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What an editor asks a language server. */
export interface LanguageServer {
  /** The names offered at a place. */
  completions(at: Place): Promise<readonly string[]>
  /** What is shown beside one of those names: its signature and documentation. */
  completionDetails(at: Place, name: string): Promise<string>
  /** What is shown when the pointer rests on a name. */
  hover(at: Place): Promise<string>
  /** Where a name leads to. */
  definition(at: Place): Promise<readonly Place[]>
  stop(): void
}
